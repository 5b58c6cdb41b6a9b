import type { Taken } from '../conduct.ts'
import type { SemaphoreSet } from './set.ts'

/** Makes what an act comes to; without a state the set stays as it was. */
export type Verdict = (
  fits: Taken<SemaphoreSet>['fits'],
  rule: string,
  allowed: string,
  state?: SemaphoreSet,
) => Taken<SemaphoreSet>
