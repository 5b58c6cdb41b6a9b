import type { Repeated } from '../../harness/protocol/overlap.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { HistoryJudgement } from '../../oracle/histories/history.ts'
import type { Memory } from '../../oracle/histories/judge-history.ts'
import { type Shortened, shorten } from '../../oracle/histories/shorten.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { isWhole, without, withoutBefore } from './part-of-program.ts'
import { judgeRun, judgingOf, runProgram } from './run-program.ts'
import type { Found } from './told.ts'

export interface Deviating {
  readonly program: OverlappingProgram
  readonly run: OverlappingRun
  readonly judgement: HistoryJudgement
  /** Runs of the program up to this one. */
  readonly tries: number
}

export interface Investigating {
  readonly profile: Profile
  readonly repeated: Repeated
  readonly memory: Memory
}

/** Milliseconds for one finding, and runs of each smaller program. */
const TIME_MAX = 10_000
const RUNS = 400

/**
 * Makes the program smaller as long as it still deviates on the target: only the calls that it takes to see what is wrong,
 * without an actor, without a call, without what was done before. Then shortens what was measured.
 */
export async function investigateProgram(
  target: StartedTarget,
  deviating: Deviating,
  investigating: Investigating,
): Promise<Found> {
  const until = performance.now() + TIME_MAX
  let known = deviating
  const attempt = async (program: OverlappingProgram): Promise<boolean> => {
    if (performance.now() > until) return false
    const seen = await firstDeviating(target, program, investigating)
    if (seen !== null) known = seen
    return seen !== null
  }
  const { profile, memory } = investigating
  const shortest = ({ run, judgement }: Deviating) =>
    shortenRun(target.header, profile, run, judgement, memory)
  await attempt(without(known.program, stepsIn(shortest(known), known.run)))
  for (const actor of actorsOf(known.program))
    await attempt(without(known.program, (at) => actorAt(known, at) !== actor))
  for (let at = known.program.scenario.steps.length - 1; at >= known.program.first; at--)
    if (await attempt(without(known.program, (each) => each !== at)))
      at = Math.min(at, known.program.scenario.steps.length)
  for (let at = known.program.first - 1; at >= 0; at--) await attempt(withoutBefore(known.program, at))
  const { program, run, tries } = known
  return { program, run, shortened: shortest(known), repetitions: tries }
}

/** Whether a step is in the shortest part of a run that deviates. */
function stepsIn({ history }: Shortened, run: OverlappingRun): (at: number) => boolean {
  const begun = new Set(history.calls.map(({ actor, begin }) => `${actor} ${begin}`))
  const steps = run.calls.flatMap(({ actor, begin, step }) => (begun.has(`${actor} ${begin}`) ? [step] : []))
  const kept = new Set(steps)
  return (at) => kept.has(at)
}

/** The shortest part of a deviating run that deviates still. */
export const shortenRun = (
  header: TraceHeader,
  profile: Profile,
  run: OverlappingRun,
  judgement: HistoryJudgement,
  memory: Memory,
): Shortened => shorten(run, judgement, judgingOf(header, profile, run, memory))

async function firstDeviating(
  target: StartedTarget,
  program: OverlappingProgram,
  { profile, repeated, memory }: Investigating,
): Promise<Deviating | null> {
  if (program.last <= program.first || !isWhole(program)) return null
  const { runs } = await runProgram(target, program, { ...repeated, repetitions: RUNS })
  for (const [at, run] of runs.entries()) {
    const judgement = judgeRun(run, target.header, profile, memory)
    if (judgement.verdict === 'deviates') return { program, run, judgement, tries: at + 1 }
  }
  return null
}

const actorsOf = ({ scenario, first, last }: OverlappingProgram) => [
  ...new Set(scenario.steps.slice(first, last).map(({ actor }) => actor)),
]

const actorAt = ({ program }: Deviating, at: number) => program.scenario.steps[at]?.actor
