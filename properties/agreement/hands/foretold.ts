import type { Request } from '../../../harness/protocol/encode.ts'
import { type GrowingWords, makeRoom } from '../../../harness/protocol/growing-words.ts'
import { eventKinds, eventOrder } from '../../../harness/protocol/kinds.ts'
import type { Expected, ExpectedEvent } from '../../../model/expected.ts'
import type { Foresight } from '../../../model/foresight.ts'
import type { Outcome } from '../../../model/outcomes.ts'
import { formNames, formOf } from '../../../model/vocabulary/forms.ts'
import { errnos, POISON } from '../../../model/vocabulary/names.ts'
import type { Long, Output } from '../../../model/vocabulary/shape.ts'
import type { World } from '../../../model/world.ts'
import { keyNumber } from '../../../oracle/bindings.ts'
import { isAllUntouched } from '../../../oracle/match-step.ts'
import type { TraceHeader } from '../../../oracle/trace/trace.ts'

/**
 * What a target answers to a scenario if everything goes as foreseen, as far as its words are known. Only words, so that
 * nothing of the scenario has to be kept while it is on its way: what outlives a collection of garbage is dear.
 */
export interface Foretold {
  /** The words behind the head of an answer, those of several scenarios one after another: `from` up to `to` are its own. */
  readonly words: Int32Array
  readonly from: number
  readonly to: number
  /** For each word how it is to be taken: `EXACT`, `CLOCK`, `ANY`, or the number of a hole. */
  readonly kinds: Int32Array
  readonly holes: readonly Hole[]
  readonly steps: number
  /** The numbers of the rules that were used, each as often as it was: `rulesFrom` up to `rulesTo`. */
  readonly rules: Int32Array
  readonly rulesFrom: number
  readonly rulesTo: number
}

/** A word that the target chooses, within limits. */
export interface Hole {
  readonly expected: Expected
  /** Two words for one value. */
  readonly isWide: boolean
  /** The world in which its symbol was first named: a new number must differ from those that are in use there. */
  readonly world: World
}

export const EXACT = -1
/** The seconds of the clock after a step. */
export const CLOCK = -2
export const ANY = -3

/** Writes down what is foreseen of several scenarios. */
export interface Foreteller {
  /** The number of what it wrote; undefined if more than one answer is right. */
  add(foresight: Foresight, request: Request): number | undefined
  /** All since the last `take`, by their numbers. */
  take(): readonly Foretold[]
}

type Place = Pick<Foretold, 'from' | 'to' | 'holes' | 'steps' | 'rulesFrom' | 'rulesTo'>

/** `ruleNumber`: the number of a rule's id; undefined for those that are not counted. */
export function createForeteller(
  header: TraceHeader,
  ruleNumber: (id: string) => number | undefined,
): Foreteller {
  const words: GrowingWords = { words: new Int32Array(4096), at: 0 }
  const kinds: GrowingWords = { words: new Int32Array(4096), at: 0 }
  const rules: GrowingWords = { words: new Int32Array(4096), at: 0 }
  let places: Place[] = []
  return {
    add({ start, steps }, { scenario, actors }) {
      const [from, rulesFrom] = [words.at, rules.at]
      const writing: Writing = { words, kinds, holes: [], firsts: new Map(), actors, header, world: start }
      const inCall: (readonly Output[])[] = []
      for (const [index, { actor, call }] of scenario.steps.entries()) {
        const outcome = onlyWay(steps[index])
        const outputs = outputsOf.get(call.name)
        if (outputs !== undefined) inCall[actors.indexOf(actor)] = outputs
        if (outcome === undefined || !writeStep(writing, outcome, inCall)) {
          words.at = from
          kinds.at = from
          rules.at = rulesFrom
          return undefined
        }
        makeRoom(rules, outcome.rules.length)
        for (const id of outcome.rules) {
          const number = ruleNumber(id)
          if (number !== undefined) rules.words[rules.at++] = number
        }
      }
      const { holes } = writing
      places.push({ from, to: words.at, holes, steps: steps.length, rulesFrom, rulesTo: rules.at })
      return places.length - 1
    },
    take() {
      const all = { words: taken(words), kinds: taken(kinds), rules: taken(rules) }
      const foretold = places.map(
        ({ from, to, holes, steps, rulesFrom, rulesTo }): Foretold => ({
          words: all.words,
          from,
          to,
          kinds: all.kinds,
          holes,
          steps,
          rules: all.rules,
          rulesFrom,
          rulesTo,
        }),
      )
      places = []
      return foretold
    },
  }
}

function taken(from: GrowingWords): Int32Array {
  const copy = from.words.slice(0, from.at)
  from.at = 0
  return copy
}

/** The outcome of a step that can have no other. */
const onlyWay = (foreseen: readonly Outcome[] | undefined): Outcome | undefined =>
  foreseen?.length === 1 && foreseen[0]?.choices.length === 0 ? foreseen[0] : undefined

/** The outputs of each form; undefined if it is no call of its actor. */
const outputsOf: ReadonlyMap<string, readonly Output[] | undefined> = new Map(
  formNames.map((name) => [name, formOf(name).pseudo ? undefined : formOf(name).outputs]),
)

interface Writing {
  readonly words: GrowingWords
  readonly kinds: GrowingWords
  readonly holes: Hole[]
  /** The world in which each symbol was first named. */
  readonly firsts: Map<string, World>
  readonly actors: readonly string[]
  readonly header: TraceHeader
  world: World
}

function put(writing: Writing, word: number, kind: number): void {
  const { words, kinds } = writing
  if (words.at === words.words.length) makeRoom(words, 1)
  if (kinds.at === kinds.words.length) makeRoom(kinds, 1)
  words.words[words.at++] = word
  kinds.words[kinds.at++] = kind
}

/** Writes a step as the probe reports it; false if there are several ways to report it. */
function writeStep(
  writing: Writing,
  { events, world }: Outcome,
  inCall: readonly (readonly Output[])[],
): boolean {
  writing.world = world
  put(writing, events.length, EXACT)
  put(writing, 0, CLOCK)
  const { actors } = writing
  for (const event of events.length < 2 ? events : [...events].sort(inOrderOf(actors))) {
    const slot = actors.indexOf(event.actor)
    if (slot < 0 || !writeEvent(writing, event, slot, inCall[slot])) return false
  }
  return true
}

/** Sorts the events of a step as the probe reports them: slot by slot. */
export const inOrderOf =
  (actors: readonly string[]) =>
  (a: Pick<ExpectedEvent, 'actor' | 'is'>, b: Pick<ExpectedEvent, 'actor' | 'is'>): number =>
    actors.indexOf(a.actor) - actors.indexOf(b.actor) || eventOrder.indexOf(a.is) - eventOrder.indexOf(b.is)

function writeEvent(
  writing: Writing,
  event: ExpectedEvent,
  slot: number,
  outputs: readonly Output[] | undefined,
): boolean {
  put(writing, slot, EXACT)
  const head = writing.words.at
  put(writing, eventKinds[event.is], EXACT)
  if (event.is === 'faulted') {
    put(writing, event.signal, EXACT)
    put(writing, event.code, EXACT)
  }
  if (event.is !== 'returned') return true
  const { value, errno, out } = event.result
  put(writing, errno === 'none' ? 0 : errnos[errno], EXACT)
  if (!writeValue(writing, value, 'long')) return false
  // Of a call that failed the probe reports out data only if there are any.
  if (out === null || (errno !== 'none' && isAllUntouched(out))) return true
  if (outputs === undefined) return false
  const begin = writing.words.at
  for (const { name, kind } of outputs) if (!writeValue(writing, out[name] ?? untouched, kind)) return false
  writing.words.words[head] = eventKinds.returned | ((writing.words.at - begin) << 16)
  return true
}

const untouched: Expected = { is: 'untouched' }

/** Writes a value, or leaves a hole for it; false if it is not known how many words it has. */
function writeValue(writing: Writing, expected: Expected, kind: Output['kind']): boolean {
  if (kind === 'list') return writeList(writing, expected)
  const isWide = kind === 'long' || kind === 'address' || kind === 'time'
  if (typeof expected === 'object' && 'is' in expected) {
    if (expected.is === 'untouched') return writeNumber(writing, POISON, isWide)
    if (expected.is === 'key') return writeNumber(writing, keyNumber(expected.of, writing.header), isWide)
    const hole = expected.is === 'anything' ? ANY : holeFor(writing, expected, isWide)
    put(writing, 0, hole)
    if (isWide) put(writing, 0, hole)
    return true
  }
  return typeof expected === 'object' ? false : writeNumber(writing, expected, isWide)
}

function writeList(writing: Writing, expected: Expected): boolean {
  if (!Array.isArray(expected)) return false
  const items = expected as readonly number[]
  put(writing, items.length, EXACT)
  for (const item of items) if (!writeNumber(writing, item, false)) return false
  return true
}

function writeNumber(writing: Writing, value: Long, isWide: boolean): boolean {
  if (typeof value === 'bigint') {
    put(writing, Number(BigInt.asIntN(32, value)), EXACT)
    put(writing, Number(BigInt.asIntN(32, value >> 32n)), EXACT)
    return isWide
  }
  const low = value | 0
  if (!isWide && low !== value) return false
  put(writing, low, EXACT)
  if (isWide) put(writing, Math.floor(value / 2 ** 32) | 0, EXACT)
  return true
}

function holeFor(
  writing: Writing,
  expected: Exclude<Expected, Long | readonly number[]>,
  isWide: boolean,
): number {
  const { holes, firsts } = writing
  const symbol = 'of' in expected ? `${expected.is} ${expected.of}` : ''
  const world = firsts.get(symbol) ?? writing.world
  if (!firsts.has(symbol)) firsts.set(symbol, world)
  return holes.push({ expected, isWide, world }) - 1
}
