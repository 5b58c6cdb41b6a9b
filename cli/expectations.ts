import { readFile } from 'node:fs/promises'
import { clauses } from '../model/catalogue.ts'
import { formNames } from '../model/vocabulary/forms.ts'
import type { TargetRecord } from '../oracle/run.ts'
import type { StaleExpectation } from '../reports/reported-run.ts'
import { fileProblem } from './file-problem.ts'
import { UsageError } from './usage-error.ts'

/** A deviation that is known: a line `RULE REASON` of an expectations file. */
export interface Expectation {
  readonly rule: string
  readonly reason: string
  /** `FILE line N`. */
  readonly at: string
}

/** The expectations in the file; none without a file. Throws `UsageError` naming the line that is wrong. */
export async function chooseExpectations(file: string | undefined): Promise<readonly Expectation[]> {
  if (file === undefined) return []
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--expectations ${file} cannot be read: ${fileProblem(error)}.`)
  })
  return parseExpectations(text, file)
}

export function parseExpectations(text: string, file: string): readonly Expectation[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), at: `${file} line ${index + 1}` }))
  return lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, at }) => {
      const [, rule = '', reason = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
      if (!isKnown(rule))
        throw new UsageError(`${at}: there is no rule \`${rule}\`; \`ipc-oracle rules\` lists them.`)
      if (reason === '')
        throw new UsageError(`${at}: ${rule} lacks the reason why it is expected to deviate.`)
      return { rule, reason, at }
    })
}

/** A deviation that no rule explains carries the name of its call. */
const isKnown = (rule: string) =>
  clauses.some(({ id }) => id === rule) || formNames.some((name) => name === rule)

/** Marks the deviations that are expected. */
export const markExpected = (target: TargetRecord, expectations: readonly Expectation[]): TargetRecord => ({
  ...target,
  deviations: target.deviations.map((found) => ({
    ...found,
    expected: expectations.some(({ rule }) => rule === found.rule),
  })),
})

/** The expectations whose rule was exercised and deviated on no target: they should be deleted. */
export const staleExpectations = (
  targets: readonly TargetRecord[],
  expectations: readonly Expectation[],
): readonly StaleExpectation[] =>
  expectations
    .filter(
      ({ rule }) =>
        targets.some(({ rules }) => (rules.counts[rule]?.exercised ?? 0) > 0) &&
        targets.every(({ deviations }) => deviations.every((found) => found.rule !== rule)),
    )
    .map(({ rule, reason, at }) => ({ rule, at, text: `${rule} ${reason}` }))
