import { clause } from '../rule.ts'

const description = 'POSIX.1-2024 shmat, DESCRIPTION'
const manual = 'shmat(2)'
const linuxAttach = 'Linux ipc/shm.c, do_shmat'

export const updates = clause(
  'shmat.success.updates',
  'shall',
  'A successful attach adds one to nattch, sets lpid to the caller and atime to now, and nothing else.',
  'POSIX.1-2024 shmat, RETURN VALUE; <sys/shm.h>',
  manual,
)
export const nullIgnoresRnd = clause(
  'shmat.null.rnd-no-effect',
  'shall',
  'SHM_RND has no effect on a null address.',
  description,
)
export const roundsDown = clause(
  'shmat.address.rnd-rounds-down',
  'shall',
  'With SHM_RND an address is rounded down to a multiple of SHMLBA.',
  description,
)
export const roundsAligned = clause(
  'shmat.address.rnd-on-aligned',
  'shall',
  'SHM_RND leaves a multiple of SHMLBA as it is.',
  description,
)
export const adjacent = clause(
  'shmat.address.adjacent-ok',
  'shall',
  'A segment can be attached directly before or behind another attachment.',
  description,
)
export const partialPage = clause(
  'shmat.address.partial-page-counts',
  'unspecified',
  'An attachment takes its last page whole, also where the segment does not fill it.',
  linuxAttach,
)
export const remaps = clause(
  'shmat.remap.replaces',
  'linux',
  'With SHM_REMAP the attachment replaces whatever lies in its range, page by page.',
  `${manual}, SHM_REMAP`,
)
export const remapFree = clause(
  'shmat.remap.free-range-ok',
  'linux',
  'SHM_REMAP makes no difference where the range is free.',
  `${manual}, SHM_REMAP`,
)
export const addressBeforePermission = clause(
  'shmat.check.address-before-permission',
  'may',
  'Where the address is not aligned and permission is lacking too, the address decides the error.',
  linuxAttach,
)
export const failureChangesNothing = clause(
  'shmat.failure.no-update',
  'shall',
  'An attach that fails leaves nattch, lpid and atime as they were.',
  'POSIX.1-2024 shmat, RETURN VALUE',
)
export const repeatSeparate = clause(
  'shmat.repeat.separate',
  'shall',
  'A process that attaches a segment again gets a second attachment of the same memory at another address.',
  description,
)
export const privileged = clause(
  'shmat.permission.privilege',
  'shall',
  'Appropriate privileges, on Linux CAP_IPC_OWNER, pass every check of the class.',
  'POSIX.1-2024 shmat, ERRORS, [EACCES]',
  'capabilities(7)',
)
export const afterRemoval = clause(
  'shmat.after-rmid.still-allowed',
  'unspecified',
  'A removed segment that is still attached somewhere can be attached by its identifier.',
  `${manual}, NOTES`,
)
export const persists = clause(
  'shmat.contents.persist-unattached',
  'shall',
  'Contents stay when nobody has the segment attached.',
  'POSIX.1-2024 shmdt; 2.7 XSI Interprocess Communication',
)
export const unknownFlags = clause(
  'shmat.flags.unknown-ignored',
  'unspecified',
  'Flag bits without a meaning have no effect.',
  linuxAttach,
)
export const laterInvalid = clause(
  'shmctl.rmid.then-einval',
  'shall',
  'The identifier of a destroyed segment is an error in every call.',
  'POSIX.1-2024 shmctl / shmat, ERRORS, [EINVAL]',
)
export const noMemory = clause(
  'shmat.large.enomem',
  'shall',
  'A large segment may be refused where the address space of the process has no room for it.',
  'POSIX.1-2024 shmat, ERRORS, [ENOMEM]',
)
export { idNotReused } from './shmget-clauses.ts'

export const shmatClauses = [
  privileged,
  updates,
  nullIgnoresRnd,
  roundsDown,
  roundsAligned,
  adjacent,
  partialPage,
  remaps,
  remapFree,
  addressBeforePermission,
  failureChangesNothing,
  repeatSeparate,
  afterRemoval,
  persists,
  unknownFlags,
  laterInvalid,
  noMemory,
]
