import { basename, dirname, join } from 'node:path'
import { isMatch } from '../oracle/expectations/expected-deviation.ts'
import type { TargetRecord } from '../oracle/run.ts'
import { families } from './coverage.ts'
import { joinTargets } from './join-targets.ts'
import { RunError } from './read-run.ts'
import type { ReportedRun, StaleExpectation } from './reported-run.ts'
import { verdictOf } from './verdict.ts'

/** A run and where it was read, for messages. */
export interface NamedRun {
  readonly path: string
  readonly run: ReportedRun
}

/**
 * One run out of several: the parts of a split run, or runs on several targets. Its verdict is that of all of them together; a
 * missing part leaves it inconclusive. Throws `RunError` where the runs cannot be joined.
 */
export function joinRuns(named: readonly [NamedRun, ...NamedRun[]]): ReportedRun {
  const [first] = named
  if (named.length === 1) return first.run
  refuse(named)
  const runs = named.map(({ run }) => run)
  const targets = joinTargets(named.flatMap(targetsOf), first.run.profile)
  const interrupted = runs.some((run) => run.interrupted)
  const missing = missingShards(runs)
  const problems = [...new Set([...runs.flatMap((run) => run.problems ?? []), ...missing])]
  const stale = staleOf(runs)
  const { shard: _, unseenExpectations: __, staleExpectations: ___, problems: ____, ...whole } = first.run
  const joined: Omit<ReportedRun, 'verdict'> = {
    ...whole,
    families: families.filter((family) => runs.some((run) => run.families.includes(family))),
    started: runs.reduce((earliest, { started }) => (started < earliest ? started : earliest), whole.started),
    interrupted,
    command: runs.map(({ command }) => command).join('; '),
    targets,
    ...(stale.length === 0 ? {} : { staleExpectations: stale }),
    ...(problems.length === 0 ? {} : { problems }),
    joined: runs.map(({ seed, started, command, shard }) => ({
      ...{ seed, started, command },
      ...(shard === undefined ? {} : { shard }),
    })),
  }
  return { ...joined, verdict: verdictOf(joined) }
}

/** The targets, with findings where they stand. */
const targetsOf = ({ path, run }: NamedRun): readonly TargetRecord[] => {
  const folder = basename(path) === 'run.json' ? dirname(path) : path
  return run.targets.map((target) => ({
    ...target,
    deviations: target.deviations.map((found) => ({
      ...found,
      file: found.file === '' ? '' : join(folder, found.file),
    })),
  }))
}

function refuse(named: readonly [NamedRun, ...NamedRun[]]): void {
  const [first, ...others] = named
  for (const { path, run } of others)
    if (run.profile !== first.run.profile)
      throw new RunError(
        `${first.path} and ${path} cannot be joined: one was judged by profile ${first.run.profile}, the other by ${run.profile}.`,
      )
  const seen = new Map<string, string>()
  for (const { path, run } of named) {
    const key = `${run.started} ${run.command} ${splitKey(run)}`
    const before = seen.get(key) ?? seen.get(partKey(run))
    if (before !== undefined)
      throw new RunError(`${before} and ${path} are the same run, or the same part of one; name each once.`)
    seen.set(key, path)
    if (run.shard !== undefined) seen.set(partKey(run), path)
  }
}

const partKey = (run: ReportedRun) => `${splitKey(run)} ${run.shard?.number}`

/** The same for all parts of a split run. */
const splitKey = ({ seed, shard, targets, families }: ReportedRun) =>
  JSON.stringify([
    ...[seed, shard?.of, families],
    targets.map(({ name, kernel, libc, arch, version, start }) => [name, kernel, libc, arch, version, start]),
  ])

/** What is missing of the split runs: sentences. */
function missingShards(runs: readonly ReportedRun[]): readonly string[] {
  const numbers = new Map<string, Set<number>>()
  for (const run of runs) {
    const { number = 0 } = run.shard ?? {}
    numbers.set(splitKey(run), (numbers.get(splitKey(run)) ?? new Set()).add(number))
  }
  const sentences = runs.flatMap((run) => {
    const { seed, shard, targets } = run
    const names = targets.map(({ name }) => name).join(', ')
    return Array.from({ length: shard?.of ?? 0 }, (_, at) => at + 1)
      .filter((number) => numbers.get(splitKey(run))?.has(number) !== true)
      .map((number) => `Shard ${number}/${shard?.of} of the run on ${names} with seed ${seed} is missing.`)
  })
  return [...new Set(sentences)]
}

/** What the whole runs found stale, and what none of the parts of a split run saw come true. */
function staleOf(runs: readonly ReportedRun[]): readonly StaleExpectation[] {
  const stale = runs.flatMap((run) => {
    const parts = runs.filter((other) => splitKey(other) === splitKey(run))
    const isWhole = parts.length === run.shard?.of && parts.every((part) => !part.interrupted)
    const targets = parts.flatMap((part) => part.targets)
    const unseen = isWhole ? (run.unseenExpectations ?? []) : []
    return [
      ...(run.staleExpectations ?? []),
      ...unseen.filter((each) => !targets.some((target) => cameTrue(each, target))),
    ]
  })
  return [...new Map(stale.map((each) => [`${each.at} ${each.target}`, each])).values()]
}

const cameTrue = ({ rule, target }: StaleExpectation, { name, deviations }: TargetRecord) =>
  (target === undefined || target === name) &&
  deviations.some((found) => rule.split(', ').some((pattern) => isMatch(pattern, found.rule)))
