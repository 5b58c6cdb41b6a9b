import type { Call } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import type { TraceEvent } from './trace.ts'

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
}

/** A program whose calls overlap: what is done before and after them is done one call at a time. */
export interface OverlappingProgram {
  readonly scenario: Scenario
  /** The steps from `first` up to (not including) `last` overlap; those of one actor lie side by side. */
  readonly first: number
  readonly last: number
}

/** One repetition of a program. */
export interface OverlappingRun {
  /** Whole seconds of the coarse realtime clock before the first call and behind the last one. */
  readonly started: number
  readonly ended: number
  /** In nanoseconds since the first of them. */
  readonly calls: readonly (TimedCall & { readonly step: number })[]
}
