import { type Expected, keyOf, timeOf } from '../expected.ts'
import type { SemaphoreSet } from './state.ts'

/** What IPC_STAT tells about a set. */
export function statusOf({
  permission,
  semaphores,
  otime,
  ctime,
}: SemaphoreSet): Readonly<Record<string, Expected>> {
  const { key, uid, gid, cuid, cgid, mode } = permission
  return {
    key: keyOf(key),
    uid,
    gid,
    cuid,
    cgid,
    mode,
    nsems: semaphores.length,
    otime: timeOf(otime),
    ctime: timeOf(ctime),
  }
}
