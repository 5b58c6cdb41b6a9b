import type { StartedTarget } from '../harness/targets/target.ts'
import type { Profile } from '../model/profile.ts'
import { printStep } from '../model/vocabulary/text/print.ts'
import { createMemory } from '../oracle/histories/judge-history.ts'
import { cameOf } from '../oracle/histories/outcome.ts'
import { livesWords } from '../oracle/histories/words.ts'
import type { DeviationRecord } from '../oracle/run.ts'
import type { OverlappingProgram, OverlappingRun } from '../oracle/trace/timed-call.ts'
import { repeatProgram } from '../properties/overlapping/repeat-program.ts'
import { judgeRun } from '../properties/overlapping/run-program.ts'
import { shortenRun } from '../properties/overlapping/shrink-program.ts'
import { toldFinding } from '../properties/overlapping/told.ts'
import type { StepWords } from './judged-scenario.ts'
import type { Replayed } from './replay-scenario.ts'

export interface ReplayOverlapping {
  readonly program: OverlappingProgram
  readonly target: StartedTarget
  readonly profile: Profile
  readonly repeat: number
  readonly seed: number
  readonly stop: AbortSignal
}

/** Runs of a program if nobody says how many. */
export const RUNS_USUAL = 5000

/** Runs a program with its calls overlapping until that deviates, and counts what came of it. */
export async function replayOverlapping(replay: ReplayOverlapping): Promise<Replayed> {
  const { program, target, profile, repeat, seed, stop } = replay
  const { header } = target
  const memory = createMemory()
  const ways = new Map<string, number>()
  const problems = new Set<string>()
  let [runs, steps]: [number, readonly StepWords[]] = [0, []]
  let deviations: readonly DeviationRecord[] = []
  for await (const run of repeatProgram(target, program, { wanted: repeat, seed, stop })) {
    if (typeof run === 'string') {
      problems.add(run)
      continue
    }
    const judgement = judgeRun(run, header, profile, memory)
    if (judgement.verdict === 'inconclusive') problems.add(judgement.reason)
    runs++
    const came = cameOf(program, run)
    const way = [...came.slice(program.first, program.last), ...livesWords(run.lives)].join('; ')
    ways.set(way, (ways.get(way) ?? 0) + 1)
    if (runs === 1 || judgement.verdict === 'deviates') steps = stepsOf(program, run, came)
    if (judgement.verdict !== 'deviates') continue
    const shortened = shortenRun(header, profile, run, judgement, memory)
    deviations = [toldFinding({ program, run, shortened, repetitions: runs })]
    break
  }
  const { kernel, libc, arch } = header
  const isClear = problems.size === 0 && runs > 0
  return {
    ...{ target: header.target, kernel, libc, arch, title: program.scenario.title, runs },
    verdict: deviations.length > 0 ? 'deviates' : isClear ? 'conforms' : 'inconclusive',
    ...{
      steps,
      deviations,
      unmet: [],
      reason: [...problems].join('; ') || (runs > 0 ? '' : 'no run was made'),
    },
    overlapped: [...ways].map(([came, seen]) => ({ came, seen })).sort((a, b) => b.seen - a.seen),
  }
}

const stepsOf = (
  { scenario }: OverlappingProgram,
  { calls }: OverlappingRun,
  came: readonly string[],
): readonly StepWords[] =>
  scenario.steps.map(({ actor, call }, at) => ({
    step: at + 1,
    call: printStep({ actor: calls.find(({ step }) => step === at)?.actor ?? actor, call }),
    ...{ observed: came[at] ?? '', allowed: [], rules: [], deviates: false },
  }))
