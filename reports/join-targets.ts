import { classify, tellsMore } from '../oracle/classification.ts'
import type { DeviationRecord, RunRecord, TargetRecord } from '../oracle/run.ts'

/**
 * The targets of several runs, those that are the same target as one. Targets of one name on different systems stay
 * apart, and say in their names which is which.
 */
export function joinTargets(
  all: readonly TargetRecord[],
  profile: RunRecord['profile'],
): readonly TargetRecord[] {
  const groups: TargetRecord[][] = []
  for (const target of all) {
    const group = groups.find(([first]) => first !== undefined && isSame(first, target))
    if (group === undefined) groups.push([target])
    else if (group[0]?.kernel === UNKNOWN) group.unshift(target)
    else group.push(target)
  }
  const joined = groups.map((parts) => joinedTarget(parts, profile))
  return joined.map((target) => ({ ...target, name: distinctName(target, joined) }))
}

/** Of a target that did not run. */
const UNKNOWN = 'unknown'

const systemOf = ({ kernel, libc, arch, version = '' }: TargetRecord) => [kernel, libc, arch, version]

const startOf = ({ start = {} }: TargetRecord) =>
  Object.entries(start)
    .map(([option, value]) => `--${option} ${value}`)
    .sort()
    .join(' ')

/** A target that did not run is taken for the one of its name that did. */
const isSame = (one: TargetRecord, other: TargetRecord) =>
  one.name === other.name &&
  startOf(one) === startOf(other) &&
  (one.kernel === UNKNOWN || other.kernel === UNKNOWN || `${systemOf(one)}` === `${systemOf(other)}`)

function distinctName(target: TargetRecord, all: readonly TargetRecord[]): string {
  const alike = all.filter(({ name }) => name === target.name)
  const parts = (one: TargetRecord) => [...systemOf(one), startOf(one)]
  const differing = parts(target).filter(
    (part, at) => part !== '' && alike.some((other) => parts(other)[at] !== part),
  )
  return differing.length === 0 ? target.name : `${target.name} (${differing.join(', ')})`
}

function joinedTarget(parts: readonly TargetRecord[], profile: RunRecord['profile']): TargetRecord {
  const [first] = parts
  if (first === undefined || parts.length === 1) return first as TargetRecord
  const sum = (field: 'scenarios' | 'steps' | 'seconds') =>
    parts.reduce((total, part) => total + part[field], 0)
  const shown = parts.flatMap((part) => (part.shown === undefined ? [] : [part.shown]))
  const covered = parts.flatMap((part) => part.covered ?? [])
  const joined = {
    ...first,
    conditions: distinct(parts.flatMap(({ conditions }) => conditions)),
    scenarios: sum('scenarios'),
    steps: sum('steps'),
    seconds: sum('seconds'),
    rules: joinedRules(parts.map(({ rules }) => rules)),
    deviations: joinedDeviations(parts.flatMap(({ deviations }) => deviations)),
    inconclusive: parts.flatMap(({ inconclusive }) => inconclusive),
    errors: distinct(parts.flatMap(({ errors }) => errors)),
    ...(shown.length === 0 ? {} : { shown: Object.assign({}, ...shown) }),
    ...(covered.length === 0 ? {} : { covered }),
  }
  return first.satisfies === undefined ? joined : { ...joined, satisfies: classify(joined, profile) }
}

type Rules = TargetRecord['rules']

function joinedRules(parts: readonly Rules[]): Rules {
  const counts: Record<string, Rules['counts'][string]> = {}
  for (const part of parts)
    for (const [rule, count] of Object.entries(part.counts)) counts[rule] = added(counts[rule], count)
  const entries = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    exercised: entries.filter(([, { exercised }]) => exercised > 0).length,
    met: entries.filter(([, { met }]) => met > 0).length,
    total: entries.length,
    untested: entries.filter(([, { exercised }]) => exercised === 0).map(([rule]) => rule),
    counts: Object.fromEntries(entries),
  }
}

function added(one: Rules['counts'][string] | undefined, other: Rules['counts'][string]) {
  if (one === undefined) return other
  const [some, more] = [one.chosen ?? [], other.chosen ?? []]
  const length = Math.max(some.length, more.length)
  const chosen = Array.from({ length }, (_, at) => (some[at] ?? 0) + (more[at] ?? 0))
  return {
    exercised: one.exercised + other.exercised,
    met: one.met + other.met,
    ...(length === 0 ? {} : { chosen }),
  }
}

/** One finding a rule, the one that tells most, as within a run. */
function joinedDeviations(all: readonly DeviationRecord[]): readonly DeviationRecord[] {
  const joined = new Map<string, DeviationRecord>()
  for (const found of all) {
    const key = `${found.rule} ${found.expected}`
    const known = joined.get(key)
    const shown = known === undefined || tellsMore(found, known) ? found : known
    joined.set(key, { ...shown, seen: found.seen + (known?.seen ?? 0) })
  }
  return [...joined.values()].sort((a, b) => b.seen - a.seen)
}

const distinct = (texts: readonly string[]) => [...new Set(texts)]
