import type { World } from '../../../model/world.ts'
import type { TimedCall } from '../history.ts'
import { createNumbering } from '../interned.ts'
import type { Needs } from '../message-order.ts'
import type { Asking } from './ask-model.ts'
import { type Part, PlainCalls } from './calls.ts'
import { createKinds } from './kinds.ts'
import { messageNeedsOf } from './message-needs.ts'
import { type Frame, QueueSubject } from './queue-subject.ts'
import { type PlainFound, PlainSearch } from './search.ts'
import { SetSubject } from './set-subject.ts'
import { standInsIn } from './stand-ins.ts'
import type { Subject } from './subject.ts'

/** Judges plain histories: all calls are about contents of sets and queues, and came back by themselves. */
export interface PlainJudge {
  /** Of each part what was found; undefined where the history is not plain, or not explained within the budget. Always for one profile. */
  judge(
    calls: readonly TimedCall[],
    start: World,
    asking: Asking,
    budget: number,
  ): readonly PlainFound[] | undefined
}

export function createPlainJudge(): PlainJudge {
  const calls = new PlainCalls()
  const search = new PlainSearch(calls)
  let known = createKnown(calls)
  return {
    judge(timed, world, asking, budget) {
      if (known.size() > VALUES_MAX) known = createKnown(calls)
      const start = known.startOf(world)
      if (!calls.read(timed, start, known.kinds)) return undefined
      const found: PlainFound[] = []
      const find = (part: Part, effects: number, needs?: Needs) =>
        search.find(part, known.subjectOf(part, start), asking, Math.min(budget, effects), needs)
      for (const part of calls.parts) {
        if (part.isQueue && !hasRoom(part, world)) return undefined
        let each = find(part, (part.isQueue ? FEW : MANY) * part.calls)
        if (each.verdict === 'unknown' && part.isQueue) {
          const needs = messageNeedsOf(timed, part, calls, world)
          each =
            needs === 'impossible' ? { ...each, verdict: 'deviates' } : find(part, MANY * part.calls, needs)
        }
        if (each.verdict === 'unknown') return undefined
        found.push(each)
        if (each.verdict === 'deviates') break
      }
      return found
    },
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
function createKnown(calls: PlainCalls) {
  const kinds = createKinds()
  const sets = new SetSubject()
  const queues = new QueueSubject(calls)
  const numbering = createNumbering()
  const starts = new Map<World, Start>()
  return {
    kinds,
    startOf(world: World): Start {
      const known = starts.get(world)
      if (known !== undefined) return known
      const standIns = standInsIn(world, numbering)
      const start = { world, standIns, rows: new Map(), frames: new Map() }
      starts.set(world, start)
      return start
    },
    subjectOf({ object, isQueue }: Part, { world, rows, frames }: Start): Subject {
      if (isQueue) {
        const frame = frames.get(object) ?? queues.frameOf(world, object)
        frames.set(object, frame)
        queues.begin(frame, world.queues[object]?.messages ?? [])
        return queues
      }
      const row = rows.get(object) ?? sets.rowOf(world)
      rows.set(object, row)
      sets.begin(row)
      return sets
    },
    size: () => kinds.size() + sets.size + queues.size + numbering.size() + starts.size,
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
