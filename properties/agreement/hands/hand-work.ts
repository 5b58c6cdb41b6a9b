import { availableParallelism } from 'node:os'
import { initialWorld } from '../../../model/initial.ts'
import { type Profile, profiles } from '../../../model/profile.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import type { Family } from '../../../model/vocabulary/shape.ts'
import { factsOf } from '../../../oracle/judge.ts'
import type { Shard } from '../../../oracle/run.ts'
import type { TraceHeader } from '../../../oracle/trace/trace.ts'
import { indexIn } from '../shard.ts'
import { fastOrigin, sourcedOf } from '../source.ts'
import { createHand, type Generate, type Hand } from './hand.ts'
import { startHand } from './thread.ts'

/** What a hand of a campaign has to know; plain data. */
export interface HandWork {
  readonly header: TraceHeader
  readonly profile: Profile['name']
  readonly seed: number
  readonly families: readonly Family[]
  readonly shard: Shard
}

/** The hand of a campaign, in the thread that calls. */
export function handFor({ header, profile, seed, families, shard }: HandWork): Hand {
  const start = initialWorld(factsOf(header), rootActors)
  const generate: Generate = (nth, avoid) =>
    sourcedOf(fastOrigin(indexIn(shard, nth), avoid), seed, start, families, avoid)
  return createHand(generate, header, profiles[profile])
}

/** More hands than these are faster than a probe. */
const HANDS_MAX = 6

/** A hand for each processor; where the modules are not compiled, a single one. */
export const handCount = import.meta.url.endsWith('.ts') ? 1 : Math.min(availableParallelism(), HANDS_MAX)

/** Starts the hands, each as a thread; a single one works in this thread. */
export function startHands(work: HandWork): readonly Hand[] {
  if (handCount === 1) return [handFor(work)]
  const module = new URL('./hand-thread.js', import.meta.url)
  return Array.from({ length: handCount }, () => startHand(module, work))
}
