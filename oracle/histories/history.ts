import type { Lives, TimedCall } from '../trace/timed-call.ts'

export type { TimedCall }

/**
 * What several actors did at the same time: their calls with the clock before and after each, in any order. The calls
 * of one actor follow one another. The clock is any that all actors read alike; equal readings do not order anything.
 */
export interface History {
  readonly calls: readonly TimedCall[]
  /** Who was dead, and who stopped, when nobody could go on in the end; missing where nobody looked. */
  readonly lives?: Lives
}

export type { Lives }

/** What the oracle says about a history. */
export interface HistoryJudgement {
  readonly verdict: 'conforms' | 'deviates' | 'inconclusive'
  /** Why it could not be judged; empty if it was. */
  readonly reason: string
  /** One order of effects that explains as many calls as possible: all of them where it conforms. */
  readonly order: readonly Effected[]
  /** What explains nothing: null unless it deviates. */
  readonly stuck: Stuck | null
  /** Effects that were tried. */
  readonly tried: number
}

/** A call that took effect, in the order in which that came about. */
export interface Effected {
  /** Index of the call in the history; -1: somebody did what was left to do. */
  readonly at: number
  /** It fell asleep; what comes of it is brought about by a later one. */
  readonly sleeps: boolean
  /** The calls that came back by it, by their index in the history. */
  readonly returned: readonly number[]
  /** Ids of the rules that were used. */
  readonly rules: readonly string[]
}

/** Where the longest order ends: the calls of which one had to be next, and what each may come to there. */
export interface Stuck {
  readonly calls: readonly StuckCall[]
  /** Ids of the rules that bear on it, the likeliest first. */
  readonly rules: readonly string[]
}

export interface StuckCall {
  readonly at: number
  /** In words: what was seen, where that is not what came of the call. */
  readonly seen?: string
  /** In words: what it would come to, by each allowed outcome. */
  readonly allowed: readonly string[]
}
