import { permissionStatus } from '../common/status.ts'
import { type Expected, timeOf } from '../expected.ts'
import type { SemaphoreSet } from './state.ts'

/** What IPC_STAT tells about a set. */
export function statusOf({
  permission,
  semaphores,
  otime,
  ctime,
}: SemaphoreSet): Readonly<Record<string, Expected>> {
  return {
    ...permissionStatus(permission),
    nsems: semaphores.length,
    otime: timeOf(otime),
    ctime: timeOf(ctime),
  }
}
