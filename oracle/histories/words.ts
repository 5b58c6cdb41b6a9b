import { printCall } from '../../model/vocabulary/text/print.ts'
import { describeObserved } from '../words.ts'
import type { History, HistoryJudgement, Lives, TimedCall } from './history.ts'

/** What is wrong with a history that deviates, in words. */
export interface WhatIsWrong {
  readonly observed: string
  /** What the calls that had to be next may come to there. */
  readonly allowed: readonly string[]
}

/** What was seen that no order of effects explains, and what would have been allowed. */
export function whatIsWrong({ calls }: History, { stuck, order }: HistoryJudgement): WhatIsWrong {
  const those = stuck?.calls ?? []
  const seen = those.flatMap(({ at, seen }) => {
    const call = calls[at]
    return call === undefined ? [] : [seen ?? callWords(call)]
  })
  const explained = order.filter(({ returned }) => returned.length > 0).length
  return {
    observed: `${seen.join('; ')} (no order of effects explains ${those.length === 1 ? 'it' : 'any of them'} behind ${explained} calls that can be explained)`,
    allowed: [...new Set(those.flatMap(({ allowed }) => allowed))],
  }
}

/** `B stays asleep in semop(S, [0 -1])`, `A returns 0 from semop(S, [0 +1])`. */
export function callWords({ actor, call, seen, asleepAt, end }: TimedCall): string {
  const text = printCall(call)
  if (seen === null)
    return `${actor} ${end === 'never' && asleepAt === undefined ? 'is' : 'stays asleep'} in ${text}`
  const came = describeObserved({ actor, call }, { seconds: 0, events: [seen] }, { [actor]: call })
  return `${came} from ${text}${asleepAt === undefined ? '' : ', in which it slept until nobody else could go on'}`
}

/** Who was dead and who stopped when nobody could go on: `P is stopped in the end`. */
export const livesWords = (lives: Lives | undefined): readonly string[] => [
  ...(lives?.ended ?? []).map((name) => `${name} is dead in the end`),
  ...(lives?.stopped ?? []).map((name) => `${name} is stopped in the end`),
]
