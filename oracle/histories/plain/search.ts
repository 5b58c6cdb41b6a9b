import type { Message } from '../../../model/messages/state.ts'
import { createSteps } from '../interned.ts'
import { LINES_MAX, NONE, NOT_SENT, type Part, type PlainCalls } from './calls.ts'
import type { Kind } from './kinds.ts'
import { APPENDED, type Asking, NOTHING, ODD, SAME, TAKEN, type Transitions } from './transitions.ts'

export interface PlainFound {
  /** `unknown`: not within the budget, or the history is not plain after all. */
  readonly verdict: 'conforms' | 'deviates' | 'unknown'
  /** Effects. */
  readonly tried: number
  /** The calls in an order that explains them, by their index in the history; empty unless it conforms. */
  readonly order: Int32Array
}

/** What is there when the calls begin. */
export interface PlainStart {
  readonly row: number
  readonly messages: readonly Message[]
}

/**
 * Looks for an order of the calls of one object that is a run of the model, in the way of `../search.ts`: depth first, the call that
 * was back first before the others, no state twice. All that it handles is numbers.
 */
export class PlainSearch {
  readonly #calls: PlainCalls
  readonly #transitions: Transitions
  /** By depth: who may go on, how many they are, and which of them is next; where the search was, and what was done there. */
  #lines = new Int8Array(0)
  #counts = new Int8Array(0)
  #nth = new Int8Array(0)
  #rows = new Int32Array(0)
  #answers = new Int32Array(0)
  #made = new Int32Array(0)
  /** The message that was received. */
  #received = new Int32Array(0)
  /** The next call of each line. */
  readonly #next: number[] = new Array(LINES_MAX).fill(NONE)
  readonly #strides: number[] = new Array(LINES_MAX).fill(0)
  /** The messages that are there, by the call that sent each; those that were there before from -1 downwards. */
  readonly #content: number[] = []
  #contents = createSteps()
  #messages: readonly Message[] = []

  constructor(calls: PlainCalls, transitions: Transitions) {
    this.#calls = calls
    this.#transitions = transitions
  }

  find(part: Part, start: PlainStart, asking: Asking, budget: number): PlainFound {
    if (!this.#prepare(part, start)) return unknown(0)
    const transitions = this.#transitions
    const { kinds, following } = this.#calls
    const seen = new Map<number, number | Set<number>>()
    let depth = 0
    let row = start.row
    let outer = 0
    let tried = 0
    this.#enter(0, row, asking)
    for (;;) {
      let line: number
      let call: number
      let answer: number
      const nth = this.#nth[depth] as number
      if (nth < (this.#counts[depth] as number)) {
        this.#nth[depth] = nth + 1
        line = this.#lines[depth * LINES_MAX + nth] as number
        call = this.#next[line] as number
        answer = transitions.ask(row, kinds[call] as Kind, asking)
        if (answer === ODD || ++tried > budget) return unknown(tried)
      } else {
        if ((this.#counts[depth] as number) > 1) this.#remember(seen, outer, row)
        if (depth-- === 0) return { verdict: 'deviates', tried, order: nothing }
        line = this.#lines[depth * LINES_MAX + (this.#nth[depth] as number) - 1] as number
        call = this.#undo(depth, line)
        outer -= this.#strides[line] as number
        row = this.#rows[depth] as number
        answer = transitions.more(this.#answers[depth] as number)
      }
      while (answer !== NOTHING && !this.#isTheMessage(answer, call)) answer = transitions.more(answer)
      if (answer === NOTHING) continue
      this.#do(depth, answer, call)
      this.#next[line] = following[call] as number
      this.#rows[depth++] = row
      outer += this.#strides[line] as number
      row = transitions.next(answer)
      if (depth === part.calls) return { verdict: 'conforms', tried, order: this.#made.slice(0, depth) }
      this.#enter(depth, row, asking)
      if ((this.#counts[depth] as number) > 1 && this.#isKnown(seen, outer, row)) this.#counts[depth] = 0
    }
  }

  #prepare(part: Part, { messages }: PlainStart): boolean {
    let states = 1
    for (let line = 0; line < this.#calls.lines; line++) {
      this.#next[line] = part.first[line] as number
      this.#strides[line] = states
      states *= (part.counts[line] as number) + 1
    }
    if (states > STATES_MAX) return false
    this.#messages = messages
    this.#content.length = 0
    for (let at = 0; at < messages.length; at++) this.#content.push(-1 - at)
    if (this.#contents.size() > CONTENTS_MAX) this.#contents = createSteps()
    if (part.calls >= this.#counts.length) this.#grow(2 * part.calls + 2)
    return true
  }

  #grow(depths: number): void {
    this.#lines = new Int8Array(LINES_MAX * depths)
    this.#counts = new Int8Array(depths)
    this.#nth = new Int8Array(depths)
    this.#rows = new Int32Array(depths)
    this.#answers = new Int32Array(depths)
    this.#made = new Int32Array(depths)
    this.#received = new Int32Array(depths)
  }

  /** Who may go on: see `candidatesOf` and `sureStep`. */
  #enter(depth: number, row: number, asking: Asking): void {
    const { begins, ends, kinds, lines: count } = this.#calls
    const next = this.#next
    const lines = this.#lines
    let bound = Number.POSITIVE_INFINITY
    for (let line = 0; line < count; line++) {
      const call = next[line] as number
      if (call !== NONE && (ends[call] as number) < bound) bound = ends[call] as number
    }
    const from = depth * LINES_MAX
    let to = from
    for (let line = 0; line < count; line++) {
      const call = next[line] as number
      if (call === NONE || (begins[call] as number) > bound) continue
      let place = to++
      for (; place > from && this.#endOf(lines[place - 1] as number) > (ends[call] as number); place--)
        lines[place] = lines[place - 1] as number
      lines[place] = line
    }
    this.#nth[depth] = 0
    this.#counts[depth] = to - from
    if (to - from === 1) return
    for (let at = from; at < to; at++) {
      const kind = kinds[next[lines[at] as number] as number] as Kind
      if (!kind.mayOnlyLook) continue
      const answer = this.#transitions.ask(row, kind, asking)
      if (answer <= ODD || this.#transitions.next(answer) !== row) continue
      if (this.#transitions.does(answer) !== SAME || this.#transitions.more(answer) !== NOTHING) continue
      lines[from] = lines[at] as number
      this.#counts[depth] = 1
      return
    }
    this.#orderSenders(from, to)
  }

  #endOf(line: number): number {
    return this.#calls.ends[this.#next[line] as number] as number
  }

  /** Of several that send, the one first whose message was received first: a wrong order of theirs shows only then. */
  #orderSenders(from: number, to: number): void {
    const { wanted } = this.#calls
    const lines = this.#lines
    const next = this.#next
    for (let one = from; one < to; one++) {
      for (let other = one + 1; other < to; other++) {
        const [first, later] = [lines[one] as number, lines[other] as number]
        const time = wanted[next[later] as number] as number
        if (time === NOT_SENT || (wanted[next[first] as number] as number) <= time) continue
        lines[one] = later
        lines[other] = first
      }
    }
  }

  #isTheMessage(answer: number, call: number): boolean {
    const does = this.#transitions.does(answer)
    if (does < TAKEN) return true
    const message = this.#content[does - TAKEN] as number
    const { sizes, fills } = this.#calls
    const [size, fill] =
      message < 0
        ? [this.#messages[-1 - message]?.size, this.#messages[-1 - message]?.fill]
        : [sizes[message], fills[message]]
    return size === sizes[call] && (Number.isNaN(fills[call]) || fill === fills[call])
  }

  #do(depth: number, answer: number, call: number): void {
    this.#answers[depth] = answer
    this.#made[depth] = call
    const does = this.#transitions.does(answer)
    if (does === APPENDED) this.#content.push(call)
    else if (does >= TAKEN) this.#received[depth] = this.#content.splice(does - TAKEN, 1)[0] as number
  }

  /** The call that was made there. */
  #undo(depth: number, line: number): number {
    const does = this.#transitions.does(this.#answers[depth] as number)
    if (does === APPENDED) this.#content.pop()
    else if (does >= TAKEN) this.#content.splice(does - TAKEN, 0, this.#received[depth] as number)
    const call = this.#made[depth] as number
    this.#next[line] = call
    return call
  }

  #isKnown(seen: Map<number, number | Set<number>>, outer: number, row: number): boolean {
    if (seen.size === 0) return false
    const known = seen.get(outer)
    if (known === undefined) return false
    const inner = this.#innerOf(row)
    return typeof known === 'number' ? known === inner : known.has(inner)
  }

  #remember(seen: Map<number, number | Set<number>>, outer: number, row: number): void {
    const known = seen.get(outer)
    const inner = this.#innerOf(row)
    if (known === undefined) seen.set(outer, inner)
    else if (typeof known === 'number') seen.set(outer, new Set([known, inner]))
    else known.add(inner)
  }

  /** The world and the order of what is there, as one number. */
  #innerOf(row: number): number {
    let place = this.#contents.list
    for (const message of this.#content) place = this.#contents.from(place, message)
    return row * CONTENTS_LIMIT + place
  }
}

const nothing = new Int32Array(0)

const unknown = (tried: number): PlainFound => ({ verdict: 'unknown', tried, order: nothing })

/** What a number tells apart. */
const STATES_MAX = 2 ** 52
const CONTENTS_LIMIT = 2 ** 26

/** More are forgotten between two histories. */
const CONTENTS_MAX = 1 << 20
