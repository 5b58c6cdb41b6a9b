import type { IdArgument, UserArgument } from '../vocabulary/shape.ts'
import type { Facts, Permission, World } from '../world.ts'

/** Bits of an access request within one class: read, alter (write), execute. */
export const READ = 4
export const ALTER = 2
export const EXECUTE = 1

/** The permission bits (0..7) of the one class that counts for the actors: owner, else group, else other. */
export function classBits(facts: Facts, permission: Permission): number {
  if (isOwner(facts, permission)) return (permission.mode >> 6) & 7
  if (facts.gid === permission.gid || facts.gid === permission.cgid) return (permission.mode >> 3) & 7
  return permission.mode & 7
}

/** Owner or creator: the right to IPC_SET and IPC_RMID. */
export const isOwner = (facts: Facts, permission: Permission): boolean =>
  facts.uid === permission.uid || facts.uid === permission.cuid

export const grants = (facts: Facts, permission: Permission, request: number): boolean =>
  (request & ~classBits(facts, permission)) === 0

/** The three octal digits of a get call's flags, folded into one request. */
export const foldedRequest = (flags: number): number => ((flags >> 6) | (flags >> 3) | flags) & 7

/** The permission of an object that the actors create now. */
export const createdPermission = (facts: Facts, key: 'private' | number, flags: number): Permission => ({
  key: key === 'private' ? 0 : key,
  uid: facts.uid,
  gid: facts.gid,
  cuid: facts.uid,
  cgid: facts.gid,
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
