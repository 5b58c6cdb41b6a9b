import type { Permission, Stamp } from '../permission.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Operation } from '../vocabulary/shape.ts'

export interface SemaphoreSet {
  readonly permission: Permission
  /** The mode at creation: tells whether a later one decided (`perm.checked-per-call`). */
  readonly initialMode: number
  readonly semaphores: readonly Semaphore[]
  readonly otime: Stamp
  readonly ctime: Stamp
  /** The processes asleep on the set, in order of arrival. */
  readonly sleepers: readonly string[]
}

/** The set with some of its fields changed. */
export const changedSet = (set: SemaphoreSet, change: Partial<SemaphoreSet>): SemaphoreSet => ({
  permission: change.permission ?? set.permission,
  initialMode: set.initialMode,
  semaphores: change.semaphores ?? set.semaphores,
  otime: change.otime ?? set.otime,
  ctime: change.ctime ?? set.ctime,
  sleepers: change.sleepers ?? set.sleepers,
})

/** `semncnt` and `semzcnt` are no fields: they are counted from the sleepers. */
export interface Semaphore {
  readonly value: number
  /** The process of the last successful operation; '' is none. */
  readonly pid: string
}

export type SemopCall = CallOf<'semop'> | CallOf<'semtimedop'>

export interface SemaphoreSleep {
  readonly in: 'semaphores'
  readonly call: SemopCall
  /** The name of the set. */
  readonly set: string
  readonly operations: readonly Operation[]
  /** Index of the operation that stopped the latest attempt. */
  readonly blocking: number
  /** Whether a deadline can pass while a scenario runs, and after how many microseconds. */
  readonly expires: number | 'never'
}
