import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Deviation } from '../../oracle/verdict.ts'
import { type LitmusTest, type Observation, observationOf } from './litmus-test.ts'
import { type End, isTrue } from './proposition.ts'
import { chooseSchedules } from './schedules.ts'
import { endOfRecording, hasStrayed, stepsOf } from './stepped-execution.ts'

/** What a target showed of a test. */
export interface LitmusRun {
  /** Runs that were judged and counted. */
  readonly runs: number
  /** Whether every order of the calls was run. */
  readonly complete: boolean
  readonly ends: readonly ShownEnd[]
  readonly observation: Observation
  /** Runs in which an actor slept where the schedule wanted a call of it; they are judged, but not counted. */
  readonly strayed: number
  /** Why runs could not be judged, each reason once. */
  readonly inconclusive: readonly string[]
}

export interface ShownEnd {
  readonly end: End
  /** In how many runs. */
  readonly count: number
  /** Whether the proposition is true of it. */
  readonly holds: boolean
  /** The places of the calls in the first of these runs. */
  readonly witness: readonly string[]
  /** How the first of these runs deviates; null where all that was seen is allowed. */
  readonly forbidden: { readonly recording: Recording; readonly deviation: Deviation } | null
}

export interface LitmusOptions {
  readonly profile: Profile
  /** 0: every order of the calls once. */
  readonly runs: number
  readonly seed: number
  readonly stop: AbortSignal
}

/** Scenarios that a probe gets at once. */
const BATCH = 100

/**
 * Runs a test on a target, one call at a time, in every order or in a sample of them, and counts how it ends. The order
 * of the calls is all that is varied: calls that overlap in time are for another execution, which would come in the
 * place of `stepsOf`.
 */
export async function runLitmus(
  test: LitmusTest,
  target: StartedTarget,
  { profile, runs, seed, stop }: LitmusOptions,
): Promise<LitmusRun> {
  const facts = factsOf(target.header)
  const { schedules, complete } = chooseSchedules(test, { profile, facts, runs, seed })
  const shown = new Map<string, ShownEnd>()
  const inconclusive = new Set<string>()
  let counted = 0
  let strayed = 0
  for (let from = 0; from < schedules.length && !stop.aborted; from += BATCH) {
    const plans = schedules.slice(from, from + BATCH).map((schedule) => stepsOf(test, schedule))
    const recordings = await target.run(
      plans.map((plan) => ({ title: test.name, steps: plan.map(({ step }) => step) })),
    )
    for (const [at, recording] of recordings.entries()) {
      const plan = plans[at] ?? []
      const { verdict, deviations, reason } = judge(recording, target.header, profile)
      const [deviation] = deviations
      if (verdict === 'inconclusive') inconclusive.add(reason)
      else if (deviation === undefined && hasStrayed(recording)) strayed++
      else {
        counted++
        const end = endOfRecording(test, plan, recording)
        const witness = plan.flatMap(({ place }) =>
          typeof place === 'string' && place !== 'setup' ? [place] : [],
        )
        const forbidden = deviation === undefined ? null : { recording, deviation }
        const key = JSON.stringify([Object.entries(end).sort(), forbidden !== null])
        const known = shown.get(key)
        const holds = isTrue(test.proposition, end)
        shown.set(key, { end, holds, witness, forbidden, ...known, count: (known?.count ?? 0) + 1 })
      }
    }
  }
  const ends = [...shown.values()].sort((a, b) => b.count - a.count)
  const holding = ends.filter(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
  return {
    ...{ runs: counted, complete: complete && !stop.aborted, ends, strayed },
    observation: observationOf(holding, counted),
    inconclusive: [...inconclusive],
  }
}
