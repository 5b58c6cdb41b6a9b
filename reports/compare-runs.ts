import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import type { ReportedRun } from './reported-run.ts'

/** What changed from one run to another. */
export interface RunComparison {
  readonly targets: readonly TargetComparison[]
  /** Targets that only the first, or only the second run has. */
  readonly onlyFirst: readonly string[]
  readonly onlySecond: readonly string[]
  /** `worse`: something deviates that did not; `unclear`: it cannot be told whether something does. */
  readonly verdict: 'no worse' | 'worse' | 'unclear'
}

/** A target of the first run and one of the second. */
export interface TargetComparison {
  readonly first: ComparedTarget
  readonly second: ComparedTarget
  readonly rules: readonly ComparedRule[]
  /** Rules that were exercised in the first run, and not in the second, and the other way round. */
  readonly untestedNow: readonly string[]
  readonly testedNow: readonly string[]
  /** What kept the second run from being settled: sentences. */
  readonly unsettled: readonly string[]
}

export type ComparedTarget = Pick<TargetRecord, 'name' | 'kernel' | 'libc' | 'arch' | 'version'>

export interface ComparedRule {
  readonly rule: string
  /**
   * `gone`: it deviated, was exercised again, and does not any more; `unknown`: it deviated and was not exercised again;
   * `changed`: it deviates in another way.
   */
  readonly is: 'new' | 'gone' | 'same' | 'changed' | 'unknown'
  /** What was seen in each run; empty where it does not deviate. */
  readonly before: string
  readonly now: string
  readonly expected: boolean
}

/** Compares two runs target by target: those of the same name or, where each run has but one, these two. */
export function compareRuns(first: ReportedRun, second: ReportedRun): RunComparison {
  const pairs = pairsOf(first, second)
  const targets = pairs.map(([before, now]) => compareTargets(before, now))
  const names = (run: ReportedRun, at: 0 | 1) =>
    run.targets.filter((target) => pairs.every((pair) => pair[at] !== target)).map(({ name }) => name)
  const onlyFirst = names(first, 0)
  return { targets, onlyFirst, onlySecond: names(second, 1), verdict: verdictOf(targets, onlyFirst) }
}

type Pair = readonly [TargetRecord, TargetRecord]

function pairsOf(first: ReportedRun, second: ReportedRun): readonly Pair[] {
  const [one, other] = [first.targets[0], second.targets[0]]
  if (first.targets.length === 1 && second.targets.length === 1 && one !== undefined && other !== undefined)
    return [[one, other]]
  return first.targets.flatMap((before) =>
    second.targets.filter(({ name }) => name === before.name).map((now): Pair => [before, now]),
  )
}

function compareTargets(before: TargetRecord, now: TargetRecord): TargetComparison {
  const exercised = (target: TargetRecord) =>
    Object.entries(target.rules.counts).flatMap(([id, counts]) => (counts.exercised > 0 ? [id] : []))
  const [then, today] = [exercised(before), exercised(now)]
  return {
    first: placeOf(before),
    second: placeOf(now),
    rules: compareRules(before, now, new Set(today)),
    untestedNow: then.filter((id) => !today.includes(id)).sort(),
    testedNow: today.filter((id) => !then.includes(id)).sort(),
    unsettled: [
      ...(now.skipped === undefined ? [] : [now.skipped]),
      ...now.errors,
      ...now.inconclusive.map(({ reason }) => reason),
    ],
  }
}

const placeOf = ({ name, kernel, libc, arch, version }: TargetRecord): ComparedTarget => ({
  ...{ name, kernel, libc, arch },
  ...(version === undefined ? {} : { version }),
})

function compareRules(
  before: TargetRecord,
  now: TargetRecord,
  exercised: ReadonlySet<string>,
): readonly ComparedRule[] {
  const [then, today] = [byRule(before.deviations), byRule(now.deviations)]
  const rules = [...new Set([...then.keys(), ...today.keys()])].sort()
  return rules.map((rule) => {
    const [old, found] = [then.get(rule), today.get(rule)]
    const is =
      old === undefined
        ? 'new'
        : found === undefined
          ? exercised.has(rule)
            ? 'gone'
            : 'unknown'
          : isAlike(old, found)
            ? 'same'
            : 'changed'
    return {
      ...{ rule, is },
      ...{ before: old?.observed ?? '', now: found?.observed ?? '' },
      expected: (found ?? old)?.expected === true,
    }
  })
}

const byRule = (deviations: readonly DeviationRecord[]) =>
  new Map(deviations.map((deviation) => [deviation.rule, deviation]))

/** Numbers that the kernel chooses differ from run to run. */
const isAlike = (a: DeviationRecord, b: DeviationRecord) => shapeOf(a) === shapeOf(b)

const shapeOf = ({ observed, allowed }: DeviationRecord) =>
  [observed, ...allowed]
    .map((words) => words.replaceAll(/\b\d{3,}\b/g, '#').replaceAll(/\b[A-Z]\d?\b(?= )/g, '@'))
    .join('|')

function verdictOf(
  targets: readonly TargetComparison[],
  onlyFirst: readonly string[],
): RunComparison['verdict'] {
  const all = targets.flatMap(({ rules }) => rules)
  if (all.some(({ is }) => is === 'new')) return 'worse'
  const isUnclear =
    targets.length === 0 ||
    onlyFirst.length > 0 ||
    all.some(({ is }) => is === 'unknown') ||
    targets.some(({ unsettled }) => unsettled.length > 0)
  return isUnclear ? 'unclear' : 'no worse'
}
