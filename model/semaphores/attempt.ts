import { type Errno, IPC_NOWAIT, SEM_UNDO } from '../vocabulary/names.ts'
import type { Operation } from '../vocabulary/shape.ts'
import type { Facts, Stamp } from '../world.ts'
import { changedSet, type SemaphoreSet } from './state.ts'

/** The range of semadj (Linux: a signed short). */
export const SEMADJ_MIN = -32768
export const SEMADJ_MAX = 32767

/** What trying an operation array comes to; anything but `succeeds` leaves everything as it was. */
export type Attempt =
  | {
      readonly is: 'succeeds'
      readonly set: SemaphoreSet
      readonly adjustments: readonly number[] | undefined
    }
  | { readonly is: 'blocks'; readonly at: number }
  | {
      readonly is: 'fails'
      readonly errno: Errno
      readonly at: number
      readonly because: 'value' | 'adjustment' | 'noWait'
    }

/**
 * Tries the array in order on a copy: each element sees the effects of the earlier ones; all are applied or none
 * (POSIX.1-2024 semop; semop(2)). `adjustments` are the caller's semadj for the set, undefined if it has none.
 */
export function attempt(
  facts: Facts,
  set: SemaphoreSet,
  operations: readonly Operation[],
  caller: string,
  adjustments: readonly number[] | undefined,
  now: Stamp,
): Attempt {
  const semaphores = set.semaphores.slice()
  let changed = adjustments
  for (let at = 0; at < operations.length; at++) {
    const operation = operations[at]
    if (operation === undefined) break
    const semaphore = semaphores[operation.sem]
    if (semaphore === undefined) return { is: 'fails', errno: 'EFBIG', at, because: 'value' }
    const value = semaphore.value + operation.change
    if ((operation.change === 0 && semaphore.value !== 0) || value < 0)
      return noWait(operation)
        ? { is: 'fails', errno: 'EAGAIN', at, because: 'noWait' }
        : { is: 'blocks', at }
    if (value > facts.semvmx) return { is: 'fails', errno: 'ERANGE', at, because: 'value' }
    if (undoes(operation)) {
      const next = (changed ?? semaphores.map(() => 0)).slice()
      const adjustment = (next[operation.sem] ?? 0) - operation.change
      if (adjustment < SEMADJ_MIN || adjustment > SEMADJ_MAX)
        return { is: 'fails', errno: 'ERANGE', at, because: 'adjustment' }
      next[operation.sem] = adjustment
      changed = next
    }
    semaphores[operation.sem] = { value, pid: caller }
  }
  return { is: 'succeeds', set: changedSet(set, { semaphores, otime: now }), adjustments: changed }
}

export const noWait = (operation: Operation): boolean => (operation.flags & IPC_NOWAIT) !== 0
export const undoes = (operation: Operation): boolean => (operation.flags & SEM_UNDO) !== 0
export const alters = (operation: Operation): boolean => operation.change !== 0
