import type { Expected, Kind } from '../model/expected.ts'
import { POISON } from '../model/vocabulary/names.ts'
import type { Long } from '../model/vocabulary/shape.ts'
import { actorsOf, type World } from '../model/world.ts'
import { newId } from './new-ids.ts'
import type { Recording, TraceHeader } from './trace/trace.ts'

/** What the kernel chose for the symbols of the model, as far as it was seen: symbol -> number. Plain readonly data. */
export interface Bindings {
  readonly ids: Readonly<Record<string, number>>
  readonly pids: Readonly<Record<string, number>>
  readonly addresses: Readonly<Record<string, Long>>
  readonly descriptors: Readonly<Record<string, number>>
  readonly made: Readonly<Record<string, number>>
  /** The last identifier that slots in turn gave, by kind. */
  readonly lastIds: Readonly<Partial<Record<Kind, number>>>
}

/** A way of explaining the trace so far. */
export interface Candidate {
  readonly world: World
  readonly bindings: Bindings
}

/** What is needed to tell whether an observed value is the expected one. */
export interface Context {
  readonly header: TraceHeader
  readonly recording: Recording
}

export const initialBindings = (header: TraceHeader): Bindings => ({
  ids: {},
  pids: { init: header.initPid },
  addresses: {},
  descriptors: {},
  made: {},
  lastIds: {},
})

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
    case 'key':
      return observed === context.header.keyBase + expected.of ? bindings : undefined
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
    case 'descriptor':
      return matchNumber('descriptors', expected.of, Number(observed), bindings, world)
    case 'made':
      return matchMade(expected.of, Number(observed), bindings)
    case 'address':
      return matchAddress(expected.of, expected.offset, observed, bindings, context)
  }
}

/** An object of which the identifier was not seen before is new: its slot was the next in turn. */
function matchId(of: string, observed: number, bindings: Bindings, world: World): Bindings | undefined {
  const bound = matchNumber('ids', of, observed, bindings, world)
  const kind = (['sets', 'queues', 'segments'] as const).find((each) => of in world[each])
  if (bound === undefined || kind === undefined || bindings.ids[of] !== undefined) return bound
  return { ...bound, lastIds: { ...bound.lastIds, [kind]: observed } }
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
  return { ...bound, lastIds: { ...bound.lastIds, [kind]: observed } }
}

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
function isWithin(seconds: number, step: number, { started, steps }: Recording): boolean {
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
  return { ...bindings, [kind]: { ...bindings[kind], [symbol]: observed } }
}

/** The symbols that must have other numbers than this one: those of the same kind that exist now. */
function living(kind: 'ids' | 'pids' | 'descriptors', symbol: string, world: World): readonly string[] {
  if (kind === 'pids') return ['init', ...actorsOf(world)]
  if (kind === 'descriptors') return []
  const { sets, queues, segments } = world
  return Object.keys(symbol in sets ? sets : symbol in queues ? queues : segments)
}

/** Of the same file with another project another key. */
function matchMade(symbol: string, observed: number, bindings: Bindings): Bindings | undefined {
  const { made } = bindings
  const bound = made[symbol]
  if (bound !== undefined) return bound === observed ? bindings : undefined
  const [file] = symbol.split(' ')
  const taken = Object.keys(made).some((other) => other.split(' ')[0] === file && made[other] === observed)
  return taken ? undefined : { ...bindings, made: { ...made, [symbol]: observed } }
}

function matchAddress(
  symbol: string,
  offset: number,
  observed: Long,
  bindings: Bindings,
  { header }: Context,
): Bindings | undefined {
  const base = symbol === 'arena' ? header.arena : bindings.addresses[symbol]
  if (base !== undefined) return BigInt(base) + BigInt(offset) === BigInt(observed) ? bindings : undefined
  const address = BigInt(observed) - BigInt(offset)
  if (address <= 0n || address % BigInt(header.pageSize) !== 0n) return undefined
  return { ...bindings, addresses: { ...bindings.addresses, [symbol]: Number(address) } }
}
