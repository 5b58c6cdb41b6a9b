import type { StartedTarget } from '../../harness/targets/target.ts'
import { judge } from '../../oracle/judge.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { closerLook, type Forbidden } from './closer-look.ts'
import type { ExecutionOptions, Executor } from './execution.ts'
import { type LitmusTest, type Observation, observationOf } from './litmus-test.ts'
import { type End, isTrue } from './proposition.ts'
import { endOfRecording, hasStrayed, steppedExecution } from './stepped-execution.ts'

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
  readonly forbidden: Forbidden | null
  /** The same where calls overlapped, as it is reported. */
  readonly told?: DeviationRecord
}

/**
 * Runs a test on a target, one call at a time unless another execution is asked for, has each run judged, and counts how
 * it ends.
 */
export async function runLitmus(
  test: LitmusTest,
  target: StartedTarget,
  options: ExecutionOptions,
  execute: Executor = steppedExecution,
): Promise<LitmusRun> {
  const { complete, executed } = execute(test, target, options)
  const shown = new Map<string, ShownEnd>()
  const inconclusive = new Set<string>()
  let counted = 0
  let strayed = 0
  for await (const { planned, recording } of executed) {
    const { verdict, deviations, reason } = judge(recording, target.header, options.profile)
    const [deviation] = deviations
    if (verdict === 'inconclusive') inconclusive.add(reason)
    else if (deviation === undefined && hasStrayed(recording)) strayed++
    else {
      counted++
      const end = endOfRecording(test, planned, recording)
      const witness = planned.flatMap(({ place }) =>
        typeof place === 'string' && place !== 'setup' ? [place] : [],
      )
      const key = JSON.stringify([Object.entries(end).sort(), deviation !== undefined])
      const known = shown.get(key)
      const forbidden =
        deviation === undefined || known !== undefined
          ? null
          : await closerLook(test, target, options.profile, planned, { recording, deviation })
      const holds = isTrue(test.proposition, end)
      shown.set(key, { end, holds, witness, forbidden, ...known, count: (known?.count ?? 0) + 1 })
    }
  }
  const ends = [...shown.values()].sort((a, b) => b.count - a.count)
  const holding = ends.filter(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
  return {
    ...{ runs: counted, complete: complete && !options.stop.aborted, ends, strayed },
    observation: observationOf(holding, counted),
    inconclusive: [...inconclusive],
  }
}
