import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { parseScenario, type ScenarioLine, ScenarioSyntaxError } from '../../model/vocabulary/text/parse.ts'
import { expectationsByStep, type LineExpectation } from '../../oracle/line-expectations.ts'
import { type Condition, parseCondition } from './conditions.ts'

/**
 * A situation that is tried out. `supports`: what the file expects is what the claim says; `refutes`: it is something
 * that cannot happen if the claim is true.
 */
export interface Trial {
  /** `sem-22.refutes-2`. */
  readonly name: string
  readonly stance: 'supports' | 'refutes'
  readonly title: string
  /** The lines for people, without title and blank lines. */
  readonly lines: readonly string[]
}

/** A trial that is a scenario. */
export interface ScenarioTrial extends Trial {
  readonly is: 'scenario'
  readonly scenario: Scenario
  readonly checks: readonly Check[]
  /** It needs a probe on which nothing has run yet. */
  readonly first: boolean
}

/** What is looked at after a step (an index from 0), in the order of the file. */
export type Check = {
  readonly line: number
  readonly text: string
  readonly step: number
  readonly actor: string
  /** Whether it decides about the claim; else it only says that the situation came about. */
  readonly decides: boolean
} & (
  | { readonly is: 'expectation'; readonly expectation: LineExpectation }
  | { readonly is: 'condition'; readonly condition: Condition }
  | { readonly is: 'name'; readonly name: string; readonly field: string }
)

/**
 * Reads a trial: a scenario text whose comments `# where FIELD = VALUE` and `# let NAME = FIELD` are about the line
 * before them. What stands behind `# then` decides; without it, the last step. `# first`: see `Trial`.
 * @throws ScenarioSyntaxError naming line and fault.
 */
export function parseTrial(name: string, stance: Trial['stance'], text: string): ScenarioTrial {
  const { scenario, lines } = parseScenario(text)
  const raw = text.split('\n').map((line) => line.trim())
  const textAt = (line: number) => (raw[line - 1] ?? '').replace(/\s+/g, ' ')
  const remarks = raw.flatMap((line, index) => remarkAt(line, index + 1))
  const placed = withSteps(lines)
  const then = remarks.find(({ word }) => word === 'then')?.line ?? (lastStepLine(placed) ?? 1) - 1
  const expected = expectationsByStep(lines).flatMap((each, step) =>
    each.map((expectation) => ({
      ...{ is: 'expectation' as const, expectation, step },
      ...{
        line: expectation.line,
        text: textAt(expectation.line),
        actor: expectation.actor,
        decides: expectation.line > then,
      },
    })),
  )
  const others = remarks.flatMap(({ line, word, rest }): Check[] => {
    if (word !== 'where' && word !== 'let') return []
    const about = placed.findLast((each) => each.line < line)
    if (about === undefined) throw new ScenarioSyntaxError(`line ${line}: no step stands before it`)
    const { step, actor } = about
    return [{ line, text: textAt(line), step, actor, decides: line > then, ...readRemark(word, rest, line) }]
  })
  return {
    ...{ is: 'scenario', name, stance, title: scenario.title, scenario },
    checks: [...expected, ...others].sort((a, b) => a.line - b.line),
    lines: raw.filter((line, index) => line !== '' && !isPlainComment(line, index)),
    first: remarks.some(({ word }) => word === 'first'),
  }
}

interface Remark {
  readonly line: number
  readonly word: string
  readonly rest: string
}

function remarkAt(text: string, line: number): readonly Remark[] {
  const [, word, rest = ''] = /^#\s*(where\b|let\b|then$|first$)\s*(.*)$/.exec(text) ?? []
  return word === undefined || line === 1 ? [] : [{ line, word, rest }]
}

const isPlainComment = (line: string, index: number) =>
  line.startsWith('#') && remarkAt(line, index + 1).length === 0

function readRemark(word: string, rest: string, line: number) {
  try {
    if (word === 'where') return { is: 'condition' as const, condition: parseCondition(rest) }
    const { field: name, comparison, value: field } = parseCondition(rest)
    if (comparison === '=' && /^[a-z]\w*$/.test(field)) return { is: 'name' as const, name, field }
    throw new Error(`\`${rest}\` is no name for a result (NAME = FIELD)`)
  } catch (error) {
    throw new ScenarioSyntaxError(`line ${line}: ${(error as Error).message}`)
  }
}

const lastStepLine = (placed: readonly PlacedLine[]) => placed.findLast(({ isStep }) => isStep)?.line

interface PlacedLine {
  readonly line: number
  readonly actor: string
  readonly isStep: boolean
  /** The index of the step that the line is about. */
  readonly step: number
}

function withSteps(lines: readonly ScenarioLine[]): readonly PlacedLine[] {
  let step = -1
  return lines.map(({ line, actor, step: own }) => {
    const isStep = own !== 'returns'
    if (isStep) step++
    return { line, actor, isStep, step }
  })
}
