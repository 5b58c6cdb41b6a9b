import type { World } from '../../../model/world.ts'
import type { TimedCall } from '../history.ts'
import { createNumbering } from '../interned.ts'
import type { Needs } from '../message-order.ts'
import type { Asking } from './ask-model.ts'
import { type Part, PlainCalls } from './calls.ts'
import { Kinds } from './kinds.ts'
import { messageNeedsOf } from './message-needs.ts'
import { type Frame, QueueSubject } from './queue-subject.ts'
import { type PlainFound, PlainSearch } from './search.ts'
import { SetSubject } from './set-subject.ts'
import { standInsIn } from './stand-ins.ts'
import type { Subject } from './subject.ts'

/** Judges plain histories: all calls are about contents of sets and queues, and came back by themselves. Always for one profile. */
export class PlainJudge {
  readonly #calls = new PlainCalls()
  readonly #search = new PlainSearch(this.#calls)
  #known = new Known(this.#calls)

  /** Of each part what was found; undefined where the history is not plain, or not explained within the budget. */
  judge(
    timed: readonly TimedCall[],
    world: World,
    asking: Asking,
    budget: number,
  ): readonly PlainFound[] | undefined {
    if (this.#known.size > VALUES_MAX) this.#known = new Known(this.#calls)
    const start = this.#known.startOf(world)
    if (!this.#calls.read(timed, start, this.#known.kinds)) return undefined
    const found: PlainFound[] = []
    for (const part of this.#calls.parts) {
      if (part.isQueue && !hasRoom(part, world)) return undefined
      let each = this.#find(part, start, asking, Math.min(budget, (part.isQueue ? FEW : MANY) * part.calls))
      if (each.verdict === 'unknown' && part.isQueue) {
        const needs = messageNeedsOf(timed, part, this.#calls, world)
        if (needs === 'impossible') each = { ...each, verdict: 'deviates' }
        else each = this.#find(part, start, asking, Math.min(budget, MANY * part.calls), needs)
      }
      if (each.verdict === 'unknown') return undefined
      found.push(each)
      if (each.verdict === 'deviates') break
    }
    return found
  }

  #find(part: Part, start: Start, asking: Asking, budget: number, needs?: Needs): PlainFound {
    return this.#search.find(part, this.#known.subjectOf(part, start), asking, budget, needs)
  }
}

/** More of them are forgotten all together, between two histories. */
const VALUES_MAX = 400_000

/** Effects for each call: mostly few will do, and the order of messages is worth while only where they do not. */
const FEW = 3
const MANY = 200

/** What histories that begin in one world have in common. */
interface Start {
  readonly world: World
  readonly standIns: ReadonlyMap<string, string>
  /** By the objects. */
  readonly rows: Map<string, number>
  readonly frames: Map<string, Frame>
}

/** What is remembered from one history to the next. */
class Known {
  readonly kinds = new Kinds()
  readonly #sets = new SetSubject()
  readonly #queues: QueueSubject
  readonly #numbering = createNumbering()
  readonly #starts = new Map<World, Start>()

  constructor(calls: PlainCalls) {
    this.#queues = new QueueSubject(calls)
  }

  get size(): number {
    const { size } = this.#starts
    return this.kinds.size + this.#sets.size + this.#queues.size + this.#numbering.size() + size
  }

  startOf(world: World): Start {
    const known = this.#starts.get(world)
    if (known !== undefined) return known
    const standIns = standInsIn(world, this.#numbering)
    const start = { world, standIns, rows: new Map(), frames: new Map() }
    this.#starts.set(world, start)
    return start
  }

  subjectOf({ object, isQueue }: Part, { world, rows, frames }: Start): Subject {
    if (isQueue) {
      const frame = frames.get(object) ?? this.#queues.frameOf(world, object)
      frames.set(object, frame)
      this.#queues.begin(frame, world.queues[object]?.messages ?? [])
      return this.#queues
    }
    const row = rows.get(object) ?? this.#sets.rowOf(world)
    rows.set(object, row)
    this.#sets.begin(row)
    return this.#sets
  }
}

/** Whether all messages have room together, and each fits every buffer: see `QueueSubject`. */
function hasRoom({ object, sent, longest, buffer }: Part, { queues, limits }: World): boolean {
  const queue = queues[object]
  if (queue === undefined) return false
  let [all, largest] = [sent, longest]
  for (const { size, overwritten } of queue.messages) {
    if (size === 0 || overwritten) return false
    all += size
    largest = Math.max(largest, size)
  }
  return all < queue.limit && longest <= limits.msgmax && largest <= buffer
}
