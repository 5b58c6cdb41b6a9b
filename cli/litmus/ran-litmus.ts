import type { DeviationRecord, RunRecord } from '../../oracle/run.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { LitmusTest, Observation } from '../../properties/litmus/litmus-test.ts'
import type { End } from '../../properties/litmus/proposition.ts'

/** What a target showed of a litmus test, as `run --json` prints it. */
export interface RanLitmus {
  readonly file: string
  readonly test: LitmusTest
  readonly target: Pick<TraceHeader, 'target' | 'kernel' | 'libc' | 'arch'>
  readonly verdict: RunRecord['verdict']
  readonly runs: number
  readonly complete: boolean
  readonly strayed: number
  readonly inconclusive: readonly string[]
  readonly observation: Observation
  /** What the file says about the profile; null where it says nothing. */
  readonly claim: Observation | null
  readonly ends: readonly RanEnd[]
}

export interface RanEnd {
  readonly end: End
  readonly count: number
  readonly holds: boolean
  readonly witness: readonly string[]
  /** The deviation of an end that the profile does not allow. */
  readonly deviation: DeviationRecord | null
}
