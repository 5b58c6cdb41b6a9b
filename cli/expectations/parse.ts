import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { clauses } from '../../model/catalogue.ts'
import { profiles } from '../../model/profile.ts'
import { formNames } from '../../model/vocabulary/forms.ts'
import { parseScenario, ScenarioSyntaxError } from '../../model/vocabulary/text/parse.ts'
import { breakings } from '../../oracle/breaking.ts'
import { type ExpectedDeviation, isMatch } from '../../oracle/expectations/expected-deviation.ts'
import { UsageError } from '../usage-error.ts'
import { placeOf } from './place.ts'

/** An expectations file as it stands: its own entries, and the files beside it that it includes. */
export interface ExpectationsText {
  readonly includes: readonly string[]
  readonly entries: readonly ExpectedDeviation[]
}

/**
 * Reads the YAML of an expectations file: `include` (file names) and `expected`, a list of entries with `rule` (a
 * pattern or several), `seen-as`, `reason`, `link`, `since`, `until`, `profile`, `scenario`. Throws `UsageError` naming the line.
 */
export function parseExpectations(text: string, file: string): ExpectationsText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: true })
  const [problem] = document.errors
  if (problem !== undefined) throw new UsageError(`${file} is no YAML: ${problem.message}`)
  const lineAt = (offset: number) => lines.linePos(offset).line
  const { contents } = document
  if (contents === null) return { includes: [], entries: [] }
  if (!isMap(contents)) throw new UsageError(`${file} line 1: \`include\` and \`expected\` are missing.`)
  for (const { key } of contents.items as Pair[])
    if (!['include', 'expected'].includes(wordOf(key)))
      throw new UsageError(
        `${file} line ${lineAt(startOf(key))}: \`${wordOf(key)}\` is unknown here; there are \`include\` and \`expected\`.`,
      )
  const list = contents.get('expected', true)
  if (list !== undefined && !isSeq(list) && !(isScalar(list) && list.value === null))
    throw new UsageError(`${file} line ${lineAt(startOf(list))}: \`expected\` is a list of entries.`)
  return {
    includes: wordsOf(contents.get('include', true)),
    entries: isSeq(list)
      ? list.items.map((item) => {
          const at = placeOf(item, lines, file)
          if (!isMap(item)) throw new UsageError(`${at}: an entry has \`rule\`, \`reason\` and \`link\`.`)
          return entryOf(item, at)
        })
      : [],
  }
}

const fields = ['rule', 'seen-as', 'reason', 'link', 'since', 'until', 'profile', 'scenario']

function entryOf(item: YAMLMap, at: string): ExpectedDeviation {
  for (const { key } of item.items as Pair[])
    if (!fields.includes(wordOf(key)))
      throw new UsageError(`${at}: an entry has no \`${wordOf(key)}\`, but ${fields.join(', ')}.`)
  const text = (field: string) => wordsOf(item.get(field, true)).join(' ').trim()
  const rules = wordsOf(item.get('rule', true))
  if (rules.length === 0) throw new UsageError(`${at}: the entry lacks \`rule\`.`)
  const seenAs = wordsOf(item.get('seen-as', true))
  for (const rule of [...rules, ...seenAs])
    if (!known.some((id) => isMatch(rule, id)))
      throw new UsageError(`${at}: there is no rule \`${rule}\`; \`ipc-oracle rules\` lists them.`)
  const reason = text('reason')
  if (reason === '' || reason.startsWith('TODO'))
    throw new UsageError(`${at}: ${rules.join(', ')} lacks the reason why it is expected to deviate.`)
  const asked = wordsOf(item.get('profile', true))
  for (const name of asked)
    if (!(name in profiles)) throw new UsageError(`${at}: there is no profile \`${name}\`.`)
  const scenario = text('scenario')
  checkScenario(scenario, at)
  return {
    rules,
    seenAs,
    reason,
    link: text('link'),
    since: text('since'),
    until: text('until'),
    profiles: asked.length === 0 ? Object.keys(profiles) : asked,
    scenario,
    at,
  }
}

function checkScenario(text: string, at: string): void {
  try {
    parseScenario(text)
  } catch (error) {
    if (!(error instanceof ScenarioSyntaxError)) throw error
    throw new UsageError(`${at}: its scenario cannot be read: ${error.message}`)
  }
}

/** A deviation that no rule explains carries the name of its call, as does what brings the target down. */
const known: readonly string[] = [...clauses.map(({ id }) => id), ...formNames, ...breakings]

const startOf = (node: unknown) => (node as { range?: [number, number, number] } | null)?.range?.[0] ?? 0

const wordOf = (node: unknown): string => (isScalar(node) ? String(node.value ?? '') : '')

/** The scalars of a node that is one or a list of them, as they were written. */
const wordsOf = (node: unknown): readonly string[] =>
  isSeq(node) ? node.items.map(sourceOf) : isScalar(node) && node.value !== null ? [sourceOf(node)] : []

/** Versions such as 6.10 are words, not numbers. */
const sourceOf = (node: unknown): string =>
  isScalar(node) ? (typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))) : ''
