import { clause } from '../rule.ts'
import { idStillWorks } from './segments.ts'

const description = 'POSIX.1-2024 shmctl, DESCRIPTION'
const manual = 'shmctl(2)'
const linuxRemoval = 'Linux ipc/shm.c, do_shm_rmid'
const linuxLock = 'Linux ipc/shm.c, shmctl_do_lock'

export const statRemoved = clause(
  'shmctl.stat.after-rmid',
  'unspecified',
  'IPC_STAT of a removed segment that is still attached shows key 0 and SHM_DEST in the mode.',
  manual,
  linuxRemoval,
)
export const statDestroyed = clause(
  'shmctl.stat.destroyed-einval',
  'shall',
  'IPC_STAT of a destroyed segment is an error.',
  'POSIX.1-2024 shmctl, ERRORS, [EINVAL]',
)
export const staleId = clause(
  'shmctl.id.stale-einval',
  'shall',
  'An old identifier stays an error when a new segment has its slot.',
  'POSIX.1-2024 shmctl, ERRORS, [EINVAL]',
)
export const otherFieldsIgnored = clause(
  'shmctl.set.other-fields-ignored',
  'shall',
  'IPC_SET takes only the low nine bits of the mode and ignores all other fields.',
  description,
)
export const flagsKept = clause(
  'shmctl.set.flags-kept',
  'may',
  'IPC_SET leaves SHM_DEST and SHM_LOCKED as they are.',
  manual,
)
export const setRemoved = clause(
  'shmctl.set.on-dest',
  'unspecified',
  'IPC_SET works on a removed segment that is still attached.',
  linuxRemoval,
)
export const setNeedsNoRead = clause(
  'shmctl.set.read-not-needed',
  'shall',
  'IPC_SET by the owner needs no permission by the mode.',
  'POSIX.1-2024 shmctl, ERRORS, [EPERM]',
)
export const givesAway = clause(
  'shmctl.set.give-away',
  'shall',
  'The owner may name another owner, without privilege.',
  description,
)
export const creatorKeepsRights = clause(
  'shmctl.set.creator-keeps-rights',
  'shall',
  'The creator may still change a segment that was given away.',
  description,
)
export const keyBecomesPrivate = clause(
  'shmctl.rmid.key-becomes-private',
  'shall',
  'IPC_RMID frees the key at once, also while the segment is attached.',
  description,
  linuxRemoval,
)
export const removedAgain = clause(
  'shmctl.rmid.again-succeeds',
  'unspecified',
  'IPC_RMID of a removed segment that is still attached succeeds and changes nothing.',
  linuxRemoval,
)
export const ctimeUnchanged = clause(
  'shmctl.rmid.ctime-unchanged',
  'may',
  'IPC_RMID leaves ctime as it is.',
  linuxRemoval,
)
export const creatorMayRemove = clause(
  'shmctl.rmid.creator-may',
  'shall',
  'The creator may remove a segment that was given away.',
  description,
)
export const removedForOthers = clause(
  'shmctl.rmid.other-process',
  'shall',
  'Whoever has a segment attached keeps it when another process removes it.',
  description,
)
export const bufferIgnored = clause(
  'shmctl.rmid.buffer-ignored',
  'shall',
  'IPC_RMID does not look at the buffer, which may be a null pointer.',
  description,
)
export const lockSetsFlag = clause(
  'shmctl.lock.sets-flag',
  'linux',
  'SHM_LOCK sets SHM_LOCKED in the mode and nothing else.',
  manual,
  linuxLock,
)
export const lockIdempotent = clause(
  'shmctl.lock.idempotent',
  'linux',
  'Locking again succeeds; one unlock undoes it.',
  linuxLock,
)
export const lockRemoved = clause(
  'shmctl.lock.on-dest',
  'linux',
  'A removed segment that is still attached can be locked.',
  linuxLock,
)
export const overLimit = clause(
  'shmctl.lock.over-limit-enomem',
  'linux',
  'Locking more than the user may lock is an error and locks nothing.',
  manual,
)
export const unlockClearsFlag = clause(
  'shmctl.unlock.clears-flag',
  'linux',
  'SHM_UNLOCK clears SHM_LOCKED.',
  manual,
  linuxLock,
)
export const unlockNotLocked = clause(
  'shmctl.unlock.not-locked-ok',
  'linux',
  'SHM_UNLOCK of a segment that is not locked succeeds.',
  linuxLock,
)

export const shmctlClauses = [
  statRemoved,
  statDestroyed,
  staleId,
  otherFieldsIgnored,
  flagsKept,
  setRemoved,
  setNeedsNoRead,
  givesAway,
  creatorKeepsRights,
  keyBecomesPrivate,
  idStillWorks,
  removedAgain,
  ctimeUnchanged,
  creatorMayRemove,
  removedForOthers,
  bufferIgnored,
  lockSetsFlag,
  lockIdempotent,
  lockRemoved,
  overLimit,
  unlockClearsFlag,
  unlockNotLocked,
]
