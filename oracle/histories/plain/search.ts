import type { Needs } from '../message-order.ts'
import type { Asking } from './ask-model.ts'
import { LINES_MAX, NONE, NOT_SENT, type Part, type PlainCalls } from './calls.ts'
import type { Kind } from './kinds.ts'
import { FIRST, NOTHING, ODD, type Subject } from './subject.ts'

export interface PlainFound {
  /** `unknown`: not within the budget, or the history is not plain after all. */
  readonly verdict: 'conforms' | 'deviates' | 'unknown'
  /** Effects. */
  readonly tried: number
  /** The calls in an order that explains them, by their index in the history; empty unless it conforms. */
  readonly order: Int32Array
}

/**
 * Looks for an order of the calls of one object that is a run of the model, in the way of `../search.ts`: depth first, the call that
 * was back first before the others, no state twice. All that it handles is numbers.
 */
export class PlainSearch {
  readonly #calls: PlainCalls
  /** By depth: who may go on, how many they are, and which of them is next; what was done there, and by which call. */
  #lines = new Int8Array(0)
  #counts = new Int8Array(0)
  #nth = new Int8Array(0)
  #answers = new Int32Array(0)
  #made = new Int32Array(0)
  /** The next call of each line. */
  readonly #next: number[] = new Array(LINES_MAX).fill(NONE)
  readonly #strides: number[] = new Array(LINES_MAX).fill(0)
  /** How many calls of each line are over. */
  readonly #done: number[] = new Array(LINES_MAX).fill(0)

  constructor(calls: PlainCalls) {
    this.#calls = calls
  }

  /** The subject is as it is before the first call. `needs`: see `messageNeedsOf`. */
  find(part: Part, subject: Subject, asking: Asking, budget: number, needs: Needs = noNeeds): PlainFound {
    if (!this.#prepare(part)) return unknown(0)
    const { kinds, following } = this.#calls
    const seen = new Seen()
    let depth = 0
    let outer = 0
    let tried = 0
    this.#enter(0, subject, asking)
    for (;;) {
      let line: number
      let call: number
      let answer: number
      const nth = this.#nth[depth] as number
      if (nth < (this.#counts[depth] as number)) {
        this.#nth[depth] = nth + 1
        line = this.#lines[depth * LINES_MAX + nth] as number
        call = this.#next[line] as number
        if (this.#isEarly(needs[call])) continue
        answer = subject.ask(kinds[call] as Kind, call, asking)
        if (answer === ODD || ++tried > budget) return unknown(tried)
      } else {
        if ((this.#counts[depth] as number) > 1) seen.add(outer, subject.number())
        if (depth-- === 0) return { verdict: 'deviates', tried, order: nothing }
        line = this.#lines[depth * LINES_MAX + (this.#nth[depth] as number) - 1] as number
        call = this.#made[depth] as number
        this.#next[line] = call
        outer -= this.#strides[line] as number
        ;(this.#done[line] as number)--
        subject.undo(this.#answers[depth] as number, depth)
        answer = subject.more(this.#answers[depth] as number)
      }
      if (answer === NOTHING) continue
      subject.do(answer, call, depth)
      this.#answers[depth] = answer
      this.#made[depth++] = call
      this.#next[line] = following[call] as number
      outer += this.#strides[line] as number
      ;(this.#done[line] as number)++
      if (depth === part.calls) return { verdict: 'conforms', tried, order: this.#made.slice(0, depth) }
      this.#enter(depth, subject, asking)
      if ((this.#counts[depth] as number) > 1 && seen.has(outer, subject)) this.#counts[depth] = 0
    }
  }

  #prepare(part: Part): boolean {
    let states = 1
    for (let line = 0; line < this.#calls.lines; line++) {
      this.#next[line] = part.first[line] as number
      this.#strides[line] = states
      this.#done[line] = 0
      states *= (part.counts[line] as number) + 1
    }
    if (states > STATES_MAX) return false
    if (part.calls >= this.#counts.length) this.#grow(2 * part.calls + 2)
    return true
  }

  #grow(depths: number): void {
    this.#lines = new Int8Array(LINES_MAX * depths)
    this.#counts = new Int8Array(depths)
    this.#nth = new Int8Array(depths)
    this.#answers = new Int32Array(depths)
    this.#made = new Int32Array(depths)
  }

  /** Who may go on: see `candidatesOf`. */
  #enter(depth: number, subject: Subject, asking: Asking): void {
    const { begins, ends, lines: count } = this.#calls
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
    if (this.#isSure(from, to, subject, asking)) this.#counts[depth] = 1
    else this.#orderSenders(from, to)
  }

  #isEarly(need: readonly number[] | undefined): boolean {
    if (need === undefined) return false
    for (let line = 0; line < need.length; line++)
      if ((need[line] as number) > (this.#done[line] as number)) return true
    return false
  }

  #endOf(line: number): number {
    return this.#calls.ends[this.#next[line] as number] as number
  }

  /** Whether one comes back here as it was seen, and changes nothing: it is next then, for what only looks is never early. See `sureStep`. */
  #isSure(from: number, to: number, subject: Subject, asking: Asking): boolean {
    const { kinds } = this.#calls
    for (let at = from; at < to; at++) {
      const call = this.#next[this.#lines[at] as number] as number
      const kind = kinds[call] as Kind
      if (!kind.mayOnlyLook) continue
      const answer = subject.ask(kind, call, asking)
      if (answer < FIRST || subject.changes(answer) || subject.more(answer) !== NOTHING) continue
      this.#lines[from] = this.#lines[at] as number
      return true
    }
    return false
  }

  /** Of several that send, the one first whose message was received first: a wrong order of theirs shows only then. */
  #orderSenders(from: number, to: number): void {
    const { wanted } = this.#calls
    const lines = this.#lines
    for (let one = from; one < to; one++)
      for (let other = one + 1; other < to; other++) {
        const [first, later] = [lines[one] as number, lines[other] as number]
        const time = wanted[this.#next[later] as number] as number
        if (time === NOT_SENT || (wanted[this.#next[first] as number] as number) <= time) continue
        lines[one] = later
        lines[other] = first
      }
  }
}

/** From where no order leads to the end: by what was made, and in which state. */
class Seen {
  /** Mostly there is one state; a set for each would take longer than the search. */
  #states: Map<number, number | Set<number>> | undefined

  has(made: number, subject: Subject): boolean {
    const known = this.#states?.get(made)
    if (known === undefined) return false
    const state = subject.number()
    return typeof known === 'number' ? known === state : known.has(state)
  }

  add(made: number, state: number): void {
    this.#states ??= new Map()
    const known = this.#states.get(made)
    if (known === undefined) this.#states.set(made, state)
    else if (typeof known === 'number') this.#states.set(made, new Set([known, state]))
    else known.add(state)
  }
}

const noNeeds: Needs = []

const nothing = new Int32Array(0)

const unknown = (tried: number): PlainFound => ({ verdict: 'unknown', tried, order: nothing })

/** What a number tells apart. */
const STATES_MAX = 2 ** 52
