import type { Profile } from '../../../model/profile.ts'
import type { World } from '../../../model/world.ts'
import type { TimedCall } from '../history.ts'
import { createNumbering } from '../interned.ts'
import { type Part, PlainCalls } from './calls.ts'
import { createKinds } from './kinds.ts'
import { type PlainFound, PlainSearch } from './search.ts'
import { Start } from './start.ts'
import { type Asking, Transitions } from './transitions.ts'

/** Judges plain histories: all calls are about contents of sets and queues, and came back by themselves. */
export interface PlainJudge {
  /** Of each part what was found; undefined where the history is not plain, or not explained within the budget. */
  judge(
    calls: readonly TimedCall[],
    world: World,
    asking: Asking,
    budget: number,
  ): readonly PlainFound[] | undefined
}

export function createPlainJudge(profile: Profile): PlainJudge {
  const calls = new PlainCalls()
  let known = createKnown(profile, calls)
  return {
    judge(timed, world, asking, budget) {
      if (known.size() > VALUES_MAX) known = createKnown(profile, calls)
      const start = known.startOf(world)
      if (!calls.read(timed, start, known.kinds)) return undefined
      const found: PlainFound[] = []
      for (const part of calls.parts) {
        if (part.isQueue && !hasRoom(part, world)) return undefined
        const its = { row: start.rowOf(part.object), messages: world.queues[part.object]?.messages ?? [] }
        const each = known.search.find(part, its, asking, Math.min(budget, EFFECTS_PER_CALL * part.calls))
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

/** What takes more is looked at elsewhere, where the order of messages is made use of. */
const EFFECTS_PER_CALL = 50

/** What is remembered from one history to the next. */
function createKnown(profile: Profile, calls: PlainCalls) {
  const kinds = createKinds()
  const transitions = new Transitions(profile)
  const numbering = createNumbering()
  const starts = new Map<World, Start>()
  return {
    kinds,
    search: new PlainSearch(calls, transitions),
    startOf(world: World): Start {
      const start = starts.get(world) ?? new Start(world, transitions, numbering)
      starts.set(world, start)
      return start
    },
    size: () => kinds.size() + transitions.size + numbering.size() + starts.size,
  }
}

/** Whether all messages have room together, and each fits every buffer: see `Transitions`. */
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
