import type { Expected, Kind } from '../model/expected.ts'
import { withEntry } from '../model/records.ts'
import { POISON } from '../model/vocabulary/names.ts'
import type { Long } from '../model/vocabulary/shape.ts'
import type { World } from '../model/world.ts'
import { distance, isTaken } from './new-addresses.ts'
import { newId, sequenceOf } from './new-ids.ts'
import type { RecordedStep, TraceHeader } from './trace/trace.ts'

/** What the kernel chose for the symbols of the model, as far as it was seen: symbol -> number. Plain readonly data. */
export interface Bindings {
  readonly ids: Readonly<Record<string, number>>
  readonly pids: Readonly<Record<string, number>>
  readonly addresses: Readonly<Record<string, Long>>
  readonly descriptors: Readonly<Record<string, number>>
  readonly made: Readonly<Record<string, number>>
  /** The last identifier that slots in turn gave, by kind and namespace. */
  readonly lastIds: Readonly<Record<string, number>>
}

/** A way of explaining the trace so far. */
export interface Candidate {
  readonly world: World
  readonly bindings: Bindings
}

/** What is needed to tell whether an observed value is the expected one. */
export interface Context {
  readonly header: TraceHeader
  readonly recording: Clock
}

/** The clock before the first step and after each, as a recording has it. */
export interface Clock {
  readonly started: number
  readonly steps: readonly Pick<RecordedStep, 'seconds'>[]
}

/** The bindings with some of their parts changed (see model/records.ts). */
const changedBindings = (bindings: Bindings, change: Partial<Bindings>): Bindings => ({
  ids: change.ids ?? bindings.ids,
  pids: change.pids ?? bindings.pids,
  addresses: change.addresses ?? bindings.addresses,
  descriptors: change.descriptors ?? bindings.descriptors,
  made: change.made ?? bindings.made,
  lastIds: change.lastIds ?? bindings.lastIds,
})

export const initialBindings = (header: TraceHeader): Bindings => ({
  ids: {},
  pids: { init: header.initPid },
  addresses: {},
  descriptors: {},
  made: {},
  lastIds: {},
})

/** A key as the kernel has it. */
export const keyNumber = (key: number, { keyBase }: TraceHeader): number => (key < 0 ? key : keyBase + key)

/** In place of a value that whoever recorded the call did not look at. */
export const UNSEEN = Number.NaN

/**
 * The bindings after seeing `observed` where `expected` was due; undefined if it is something else. A symbol is
 * bound at first sight, if the value is fresh in `world` (the world after the step), and must be the same from then on.
 */
export function match(
  expected: Expected,
  observed: Long | readonly number[],
  bindings: Bindings,
  world: World,
  context: Context,
): Bindings | undefined {
  if (Object.is(observed, UNSEEN)) return bindings
  if (typeof expected !== 'object') return observed === expected ? bindings : undefined
  if (isList(expected)) return isList(observed) && sameList(expected, observed) ? bindings : undefined
  if (isList(observed)) return expected.is === 'anything' ? bindings : undefined
  switch (expected.is) {
    case 'anything':
      return bindings
    case 'untouched':
      return observed === POISON ? bindings : undefined
    case 'atLeast':
      return observed >= expected.least ? bindings : undefined
    case 'atMost':
      return observed <= expected.most ? bindings : undefined
    case 'key':
      return observed === keyNumber(expected.of, context.header) ? bindings : undefined
    case 'time':
      return isWithin(Number(observed), expected.step, context.recording) ? bindings : undefined
    case 'id':
      return matchId(expected.of, Number(observed), bindings, world)
    case 'new id':
      return matchNew(expected, Number(observed), bindings, world)
    case 'slot':
      return isHighestSlot(expected.of, Number(observed), bindings) ? bindings : undefined
    case 'pid':
      return matchNumber('pids', expected.of, Number(observed), bindings, world)
    case 'pid again':
      return observed === bindings.pids[expected.first]
        ? matchNumber('pids', expected.of, Number(observed), bindings, world)
        : undefined
    case 'descriptor':
      return matchNumber('descriptors', expected.of, Number(observed), bindings, world)
    case 'made':
      return matchMade(expected.of, Number(observed), bindings)
    case 'address':
      return matchAddress(expected, observed, bindings, world, context)
  }
}

/** An object of which the identifier was not seen before is new: its slot was the next in turn. */
function matchId(of: string, observed: number, bindings: Bindings, world: World): Bindings | undefined {
  const bound = matchNumber('ids', of, observed, bindings, world)
  if (bound === undefined || bindings.ids[of] !== undefined) return bound
  const kind = kinds.find((each) => of in world[each])
  return kind === undefined
    ? bound
    : changedBindings(bound, { lastIds: withEntry(bound.lastIds, sequenceOf(kind, world), observed) })
}

/** A new object: one of any identifier where it is not known which was given last. */
function matchNew(
  expected: Extract<Expected, { readonly is: 'new id' }>,
  observed: number,
  bindings: Bindings,
  world: World,
): Bindings | undefined {
  const { of, kind, wish } = expected
  const due = newId(expected, bindings, world)
  if (due !== undefined && due !== observed) return undefined
  const bound = of === '' ? bindings : matchNumber('ids', of, observed, bindings, world)
  if (bound === undefined || wish >= 0) return bound
  return changedBindings(bound, { lastIds: withEntry(bound.lastIds, sequenceOf(kind, world), observed) })
}

const kinds: readonly Kind[] = ['sets', 'queues', 'segments']

/** Linux (ipc/util.h): the low 15 bits of an identifier are its slot. */
const SLOT_MASK = 0x7fff

/** Whether it is the highest slot of the objects; anything where an identifier was not seen. */
function isHighestSlot(objects: readonly string[], observed: number, { ids }: Bindings): boolean {
  const slots = objects.flatMap((name) => (ids[name] === undefined ? [] : ids[name] & SLOT_MASK))
  return slots.length < objects.length || observed === Math.max(...slots)
}

/** Array.isArray, for readonly lists. */
const isList = (value: unknown): value is readonly number[] => Array.isArray(value)

const sameList = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, at) => value === b[at])

/** Whether the stamp lies between the clock before and after the step. */
function isWithin(seconds: number, step: number, { started, steps }: Clock): boolean {
  const before = step <= 1 ? started : (steps[step - 2]?.seconds ?? started)
  const after = steps[step - 1]?.seconds ?? before
  return seconds >= before && seconds <= after
}

function matchNumber(
  kind: 'ids' | 'pids' | 'descriptors',
  symbol: string,
  observed: number,
  bindings: Bindings,
  world: World,
): Bindings | undefined {
  const bound = bindings[kind][symbol]
  if (bound !== undefined) return bound === observed ? bindings : undefined
  if (observed < (kind === 'pids' ? 1 : 0)) return undefined
  for (const other of living(kind, symbol, world))
    if (other !== symbol && bindings[kind][other] === observed) return undefined
  return changedBindings(bindings, { [kind]: withEntry(bindings[kind], symbol, observed) })
}

/** The symbols that must have other numbers than this one: those of the same kind that exist now. */
function living(kind: 'ids' | 'pids' | 'descriptors', symbol: string, world: World): readonly string[] {
  if (kind === 'pids') return ['init', ...heldPids(world)]
  if (kind === 'descriptors') return []
  const { sets, queues, segments } = world
  return Object.keys(symbol in sets ? sets : symbol in queues ? queues : segments)
}

/** A number is held by its process or thread, by the group and by the session that it names. */
const heldPids = ({ processes, threads }: World): readonly string[] => [
  ...Object.entries(processes).flatMap(([name, { lifecycle }]) => [name, lifecycle.group, lifecycle.session]),
  ...Object.keys(threads),
]

/** Of the same file with another project another key. */
function matchMade(symbol: string, observed: number, bindings: Bindings): Bindings | undefined {
  const { made } = bindings
  const bound = made[symbol]
  if (bound !== undefined) return bound === observed ? bindings : undefined
  const [file] = symbol.split(' ')
  const taken = Object.keys(made).some((other) => other.split(' ')[0] === file && made[other] === observed)
  return taken ? undefined : changedBindings(bindings, { made: withEntry(made, symbol, observed) })
}

function matchAddress(
  { of: symbol, offset }: Extract<Expected, { readonly is: 'address' }>,
  observed: Long,
  bindings: Bindings,
  world: World,
  { header }: Context,
): Bindings | undefined {
  const base = symbol === 'arena' ? header.arena : bindings.addresses[symbol]
  if (base !== undefined) return Number(distance(base, observed)) === offset ? bindings : undefined
  const address = distance(offset, observed)
  if (address <= 0 || !isAligned(address, header.pageSize)) return undefined
  const addresses = withEntry(bindings.addresses, symbol, Number(address))
  return isTaken(symbol, addresses, world, header) ? undefined : changedBindings(bindings, { addresses })
}

const isAligned = (address: Long, size: number) =>
  typeof address === 'number' ? address % size === 0 : address % BigInt(size) === 0n
