import { clause } from '../rule.ts'

const description = 'POSIX.1-2024 shmget, DESCRIPTION'
const errors = 'POSIX.1-2024 shmget, ERRORS'
const manual = 'shmget(2)'

export const fields = clause(
  'shmget.create.fields',
  'shall',
  'A new segment has the caller as owner and creator, cpid the caller, ctime now, and 0 in lpid, nattch, atime and dtime.',
  description,
  manual,
)
export const privateNeedsNoCreat = clause(
  'shmget.private.creat-not-needed',
  'shall',
  'With key IPC_PRIVATE a segment is made without IPC_CREAT too.',
  description,
)
export const privateIgnoresExcl = clause(
  'shmget.private.excl-ignored',
  'shall',
  'With key IPC_PRIVATE, IPC_CREAT with IPC_EXCL never finds anything in the way.',
  description,
)
export const exclAlone = clause(
  'shmget.existing.excl-alone-ignored',
  'may',
  'IPC_EXCL without IPC_CREAT has no effect on a key in use.',
  manual,
)
export const sizeZero = clause(
  'shmget.existing.size-zero-accepted',
  'shall',
  'Size 0 asks for the existing segment, whatever its size, with IPC_CREAT too.',
  `${errors}, [EINVAL]: and size is not equal to 0`,
)
export const sizeNotAbove = clause(
  'shmget.existing.size-not-above-accepted',
  'shall',
  'Asking for as many bytes as the existing segment has, or fewer, gives its identifier.',
  `${errors}, [EINVAL]`,
)
export const sizeBeforePermission = clause(
  'shmget.existing.einval-before-eacces',
  'may',
  'Where both the size and the permission are refused, the size decides the error.',
  'Linux ipc/util.c, ipc_check_perms',
)
export const nothingAsked = clause(
  'shmget.existing.no-bits-granted',
  'shall',
  'A call that asks for no permission gets the identifier, whatever the mode.',
  `${errors}, [EACCES]`,
)
export const writeOnly = clause(
  'shmget.existing.write-only-asked',
  'may',
  'Write permission alone may be asked for where read permission is lacking.',
  'Linux ipc/util.c, ipcperms',
)
export const modeUnchanged = clause(
  'shmget.existing.mode-unchanged',
  'shall',
  'The mode of an existing segment stays as it is, whatever bits the flags have.',
  description,
)
export const removedKeyNew = clause(
  'shmget.removed-key.new-segment',
  'shall',
  'The key of a removed segment makes a new one, also while the old one is still attached.',
  'POSIX.1-2024 shmctl, IPC_RMID',
)
export const removedKeyMissing = clause(
  'shmget.removed-key.no-creat-enoent',
  'shall',
  'The key of a removed segment finds nothing, also while the segment is still attached.',
  'POSIX.1-2024 shmctl, IPC_RMID',
  `${errors}, [ENOENT]`,
)
export const memoryRefused = clause(
  'shmget.create.memory-enomem',
  'shall',
  'A large segment may be refused: there is not enough memory, or a limit of the system would be exceeded.',
  `${errors}, [ENOMEM], [ENOSPC]`,
)
export const sizeUnsigned = clause(
  'shmget.create.size-unsigned',
  'shall',
  'Sizes have no sign: of 32 bits, those from 2^31 on are large ones.',
  'POSIX.1-2024 shmget, SYNOPSIS: size_t',
)
export const modeLowBits = clause(
  'shmget.create.mode-low-nine-bits',
  'shall',
  'Only the low nine bits of the flags become the mode of a new segment.',
  description,
)
export const umaskIgnored = clause(
  'shmget.create.umask-ignored',
  'shall',
  'The umask has no part in the mode of a new segment.',
  description,
)
export const sizeExact = clause(
  'shmget.create.segsz-exact',
  'shall',
  'shm_segsz is the size that was asked for, not rounded to pages.',
  description,
)
export const contentsZero = clause(
  'shmget.create.contents-zero',
  'shall',
  'Every byte of a new segment is 0.',
  description,
)
export const pageTail = clause(
  'shmget.create.page-tail-usable',
  'unspecified',
  'The bytes behind the size, up to the end of the last page, are shared memory like the others.',
  'Linux ipc/shm.c: segments are mapped in whole pages',
)
export const idFresh = clause(
  'shmget.create.id-nonnegative-fresh',
  'shall',
  'The identifier of a new segment is not negative and differs from every existing one.',
  'POSIX.1-2024 2.7.1 IPC General Description',
)
export const idNotReused = clause(
  'shmget.create.id-not-soon-reused',
  'may',
  'The identifier of a destroyed segment stays invalid when others are made.',
  'Linux ipc/util.c, ipc_idr_alloc',
)
export const unknownFlags = clause(
  'shmget.flags.unknown-ignored',
  'unspecified',
  'Flag bits without a meaning have no effect.',
  'Linux ipc/util.c, ipcget',
)

export const shmgetClauses = [
  fields,
  privateNeedsNoCreat,
  privateIgnoresExcl,
  exclAlone,
  sizeZero,
  sizeNotAbove,
  sizeBeforePermission,
  nothingAsked,
  writeOnly,
  modeUnchanged,
  removedKeyNew,
  removedKeyMissing,
  memoryRefused,
  sizeUnsigned,
  modeLowBits,
  umaskIgnored,
  sizeExact,
  contentsZero,
  pageTail,
  idFresh,
  idNotReused,
  unknownFlags,
]
