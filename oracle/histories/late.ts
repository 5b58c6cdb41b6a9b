import { expiry, isInvalid, isZero } from '../../model/semaphores/deadline.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import type { TimedCall } from './history.ts'

/** Whether the call may sleep for a time only, and says that it was interrupted. */
export const losesItsTime = ({ call }: Pick<TimedCall, 'call'>, errno: number): boolean =>
  call.name === 'semtimedop' && errno === errnos.EINTR && call.timeout !== 'none'

/** Whether the call slept for as long as it was allowed to, and says so. `unit`: nanoseconds of the clock's unit. */
export function waitsFor(
  { call, begin, end }: Pick<TimedCall, 'call' | 'begin' | 'end'>,
  errno: number,
  unit: number,
): boolean {
  if (call.name !== 'semtimedop' || errno !== errnos.EAGAIN || end === 'never') return false
  if (isInvalid(call.timeout) || isZero(call.timeout)) return false
  const limit = expiry(call.timeout)
  return limit !== 'never' && (end - begin) * unit >= limit * 1000
}

/** Whether it comes back by itself after a time. */
export const hasDeadline = ({ call }: Pick<TimedCall, 'call'>): boolean =>
  call.name === 'semtimedop' &&
  !isInvalid(call.timeout) &&
  !isZero(call.timeout) &&
  expiry(call.timeout) !== 'never'
