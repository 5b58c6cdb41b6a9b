import { type Moment, note } from '../moment.ts'
import { clause } from '../rule.ts'

export const countReached = clause(
  'get.enospc.count',
  'shall',
  'Where as many objects exist as the system allows, a new one is an error; keys in use are still found.',
  'POSIX.1-2024 semget, msgget, ERRORS, [ENOSPC]',
)
export const argumentBeforeLimit = clause(
  'get.enospc.order',
  'unspecified',
  'A wrong argument is complained about before a limit that is reached.',
  'Linux ipc/sem.c, newary',
)
export const objectsKept = clause(
  'get.lowered-limit-keeps-objects',
  'linux',
  'A limit lowered below what exists leaves the objects usable and stops new ones only.',
  'proc(5), /proc/sys/kernel/sem',
)

/** Notes what a refused creation shows where `count` objects exist and `limit` are allowed. */
export function noteFull(moment: Moment, count: number, limit: number): void {
  note(moment, countReached)
  if (count > limit) note(moment, objectsKept)
}

/** Notes what it shows that a key is found where `count` objects exist and `limit` are allowed. */
export function noteFoundWhenFull(moment: Moment, count: number, limit: number): void {
  if (count >= limit) note(moment, countReached)
  if (count > limit) note(moment, objectsKept)
}

export const countOf = (objects: Readonly<Record<string, unknown>>): number => Object.keys(objects).length
