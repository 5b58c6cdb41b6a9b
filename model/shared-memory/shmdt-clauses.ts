import { clause } from '../rule.ts'

const description = 'POSIX.1-2024 shmdt, DESCRIPTION'
const errors = 'POSIX.1-2024 shmdt, ERRORS'
const linuxDetach = 'Linux ipc/shm.c, ksys_shmdt'

export const updates = clause(
  'shmdt.success.updates',
  'shall',
  'A detach takes its mappings off nattch, sets lpid to the caller and dtime to now.',
  'POSIX.1-2024 shmdt, DESCRIPTION; <sys/shm.h>',
  'shmdt(2)',
)
export const failureChangesNothing = clause(
  'shmdt.failure.no-update',
  'shall',
  'A detach that fails changes nothing.',
  'POSIX.1-2024 shmdt, RETURN VALUE',
)
export const interior = clause(
  'shmdt.interior.einval',
  'shall',
  'An address inside an attachment, behind its first page, is an error and detaches nothing.',
  `${errors}, [EINVAL]`,
)
export const twice = clause(
  'shmdt.twice.einval',
  'shall',
  'What was detached cannot be detached again.',
  `${errors}, [EINVAL]`,
)
export const noPermission = clause(
  'shmdt.no-permission-needed',
  'shall',
  'Detaching needs no permission.',
  `${errors}: no permission error is defined`,
)
export const oneOfMany = clause(
  'shmdt.one-of-many',
  'shall',
  'Of several attachments of a segment only the one that begins at the address goes.',
  description,
)
export const fragments = clause(
  'shmdt.fragments.all-go',
  'unspecified',
  'All pieces of an attachment that lost pages in the middle go in one detach.',
  linuxDetach,
)
export const baseUnmapped = clause(
  'shmdt.base-unmapped.still-works',
  'unspecified',
  'An attachment is detached by the address where it began, also where its first page is gone.',
  linuxDetach,
)
export const baseTaken = clause(
  'shmdt.base-taken-by-other',
  'unspecified',
  'Where another segment took the first page of an attachment, its address detaches the other first, then the rest.',
  linuxDetach,
)
export const allUnmapped = clause(
  'shmdt.all-unmapped.einval',
  'unspecified',
  'An attachment that lost all of its pages cannot be detached.',
  linuxDetach,
)
export const lastDestroys = clause(
  'shmdt.last.destroys-dest',
  'shall',
  'The last detach of a removed segment destroys it.',
  'POSIX.1-2024 shmctl, IPC_RMID',
  'shmdt(2)',
)
export const lastKeeps = clause(
  'shmdt.last.keeps-otherwise',
  'shall',
  'The last detach of a segment that was not removed leaves it, with its contents.',
  description,
)
export const childIndependent = clause(
  'fork.child-detach.independent',
  'shall',
  'What one process detaches stays attached in its parent and children.',
  'POSIX.1-2024 fork, DESCRIPTION; shmdt',
)

export const shmdtClauses = [
  updates,
  failureChangesNothing,
  interior,
  twice,
  noPermission,
  oneOfMany,
  fragments,
  baseUnmapped,
  baseTaken,
  allUnmapped,
  lastDestroys,
  lastKeeps,
  childIndependent,
]
