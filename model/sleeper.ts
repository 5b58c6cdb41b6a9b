import type { Moment } from './moment.ts'

/**
 * What a family says about its sleepers when signals reach them. Each function brings the sleeper to rest: it stays
 * asleep, is held, or has returned (an event and activity idle).
 */
export interface Sleeping<S> {
  /** A handler ran; `restart`: it was installed with SA_RESTART. */
  readonly interrupted: (moment: Moment, sleeper: string, sleep: S, restart: boolean) => void
  /** A signal came that is ignored or blocked: the sleeper does not notice. Undefined where no clause says so. */
  readonly ignored?: (moment: Moment) => void
  /** A stop signal stopped the process. */
  readonly stopped: (moment: Moment, sleeper: string, sleep: S) => void
  /** The process, stopped inside the call, was continued; no handler ran. `held`: what `stopped` had decided, if it held it. */
  readonly continued: (moment: Moment, sleeper: string, sleep: S, held: 'returns' | 'restarts' | 'no') => void
  /** The process ends inside the call: it is taken off what it waited for, nothing is returned. */
  readonly ended: (moment: Moment, sleeper: string, sleep: S) => void
  /** The deadline of the call may have passed at any moment; undefined where calls have none. */
  readonly expired?: (moment: Moment, sleeper: string, sleep: S) => void
}
