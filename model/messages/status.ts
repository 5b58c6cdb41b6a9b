import { recordedPid } from '../common/object-notes.ts'
import { permissionStatus } from '../common/status.ts'
import { anything, type Expected, timeOf } from '../expected.ts'
import type { Moment } from '../moment.ts'
import { bytesOn } from './room.ts'
import type { Queue } from './state.ts'

/** What IPC_STAT tells about a queue. */
export function statusOf(moment: Moment, queue: Queue): Readonly<Record<string, Expected>> {
  // Field by field: histories of queues ask for this often, and a spread takes several times as long.
  const { key, uid, gid, cuid, cgid, mode } = permissionStatus(queue.permission)
  return {
    key,
    uid,
    gid,
    cuid,
    cgid,
    mode,
    qnum: queue.messages.length,
    cbytes: moment.profile.openChoices === 'all' ? anything : bytesOn(queue),
    qbytes: queue.limit,
    lspid: recordedPid(moment, queue.lastSender),
    lrpid: recordedPid(moment, queue.lastReceiver),
    stime: timeOf(queue.stime),
    rtime: timeOf(queue.rtime),
    ctime: timeOf(queue.ctime),
  }
}
