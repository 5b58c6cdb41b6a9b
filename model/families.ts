import { become } from './common/become.ts'
import { ftok } from './common/ftok.ts'
import { list } from './common/listing.ts'
import { churn, getNextId, setNextId } from './common/new-ids.ts'
import { runIpcrm, runIpcs } from './common/programs.ts'
import { setLimit, setProcessLimit } from './common/set-limit.ts'
import { badMsgctl, badMsgrcv, badMsgsnd } from './messages/bad.ts'
import { msgInfo, msgStat } from './messages/info.ts'
import { msgctl } from './messages/msgctl.ts'
import { msgget } from './messages/msgget.ts'
import { msgrcv } from './messages/msgrcv.ts'
import { msgsnd } from './messages/msgsnd.ts'
import { overwrite } from './messages/overwrite.ts'
import type { Moment } from './moment.ts'
import { processPerformers } from './processes/performers.ts'
import { badSemctl, badSemop, badSemtimedop, wideSemop } from './semaphores/bad.ts'
import { semInfo, semStat } from './semaphores/info.ts'
import { inside } from './semaphores/inside.ts'
import { semctl } from './semaphores/semctl.ts'
import { semget } from './semaphores/semget.ts'
import { expire, semop } from './semaphores/semop.ts'
import { unshare } from './semaphores/unshare.ts'
import { badShmctl } from './shared-memory/bad.ts'
import { access } from './shared-memory/bytes.ts'
import { setForced } from './shared-memory/forced.ts'
import { shmInfo, shmStat } from './shared-memory/info.ts'
import { manyShmat } from './shared-memory/many.ts'
import { dontFork, mmap, mprotect, mremap, munmap } from './shared-memory/mappings.ts'
import { read, run } from './shared-memory/other-accesses.ts'
import { shmat } from './shared-memory/shmat.ts'
import { shmctl } from './shared-memory/shmctl.ts'
import { shmdt } from './shared-memory/shmdt.ts'
import { shmget } from './shared-memory/shmget.ts'
import type { Call, FormName } from './vocabulary/forms.ts'

/** Performs a call within a moment: replaces the world, adds the events. */
export type Performer<C extends Call> = (moment: Moment, actor: string, call: C) => void

const nothing = () => {}

/** Who performs each form. */
export const performers: { readonly [N in FormName]: Performer<Extract<Call, { readonly name: N }>> } = {
  semget,
  semop,
  semtimedop: semop,
  'semctl.IPC_STAT': semctl,
  'semctl.IPC_SET': semctl,
  'semctl.IPC_RMID': semctl,
  'semctl.GETALL': semctl,
  'semctl.SETALL': semctl,
  'semctl.GETVAL': semctl,
  'semctl.GETPID': semctl,
  'semctl.GETNCNT': semctl,
  'semctl.GETZCNT': semctl,
  'semctl.SETVAL': semctl,
  'semctl.SEM_STAT': semStat,
  'semctl.SEM_STAT_ANY': semStat,
  'semctl.IPC_INFO': semInfo,
  'semctl.SEM_INFO': semInfo,
  'semctl.other': semctl,

  msgget,
  msgsnd,
  msgrcv,
  'msgctl.IPC_STAT': msgctl,
  'msgctl.IPC_SET': msgctl,
  'msgctl.IPC_RMID': msgctl,
  'msgctl.MSG_STAT': msgStat,
  'msgctl.MSG_STAT_ANY': msgStat,
  'msgctl.IPC_INFO': msgInfo,
  'msgctl.MSG_INFO': msgInfo,
  'msgctl.other': msgctl,
  overwrite,

  shmget,
  shmat,
  shmdt,
  load: access,
  store: access,
  'shmctl.IPC_STAT': shmctl,
  'shmctl.IPC_SET': shmctl,
  'shmctl.IPC_RMID': shmctl,
  'shmctl.SHM_LOCK': shmctl,
  'shmctl.SHM_UNLOCK': shmctl,
  'shmctl.SHM_STAT': shmStat,
  'shmctl.SHM_STAT_ANY': shmStat,
  'shmctl.IPC_INFO': shmInfo,
  'shmctl.SHM_INFO': shmInfo,
  'shmctl.other': shmctl,
  many_shmat: manyShmat,

  ...processPerformers,

  unshare,
  inside,
  become,
  setlimit: setLimit,
  setrlimit: setProcessLimit,
  bad_semop: badSemop,
  bad_semtimedop: badSemtimedop,
  bad_semctl: badSemctl,
  bad_msgctl: badMsgctl,
  bad_shmctl: badShmctl,
  bad_msgsnd: badMsgsnd,
  bad_msgrcv: badMsgrcv,
  wide_semop: wideSemop,
  munmap,
  mprotect,
  'madvise.MADV_DONTFORK': dontFork,
  mmap,
  mremap,
  read,
  run,
  ftok,
  setforced: setForced,
  setnextid: setNextId,
  getnextid: getNextId,
  churn,
  'ipcs.sem': runIpcs,
  'ipcs.msg': runIpcs,
  'ipcs.shm': runIpcs,
  'ipcrm.sem': runIpcrm,
  'ipcrm.msg': runIpcrm,
  'ipcrm.shm': runIpcrm,
  'sysvipc.sem': list,
  'sysvipc.msg': list,
  'sysvipc.shm': list,
  tick: nothing,
  expires: (moment, actor) => expire(moment, actor),
}
