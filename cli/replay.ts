import { Command } from 'commander'
import { isDown } from '../harness/problems.ts'
import type { StartedTarget } from '../harness/targets/target.ts'
import type { Profile } from '../model/profile.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import type { Io } from './io.ts'
import { SEED_MAX, wholeNumber } from './numbers.ts'
import {
  addProbeOptions,
  chooseProfile,
  chooseTargets,
  collect,
  type ProbeOptions,
  startOptions,
} from './probe-options.ts'
import { replayBreaking } from './replay-breaking.ts'
import { RUNS_USUAL, replayOverlapping } from './replay-overlapping.ts'
import { type Replayed, replayScenario } from './replay-scenario.ts'
import { loadSource, type ReplaySource, type SourceOptions } from './replay-source.ts'
import { replayText } from './replay-text.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

interface ReplayOptions extends ProbeOptions, SourceOptions {
  readonly repeat?: number
  readonly json?: true
}

/** `replay`: runs a scenario, a finding or a regression again. */
export const replayCommand: Subcommand = (io, done) =>
  addProbeOptions(
    new Command('replay')
      .description('Run a scenario again on a target: from a file, or generated as the run printed it.')
      .argument(
        '[file]',
        'a .scenario file, the folder of a finding, or a trace (.ndjson) whose scenarios are run again',
      ),
  )
    .option('--seed <n>', 'the seed of the run', wholeNumber('--seed', 0, SEED_MAX))
    .option('--path <path>', 'which scenario of the run, as it was printed')
    .option('--families <list>', 'the families of the run, if it named some', collect)
    .option(
      '--repeat <n>',
      `run it so often, until it deviates (default: once; ${RUNS_USUAL} times where calls overlap)`,
      wholeNumber('--repeat', 1, 1e7),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample: ipc-oracle replay properties/scenarios/semaphores/lock-pattern.scenario --repeat 100',
    )
    .action(async (file: string | undefined, options: ReplayOptions) => done(await replay(file, options, io)))

async function replay(file: string | undefined, options: ReplayOptions, io: Io): Promise<ExitStatus> {
  const profile = chooseProfile(options.profile, 'replay')
  const targets = chooseTargets(options, 'replay')
  const starts = targets.map((target) => ({ target, start: startOptions(options, target) }))
  const source = await loadSource(file, options)
  const replayed: Replayed[] = []
  for (const { target, start } of starts) {
    if (source.overlaps && !target.understands.includes('spread'))
      throw new UsageError(`target ${target.name} cannot run calls that overlap.`)
    const connect = () => target.start(source.overlaps ? { ...start, spread: true } : start)
    replayed.push(...(await replayOn(connect, source, profile, options, io.stop)))
  }
  if (options.json !== true) for (const each of replayed) io.out(replayText(each, profile, io.style))
  const verdict = verdictOf(replayed)
  if (options.json === true)
    io.out(`${JSON.stringify({ verdict, profile: profile.name, replayed }, null, 2)}\n`)
  return io.stop.aborted ? exitStatus.interrupted : exitStatus[verdict]
}

/** On one probe, or the next one where a scenario brings the target down. */
async function replayOn(
  connect: () => Promise<StartedTarget>,
  source: ReplaySource,
  profile: Profile,
  { repeat, seed }: ReplayOptions,
  stop: AbortSignal,
): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = []
  let target = await connect()
  try {
    for (const { scenario, lines, program } of await source.scenarios(target.header)) {
      if (stop.aborted) break
      const replay = { scenario, lines, target, profile, repeat: repeat ?? 1, stop }
      try {
        replayed.push(
          program === undefined
            ? await replayScenario(replay)
            : await replayOverlapping({ ...replay, program, repeat: repeat ?? RUNS_USUAL, seed: seed ?? 1 }),
        )
      } catch (problem) {
        if (!isDown(problem)) throw problem
        await target.close()
        replayed.push(await replayBreaking(replay, problem, connect))
        target = await connect()
      }
    }
    return replayed
  } finally {
    await target.close()
  }
}

const verdictOf = (replayed: readonly Replayed[]): Replayed['verdict'] =>
  replayed.some(({ verdict }) => verdict === 'deviates')
    ? 'deviates'
    : replayed.length === 0 || replayed.some(({ verdict }) => verdict === 'inconclusive')
      ? 'inconclusive'
      : 'conforms'
