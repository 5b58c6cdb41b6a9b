import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { MadeStep } from './end-of.ts'
import type { LitmusTest } from './litmus-test.ts'

/** A step that a target is to make, and which call of the test it is. */
export type PlannedStep = Pick<MadeStep, 'step' | 'place'>

/** One run of a test: what was to be made, and what was recorded of it. */
export interface Executed {
  readonly planned: readonly PlannedStep[]
  readonly recording: Recording
}

export interface ExecutionOptions {
  /** Says who sleeps, where that matters for what can be made next. */
  readonly profile: Profile
  /** 0: as many as it takes to see every order of the calls once. */
  readonly runs: number
  readonly seed: number
  readonly stop: AbortSignal
}

/** The runs of a test on a target; `complete` if every order of the calls is among them. */
export interface Execution {
  readonly complete: boolean
  readonly executed: AsyncIterable<Executed>
}

/**
 * A way of running a test. `steppedExecution` makes one call at a time; one in which calls overlap in time would be
 * another executor, whose recordings the oracle can judge.
 */
export type Executor = (test: LitmusTest, target: StartedTarget, options: ExecutionOptions) => Execution
