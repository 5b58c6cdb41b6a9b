import type { TargetRecord } from '../oracle/run.ts'
import { classificationText } from './classification-text.ts'
import { deviationText } from './deviation-text.ts'
import type { ReportedRun } from './reported-run.ts'
import { familyResults, type RuleResult } from './rule-results.ts'
import { plain } from './style.ts'
import { counted } from './wrap.ts'

/**
 * A run as test reporters know it: a part for each target with a group for each family and one for the harness, and a
 * part for the run itself. What keeps a run from conforming is a test that fails or has an error, and nothing else is.
 */
export interface TestPart {
  /** The name of the target, or `run`. */
  readonly name: string
  readonly groups: readonly TestGroup[]
  readonly target?: TargetRecord
}

export interface TestGroup {
  readonly name: string
  readonly tests: readonly Test[]
}

export interface Test {
  /** The id of a rule, in the group of a family. */
  readonly name: string
  /** `expected`: failed as it was expected to. `error`: what is tested could not be judged. */
  readonly outcome: Outcome
  /** Why it did not pass, on one line; else ''. */
  readonly reason: string
  /** The same at length: lines. */
  readonly details: readonly string[]
}

export type Outcome = 'passed' | 'failed' | 'expected' | 'skipped' | 'error'

export const testTree = (run: ReportedRun): readonly TestPart[] => [
  ...run.targets.map(
    (target): TestPart => ({
      name: target.name,
      target,
      groups: [
        { name: 'harness', tests: harnessTests(target) },
        ...familyResults(target, run).map(({ family, results }) => ({
          name: family,
          tests: results.map(ruleTest),
        })),
      ],
    }),
  ),
  { name: 'run', groups: [{ name: 'whole', tests: [completeTest(run), ...expectationTests(run)] }] },
]

/** The outcome of tests together: the worst one; skipped only if all are. */
export const together = (outcomes: readonly Outcome[]): Outcome =>
  byWeight.find((outcome) => outcomes.includes(outcome)) ?? 'skipped'

const byWeight: readonly Outcome[] = ['failed', 'error', 'passed', 'expected', 'skipped']

function ruleTest({ rule, is, found, reason }: RuleResult): Test {
  const outcome = outcomes[is]
  const [first] = found
  if (first === undefined) return { name: rule, outcome, reason, details: [] }
  return {
    name: rule,
    outcome,
    reason:
      is === 'expected'
        ? `expected deviation: ${first.reason ?? first.observed}`
        : `observed ${first.observed}; allowed ${first.allowed.join(', or ') || 'nothing'}`,
    details: found.flatMap((each, index) => [
      ...(index === 0 ? [] : ['']),
      ...deviationText(each, found.length > 1 ? `${index + 1}.` : '', plain),
    ]),
  }
}

const outcomes: Readonly<Record<RuleResult['is'], Outcome>> = {
  met: 'passed',
  deviates: 'failed',
  expected: 'expected',
  untested: 'skipped',
  unsettled: 'skipped',
}

function harnessTests(target: TargetRecord): readonly Test[] {
  const { errors, inconclusive, scenarios, skipped } = target
  if (skipped !== undefined) return [{ name: RUNS, outcome: 'skipped', reason: skipped, details: [] }]
  const problems = errors.length === 0 && scenarios === 0 ? ['No scenario ran.'] : errors
  const open = inconclusive.map(({ reason, scenario }) => [reason, scenario.trimEnd()])
  return [
    withNote(unless(RUNS, problems, problems[0] ?? ''), classificationText(target)),
    unless(
      'every scenario can be judged',
      open.flatMap((lines) => lines.flatMap((text) => text.split('\n'))),
      `${counted(open.length, 'scenario')} could not be judged: ${open[0]?.[0]}`,
    ),
  ]
}

const RUNS = 'the target runs'

const withNote = (test: Test, note: string): Test =>
  note === '' ? test : { ...test, details: [...test.details, note] }

const completeTest = ({ interrupted, targets, problems = [] }: ReportedRun): Test => {
  const lines = [
    ...(interrupted ? ['The run was interrupted before its end.'] : []),
    ...(targets.every(({ skipped }) => skipped !== undefined) ? ['No target can run here.'] : []),
    ...problems,
  ]
  return unless('the run is complete', lines, lines[0] ?? '')
}

const expectationTests = ({ staleExpectations = [] }: ReportedRun): readonly Test[] =>
  staleExpectations.map(({ rule, at, text }) => ({
    name: `the expected deviation of ${rule} occurs`,
    outcome: 'failed',
    reason: `It no longer occurs: delete ${at}.`,
    details: [`Delete ${at}:`, text],
  }))

const unless = (name: string, problems: readonly string[], reason: string): Test =>
  problems.length === 0
    ? { name, outcome: 'passed', reason: '', details: [] }
    : { name, outcome: 'error', reason: reason || 'nothing was said', details: problems }
