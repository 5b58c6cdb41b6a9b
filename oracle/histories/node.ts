import type { ExpectedEvent } from '../../model/expected.ts'
import type { Bindings } from '../bindings.ts'
import type { Place } from './effects.ts'
import type { Effected } from './history.ts'
import type { Line, LineCall } from './lines.ts'
import type { Sight } from './sight.ts'

/** Where a search has come to: which calls of each line are over, who sleeps, and in which world. */
export interface Node {
  readonly place: Place
  readonly bindings: Bindings
  /** How many calls of each line have come back. */
  readonly made: readonly number[]
  /** Lines whose next call has begun and sleeps, as bits. */
  readonly asleep: number
  /** Lines whose next call may have found its object before it was removed, as bits. */
  readonly removed: number
  /** Lines whose next call has slept and is to be made again, as bits. */
  readonly risen: number
  /** Lines whose next call has taken effect and whose actor ends before it comes back, as bits. */
  readonly spent: number
  /** Signals that each line was sent and that have not interrupted anything. */
  readonly signals: readonly number[]
  /** Calls that are over or asleep. */
  readonly depth: number
  readonly before: Node | null
  readonly effected: Effected | null
  /** What has come back since the node before. */
  readonly came: readonly ExpectedEvent[]
}

/** Nothing has been done yet. */
export const rootOf = (
  place: Place,
  bindings: Bindings,
  lines: readonly Line[],
  { lives }: Pick<Sight, 'lives'>,
): Node => ({
  ...{ place, bindings, made: lines.map(() => 0), asleep: 0, removed: 0, risen: 0, spent: 0 },
  signals: !lives && lines.some(({ isSignalled }) => isSignalled) ? lines.map(() => 0) : [],
  ...{ depth: 0, before: null, effected: null, came: [] },
})

export const nextCall = (node: Node, lines: readonly Line[], at: number): LineCall | undefined =>
  lines[at]?.calls[node.made[at] ?? 0]
