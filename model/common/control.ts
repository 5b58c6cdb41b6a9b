import { changedPermission } from '../permission.ts'
import { clause } from '../rule.ts'
import type { UserArgument } from '../vocabulary/shape.ts'
import { changedWorld, type Facts, type Permission, type World } from '../world.ts'
import { isMapped, userNumber } from './access.ts'

export const staleId = clause(
  'id.stale-einval',
  'shall',
  'An identifier that no living object has is invalid.',
  'POSIX.1-2024 semctl / semop / msgctl / msgsnd / msgrcv, ERRORS, [EINVAL]',
)
export const negativeId = clause(
  'id.negative-einval',
  'shall',
  'A negative identifier is invalid.',
  'POSIX.1-2024 2.7.1 IPC General Description',
)
export const removedAtOnce = clause(
  'rmid.immediate',
  'shall',
  'IPC_RMID removes the object, its data and its key at once.',
  'POSIX.1-2024 semctl / msgctl, IPC_RMID',
)
export const sleepersRemoved = clause(
  'rmid.sleepers-eidrm',
  'shall',
  'Every process asleep on a removed object returns with EIDRM.',
  'POSIX.1-2024 semop / msgsnd / msgrcv, ERRORS, [EIDRM]',
)
export const laterInvalid = clause(
  'rmid.later-einval',
  'shall',
  'A removed identifier is invalid in every later call.',
  'POSIX.1-2024 semctl / msgctl, ERRORS, [EINVAL]',
)
export const setFields = clause(
  'ipcset.fields',
  'shall',
  'IPC_SET replaces uid, gid and the low nine bits of the mode, and nothing else but ctime.',
  'POSIX.1-2024 semctl / msgctl / shmctl, IPC_SET',
)
export const setBadUser = clause(
  'ipcset.bad-uid',
  'unspecified',
  'IPC_SET to an id that does not exist in the user namespace is an error and changes nothing.',
  'Linux ipc/util.c, ipc_update_perm',
)
export const statNeedsRead = clause(
  'ipcstat.perm',
  'shall',
  'IPC_STAT needs read permission, of the owner too.',
  'POSIX.1-2024 semctl / msgctl, ERRORS, [EACCES]',
)
export const ownerClassOnly = clause(
  'perm.class.owner',
  'shall',
  'For the owner and the creator only the owner bits of the mode count, even where others have more.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)
export const groupClassOnly = clause(
  'perm.class.group',
  'shall',
  'For members of the group of the owner or the creator, who are not these, only the group bits count.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)
export const otherClass = clause(
  'perm.class.other',
  'shall',
  'For everybody else only the last three bits of the mode count.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)
export const effectiveUser = clause(
  'perm.euid-not-ruid',
  'shall',
  'The effective user id counts, the real one has no part in it.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)
export const ownerPrivilege = clause(
  'perm.cap-ipc-owner',
  'shall',
  'Appropriate privileges, on Linux CAP_IPC_OWNER and not user id 0, grant what the class does not.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
  'capabilities(7), CAP_IPC_OWNER',
)
export const adminNotData = clause(
  'perm.sys-admin-not-data',
  'linux',
  'CAP_SYS_ADMIN allows IPC_SET and IPC_RMID, and neither reading nor altering.',
  'capabilities(7), CAP_SYS_ADMIN',
)
export const readChecked = clause(
  'perm.read',
  'shall',
  'Reading an object needs the read bit.',
  'POSIX.1-2024 2.7',
)
export const alterChecked = clause(
  'perm.alter',
  'shall',
  'Altering an object needs the write bit.',
  'POSIX.1-2024 2.7',
)
export const checkedPerCall = clause(
  'perm.checked-per-call',
  'shall',
  'Every call is checked against the permission of that moment, not of when the identifier was obtained.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)
export const ownersOnly = clause(
  'perm.set-rmid',
  'shall',
  'IPC_SET and IPC_RMID need the owner, the creator or privilege; the mode does not matter.',
  'POSIX.1-2024 semctl / msgctl, ERRORS, [EPERM]',
)
export const noPartialSet = clause(
  'ipcset.no-partial',
  'shall',
  'An IPC_SET that fails changes nothing.',
  'POSIX.1-2024 semctl / msgctl, DESCRIPTION',
)
export const idInherited = clause(
  'id.inherit',
  'shall',
  'An identifier can be used by every process that passes the checks, a forked child too.',
  'POSIX.1-2024 2.7.1 IPC General Description',
)
export const deadPid = clause(
  'ns.dead-pid-persists',
  'unspecified',
  'The recorded process is still reported after it ended.',
  'Linux ipc/sem.c; ipc/msg.c: the object holds a reference to the pid',
)
export const givenAway = clause(
  'perm.set.owner-can-give-away',
  'shall',
  'An owner may name another owner; from then on the new owner, the creator and the privileged may change it.',
  'POSIX.1-2024 semctl / msgctl, IPC_SET',
)
export const creatorKeepsAccess = clause(
  'perm.creator-keeps-access',
  'shall',
  'The creator still counts as owner class after the owner became somebody else.',
  'POSIX.1-2024 2.7.1.2 IPC Permissions',
)

/** Remembers that the key of a removed object is free again. */
export const freeKey = (world: World, kind: 'set' | 'queue', key: number): World =>
  key === 0 ? world : changedWorld(world, { freedKeys: [...world.freedKeys, `${kind} ${key}`] })

interface NewPermission {
  readonly uid: UserArgument
  readonly gid: UserArgument
  readonly mode: number
}

export const badUser = (facts: Facts, { uid, gid }: NewPermission): boolean =>
  !isMapped(facts, uid, facts.uid) || !isMapped(facts, gid, facts.gid)

/** The permission after IPC_SET. */
export const permissionAfter = (facts: Facts, old: Permission, to: NewPermission): Permission =>
  changedPermission(old, {
    uid: userNumber(to.uid, facts.uid),
    gid: userNumber(to.gid, facts.gid),
    mode: to.mode & 0o777,
  })
