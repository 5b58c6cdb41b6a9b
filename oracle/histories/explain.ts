import type { Bindings } from '../bindings.ts'
import type { Place } from './effects.ts'
import { noFates } from './fates.ts'
import type { Line } from './lines.ts'
import { endsOf, linesUntil } from './lines-until.ts'
import { type MessageOrder, messageOrderOf } from './message-order.ts'
import { type Node, rootOf } from './node.ts'
import { type Found, search } from './search.ts'
import type { Search } from './successors.ts'

export interface Explained {
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  /** Explains all calls, or all that were back before one that cannot be, and of those under way as many as can be. */
  readonly farthest: Node
  readonly tried: number
}

/**
 * Looks for an order of all calls. What the order of messages says about the whole history leaves little to look for, but
 * it says it too early to tell how far an order leads: where a history deviates, that is looked for by itself.
 */
export function explain(start: Place, bindings: Bindings, asked: Search): Explained {
  const root = rootOf(start, bindings, asked.lines, asked.effects.sight)
  const order = isShort(asked.lines) ? undefined : messageOrderOf(asked.lines, start.world)
  if (order === undefined) return withoutOrder(root, asked)
  const { contradiction } = order
  if (contradiction === Number.POSITIVE_INFINITY) {
    const needs = order.needsUntil(contradiction)
    const found = search(root, { ...asked, needs })
    if (found.end !== null || found.isExhausted || needs.length === 0) return explained(found)
    return farthestOf(root, found, contradiction, { asked, order, tried: found.tried })
  }
  const times = endsOf(asked.lines)
  const last = times[times.indexOf(contradiction) - 1] ?? Number.NEGATIVE_INFINITY
  const found = searchUntil(root, last, asked, order)
  const looking = { asked, order, tried: found.tried }
  if (found.end !== null) return withMore(found.end, looking)
  return found.isExhausted ? deviates(found.farthest, looking) : farthestOf(root, found, last, looking)
}

/**
 * How processes end is known from the whole history, so that what it rules out tells nothing of how far an order leads: that is looked
 * for by itself.
 */
function withoutOrder(root: Node, asked: Search): Explained {
  const found = search(root, asked)
  if (found.end !== null || found.isExhausted || asked.fates.size === 0) return explained(found)
  const budget = Math.min(asked.budget, FARTHEST)
  const { farthest, tried } = search(root, { ...asked, fates: noFates, budget })
  return { verdict: 'deviates', farthest, tried: found.tried + tried }
}

/** Effects that may be tried to find how far an order leads. */
const FARTHEST = 20_000

/** Searched so fast that nothing is won, and the order is the longest of all. */
const isShort = (lines: readonly Line[]) => lines.reduce((sum, { calls }) => sum + calls.length, 0) < SHORT
const SHORT = 16

const explained = ({ end, farthest, tried, isExhausted }: Found): Explained => ({
  verdict: end !== null ? 'conforms' : isExhausted ? 'inconclusive' : 'deviates',
  ...{ farthest, tried },
})

interface Looking {
  readonly asked: Search
  readonly order: MessageOrder
  tried: number
}

const deviates = (farthest: Node, { tried }: Looking): Explained => ({ verdict: 'deviates', farthest, tried })

/** Explains what was back by a time; what was under way may have been made or not. */
const searchUntil = (root: Node, time: number, asked: Search, order: MessageOrder): Found =>
  search(root, { ...asked, lines: linesUntil(asked.lines, time), needs: order.needsUntil(time) })

/** How far an order leads of which it is known that it does not explain all that was back by a time. */
function farthestOf(root: Node, failed: Found, until: number, looking: Looking): Explained {
  const { asked, order } = looking
  const look = (time: number) => {
    const found = searchUntil(root, time, asked, order)
    looking.tried += found.tried
    return found
  }
  let known = failed
  let high = until
  while (known.reached < high) {
    high = known.reached
    const found = look(high)
    if (found.end !== null) return between(high, until, found.end, looking, look)
    if (found.isExhausted) break
    known = found
    until = high
  }
  return deviates(known.farthest, looking)
}

/** What was back by `low` is explained, what was back by `high` cannot be. */
function between(
  low: number,
  high: number,
  end: Node,
  looking: Looking,
  look: (time: number) => Found,
): Explained {
  const times = endsOf(looking.asked.lines)
  let [from, to] = [
    times.indexOf(low),
    high === Number.POSITIVE_INFINITY ? times.length : times.indexOf(high),
  ]
  let farthest = end
  while (to - from > 1) {
    const middle = (from + to) >> 1
    const found = look(times[middle] as number)
    if (found.isExhausted) break
    if (found.end === null) to = middle
    else {
      from = middle
      farthest = found.end
    }
  }
  return withMore(farthest, looking)
}

const MORE = 2000

/** What was under way in the end, too, as far as it can be explained. */
function withMore(node: Node, looking: Looking): Explained {
  const found = search(node, { ...looking.asked, budget: MORE })
  looking.tried += found.tried
  return deviates(found.farthest, looking)
}
