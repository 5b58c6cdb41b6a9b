import type { Expected, Kind } from '../model/expected.ts'
import type { World } from '../model/world.ts'

/** Linux (ipc/util.h): the low 15 bits of an identifier are its slot, those above the sequence number, below 65535. */
const SLOTS = 2 ** 15
const SEQUENCES = 65_535
/** Fewer slots than these are never in turn. */
const CYCLE_LEAST = 64

/** Identifiers are given in turn for each kind, in each namespace by itself. */
export const sequenceOf = (kind: Kind, { space }: World): string => (space === '' ? kind : `${kind} ${space}`)

/** The identifiers that were seen. */
interface Seen {
  readonly ids: Readonly<Record<string, number>>
  readonly lastIds: Readonly<Record<string, number>>
}

type NewId = Extract<Expected, { readonly is: 'new id' }>

/**
 * The identifier that Linux gives to a new object (ipc/util.c, ipc_idr_alloc) in a namespace where nobody else makes
 * any; undefined where the one before it, or that of a living object, was not seen.
 */
export function newId(expected: NewId, { ids, lastIds }: Seen, world: World): number | undefined {
  const { of, kind, wish, passed } = expected
  const living = Object.keys(world[kind]).filter((name) => name !== of)
  const taken = new Set(living.map((name) => (ids[name] ?? 0) % SLOTS))
  if (living.some((name) => ids[name] === undefined)) return undefined
  if (wish >= 0) return wish - (wish % SLOTS) + freeFrom(wish % SLOTS, taken)
  let last = lastIds[sequenceOf(kind, world)]
  for (let count = 0; count <= passed && last !== undefined; count++) last = inTurn(last, taken)
  return last
}

/** The slot behind that of the last object, or the first one again with the next sequence number. */
function inTurn(last: number, taken: ReadonlySet<number>): number {
  const cycle = Math.min(Math.max(Math.floor((taken.size * 3) / 2), CYCLE_LEAST), SLOTS)
  const slot = freeFrom((last % SLOTS) + 1, taken)
  const sequence = Math.floor(last / SLOTS)
  if (slot < cycle) return sequence * SLOTS + slot
  return ((sequence + 1) % SEQUENCES) * SLOTS + freeFrom(0, taken)
}

function freeFrom(first: number, taken: ReadonlySet<number>): number {
  let slot = first
  while (taken.has(slot)) slot++
  return slot
}
