import type { RunRecord } from '../oracle/run.ts'

/** A run as reports see it: what was recorded, and what became of the expectations it was given. */
export interface ReportedRun extends RunRecord {
  readonly staleExpectations?: readonly StaleExpectation[]
  /** Of a part of a run: expected deviations that did not occur in this part. The joined parts tell whether they are stale. */
  readonly unseenExpectations?: readonly StaleExpectation[]
  /** What could not be stored of it, or is missing: sentences. */
  readonly problems?: readonly string[]
  /** Of a run that was joined out of several: these. */
  readonly joined?: readonly Pick<RunRecord, 'seed' | 'started' | 'command' | 'shard'>[]
}

/** An expected deviation that no longer occurs although its rule was exercised. */
export interface StaleExpectation {
  /** Ids or patterns of ids. */
  readonly rule: string
  /** `FILE:LINE` of what should be deleted. */
  readonly at: string
  readonly text: string
  readonly target?: string
}
