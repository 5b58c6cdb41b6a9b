import { choose, fails, type Moment, note } from '../moment.ts'
import type { TimeoutArgument } from '../vocabulary/shape.ts'
import { undoes } from './attempt.ts'
import * as clauses from './clauses.ts'
import { elapsed } from './elapsed.ts'
import { timeoutExpires } from './semop-clauses.ts'
import { leave, sleepOf } from './sleepers.ts'

/** Timeouts from here on (seconds) never expire while a scenario runs. */
const NEVER_SECONDS = 1000

export const isInvalid = (timeout: TimeoutArgument): boolean =>
  timeout !== 'none' &&
  (timeout.seconds < 0 || timeout.nanoseconds < 0 || timeout.nanoseconds >= 1_000_000_000)

export const isZero = (timeout: TimeoutArgument): boolean =>
  timeout !== 'none' && Number(timeout.seconds) === 0 && Number(timeout.nanoseconds) === 0

/** Microseconds after which the deadline passes. */
export const expiry = (timeout: TimeoutArgument): number | 'never' =>
  timeout === 'none' || timeout.seconds >= NEVER_SECONDS
    ? 'never'
    : Number(timeout.seconds) * 1_000_000 + Math.floor(Number(timeout.nanoseconds) / 1000)

/** The sleeper's deadline passed: it leaves without effect. */
export function expire(moment: Moment, sleeper: string): void {
  const sleep = sleepOf(moment, sleeper)
  if (sleep === undefined || sleep.expires === 'never') return
  note(moment, timeoutExpires)
  note(moment, clauses.countAfter)
  if (sleep.operations.some(undoes)) note(moment, clauses.undoUntouched)
  leave(moment, sleeper, sleep)
  fails(moment, sleeper, 'EAGAIN', elapsed(sleep.call, sleep.expires))
}

/** In any step a deadline may have passed: sleepers with one may leave now. */
export function maybeExpire(moment: Moment): void {
  const { sets } = moment.world
  for (const set in sets)
    for (const sleeper of sets[set]?.sleepers ?? []) {
      const sleep = sleepOf(moment, sleeper)
      if (sleep === undefined || sleep.expires === 'never') continue
      if (choose(moment, timeoutExpires, 2, 'always') === 1) expire(moment, sleeper)
    }
}
