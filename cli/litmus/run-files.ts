import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import { covers, type ExpectedDeviation } from '../../oracle/expectations/expected-deviation.ts'
import { applicable } from '../../oracle/expectations/match.ts'
import type { RunRecord } from '../../oracle/run.ts'
import { TooLarge } from '../../properties/litmus/enumerate.ts'
import type { LitmusTest } from '../../properties/litmus/litmus-test.ts'
import { runOverlappingLitmus } from '../../properties/litmus/overlapping-execution.ts'
import { type LitmusRun, runLitmus } from '../../properties/litmus/run-litmus.ts'
import { type ExitStatus, exitStatus } from '../exit-status.ts'
import { chooseExpectations } from '../expectations/choose.ts'
import { foundDeviation } from '../found-deviation.ts'
import type { Io } from '../io.ts'
import { SEED_MAX } from '../numbers.ts'
import { chooseProfile, chooseTargets, startOptions } from '../probe-options.ts'
import type { RunOptions } from '../run-options.ts'
import { UsageError } from '../usage-error.ts'
import type { RanEnd, RanLitmus } from './ran-litmus.ts'
import { ranText } from './ran-text.ts'
import { isLitmusFile, readLitmus } from './read-litmus.ts'

/** Runs litmus tests on targets and counts how they end. */
export async function runLitmusFiles(
  words: readonly string[],
  options: RunOptions,
  io: Io,
): Promise<ExitStatus> {
  const family = words.find((word) => !isLitmusFile(word))
  if (family !== undefined)
    throw new UsageError(`name either families or .litmus files, not both: ${family}.`)
  refuseOthers(options)
  const tests = await Promise.all(words.map(async (file) => ({ file, test: await readLitmus(file) })))
  const profile = chooseProfile(options.profile, 'run')
  const seed = options.seed ?? Math.floor(Math.random() * SEED_MAX)
  const targets = chooseTargets(options, 'run')
  const starts = targets.map((target) => ({ target, start: startOptions(options, target) }))
  const overlaps = options.mode === 'overlapping'
  const ran: RanLitmus[] = []
  for (const { target, start } of starts) {
    const { entries } = await chooseExpectations(options.expectations, target.name)
    if (overlaps && !target.understands.includes('spread'))
      throw new UsageError(`target ${target.name} cannot run calls that overlap.`)
    const started = await target.start(overlaps ? { ...start, spread: true } : start)
    try {
      const version = started.version ?? started.header.kernel
      const expected = applicable(entries, version, profile.name)
      for (const { file, test } of tests) {
        if (io.stop.aborted) break
        const how = { profile, seed, stop: io.stop, runs: options.repeat ?? 0 }
        const run = overlaps
          ? await runOverlappingLitmus(test, started, how)
          : await tryRun(test, started, how)
        const each = record(file, test, started, run, expected, profile)
        if (options.json !== true) io.out(ranText(each, profile, io.style, overlaps))
        ran.push(each)
      }
    } finally {
      await started.close()
    }
  }
  const verdict = verdictOf(ran)
  if (options.json)
    io.out(`${JSON.stringify({ verdict, seed, profile: profile.name, tests: ran.map(jsonOf) }, null, 2)}\n`)
  else io.err(`Seed ${seed}.\n`)
  return io.stop.aborted ? exitStatus.interrupted : exitStatus[verdict]
}

/** Options of `run` that say something about generated scenarios. */
const others = [
  ...['scenarios', 'time', 'shard', 'stopAfter', 'updateExpectations', 'report', 'out'],
  ...['exhaustive', 'maxSteps'],
] as const satisfies readonly string[]

function refuseOthers(options: RunOptions): void {
  const given = options as unknown as Readonly<Record<string, unknown>>
  for (const name of others)
    if (given[name] !== undefined)
      throw new UsageError(
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is about generated scenarios; leave it out for litmus files.`,
      )
}

async function tryRun(...args: Parameters<typeof runLitmus>): Promise<LitmusRun> {
  try {
    return await runLitmus(...args)
  } catch (error) {
    if (error instanceof TooLarge) throw new UsageError(`${error.message}.`)
    throw error
  }
}

function record(
  file: string,
  test: LitmusTest,
  { header }: StartedTarget,
  run: LitmusRun,
  entries: readonly ExpectedDeviation[],
  profile: Profile,
): RanLitmus {
  const { target, kernel, libc, arch } = header
  const ends = run.ends.map(({ end, count, holds, witness, forbidden, told }): RanEnd => {
    const found =
      told ?? (forbidden === null ? null : foundDeviation(forbidden.deviation, forbidden.recording))
    if (found === null) return { end, count, holds, witness, deviation: null }
    const entry = entries.find((each) => covers(each, found.rule))
    const expected = entry === undefined ? {} : { expected: true, reason: entry.reason, link: entry.link }
    return { end, count, holds, witness, deviation: { ...found, seen: count, ...expected } }
  })
  const isWrong = ends.some(({ deviation }) => deviation !== null && !deviation.expected)
  return {
    ...{ file, test, target: { target, kernel, libc, arch }, ends, claim: test.claims[profile.name] ?? null },
    ...{ runs: run.runs, complete: run.complete, strayed: run.strayed, inconclusive: run.inconclusive },
    observation: run.observation,
    verdict: isWrong
      ? 'deviates'
      : run.inconclusive.length > 0 || run.runs === 0
        ? 'inconclusive'
        : 'conforms',
  }
}

const jsonOf = ({ test, ...rest }: RanLitmus) => ({ name: test.name, ...rest })

const verdictOf = (ran: readonly RanLitmus[]): RunRecord['verdict'] =>
  ran.some(({ verdict }) => verdict === 'deviates')
    ? 'deviates'
    : ran.length === 0 || ran.some(({ verdict }) => verdict === 'inconclusive')
      ? 'inconclusive'
      : 'conforms'
