import { type Identity, isCapable } from '../identity.ts'
import { CAP_IPC_OWNER, CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import type { IdArgument, UserArgument } from '../vocabulary/shape.ts'
import type { Facts, Permission, World } from '../world.ts'

/** Bits of an access request within one class: read, alter (write), execute. */
export const READ = 4
export const ALTER = 2
export const EXECUTE = 1

/** The class of the mode that counts for the caller: owner, else group, else other. */
export function classOf(caller: Identity, permission: Permission): 'owner' | 'group' | 'other' {
  if (isOwner(caller, permission)) return 'owner'
  return isMember(caller, permission.gid) || isMember(caller, permission.cgid) ? 'group' : 'other'
}

const isMember = ({ fsgid, groups }: Identity, group: number) => fsgid === group || groups.includes(group)

const shifts = { owner: 6, group: 3, other: 0 }

/** The permission bits (0..7) of the class that counts for the caller. */
export const classBits = (caller: Identity, permission: Permission): number =>
  (permission.mode >> shifts[classOf(caller, permission)]) & 7

/** Owner or creator. */
export const isOwner = (caller: Identity, permission: Permission): boolean =>
  caller.uid === permission.uid || caller.uid === permission.cuid

/** Whether the caller has the right to IPC_SET and IPC_RMID. */
export const mayChange = (caller: Identity, permission: Permission): boolean =>
  isOwner(caller, permission) || isCapable(caller, CAP_SYS_ADMIN)

/** Whether the caller's class alone grants the request. */
export const classGrants = (caller: Identity, permission: Permission, request: number): boolean =>
  (request & ~classBits(caller, permission)) === 0

export const grants = (caller: Identity, permission: Permission, request: number): boolean =>
  classGrants(caller, permission, request) || isCapable(caller, CAP_IPC_OWNER)

/** The three octal digits of a get call's flags, folded into one request. */
export const foldedRequest = (flags: number): number => ((flags >> 6) | (flags >> 3) | flags) & 7

/** The permission of an object that the caller creates now. */
export const createdPermission = (caller: Identity, key: 'private' | number, flags: number): Permission => ({
  key: key === 'private' ? 0 : key,
  uid: caller.uid,
  gid: caller.gid,
  cuid: caller.uid,
  cgid: caller.gid,
  mode: flags & 0o777,
})

/** The number that a uid or gid argument stands for. */
export const userNumber = (argument: UserArgument, own: number): number =>
  argument === 'own' ? own : argument

/** Whether the id exists in the actors' user namespace; -1 never does. */
export const isMapped = (facts: Facts, argument: UserArgument, own: number): boolean =>
  argument === 'own' || argument === own || (facts.mapsOthers && argument >= 0)

/** Whether the id argument is a negative number: a literal, or the -1 of a get call that failed. */
export const isNegativeId = (world: World, id: IdArgument): boolean =>
  typeof id === 'number' ? id < 0 : world.failed.includes(id)

/** The name of the object that an id argument means; a literal means none. */
export const objectName = (world: World, id: IdArgument): string =>
  typeof id === 'number' ? '' : (world.aliases[id] ?? id)
