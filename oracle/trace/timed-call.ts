import type { Call } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { Recording, TraceEvent } from './trace.ts'

/** A call as it was measured from outside: it took effect somewhere between these readings of a clock. */
export interface TimedCall {
  readonly actor: string
  readonly call: Call
  readonly begin: number
  /** When it was back; `never` if it was not. */
  readonly end: number | 'never'
  /** What came of it; null where it never returned. */
  readonly seen: TraceEvent | null
  /** Seen asleep inside the call at this time, when nobody could go on. */
  readonly asleepAt?: number
  /** When it began nobody could go on. */
  readonly atRest?: true
}

/** A program whose calls overlap: what is done before and after them is done one call at a time. */
export interface OverlappingProgram {
  readonly scenario: Scenario
  /** The steps from `first` up to (not including) `last` overlap; those of one actor lie side by side. */
  readonly first: number
  readonly last: number
}

/** The call, and whether it was made by itself: the others were at rest when it began. */
export const withRest = <C extends TimedCall & { readonly step: number }>(
  call: C,
  { first, last }: Pick<OverlappingProgram, 'first' | 'last'>,
): C => (call.step >= first && call.step < last ? call : { ...call, atRest: true })

/** One repetition of a program. */
export interface OverlappingRun {
  /** Whole seconds of the coarse realtime clock before the first call and behind the last one. */
  readonly started: number
  readonly ended: number
  /** In nanoseconds since the first of them. */
  readonly calls: readonly (TimedCall & { readonly step: number })[]
  /** Who was dead or stopped behind it, where that was seen. */
  readonly lives?: Lives
}

/** Actors, by their names. */
export interface Lives {
  readonly ended: readonly string[]
  readonly stopped: readonly string[]
}

/** A recording of a program whose calls overlapped: nothing is said of rest between steps, but when each call was made. */
export interface OverlappingRecording extends Recording {
  readonly overlapping: Pick<OverlappingProgram, 'first' | 'last'> &
    Pick<OverlappingRun, 'ended' | 'calls' | 'lives'>
}

export const isOverlapping = (recording: Recording): recording is OverlappingRecording =>
  'overlapping' in recording

/** One repetition of a program as a recording: steps that somebody else made in the end are his. */
export function overlappingRecording(
  { scenario, first, last }: OverlappingProgram,
  { started, ended, calls, lives }: OverlappingRun,
): OverlappingRecording {
  const makers = new Map(calls.map(({ step, actor }) => [step, actor]))
  const steps = scenario.steps.map(({ actor, call }, at) => ({ actor: makers.get(at) ?? actor, call }))
  return {
    scenario: { ...scenario, steps },
    ...{
      started,
      steps: [],
      problem: '',
      overlapping: { first, last, ended, calls, ...(lives && { lives }) },
    },
  }
}

/** The program of a recording, and the repetition that was recorded. */
export const programOf = ({ scenario, overlapping }: OverlappingRecording): OverlappingProgram => ({
  ...{ scenario, first: overlapping.first, last: overlapping.last },
})
export const runOf = ({ started, overlapping }: OverlappingRecording): OverlappingRun => ({
  ...{ started, ended: overlapping.ended, calls: overlapping.calls },
  ...(overlapping.lives && { lives: overlapping.lives }),
})
