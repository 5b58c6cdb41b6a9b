import { formOf } from '../../model/vocabulary/forms.ts'
import { errnoName } from '../../model/vocabulary/names.ts'
import type { HistoryJudgement, TimedCall } from '../../oracle/histories/history.ts'
import type { OverlapCoverage } from '../../oracle/run.ts'

/** Counts which calls of different actors on one object met, in which order they took effect, and what came of them. */
export interface PairCounts {
  add(calls: readonly TimedCall[], judgement: HistoryJudgement): void
  pairs(): OverlapCoverage['pairs']
}

interface Pair {
  readonly calls: readonly [string, string]
  overlapped: number
  firstFirst: number
  secondFirst: number
  readonly outcomes: Record<string, number>
}

export function createPairCounts(): PairCounts {
  const pairs = new Map<string, Pair>()
  return {
    add(calls, { order }) {
      const placeOf = new Map<number, number>()
      for (const [place, { at, returned }] of order.entries())
        for (const each of [at, ...returned]) placeOf.set(each, place)
      for (const [at, one] of calls.entries())
        for (let next = at + 1; next < calls.length; next++) {
          const other = calls[next] as TimedCall
          if (one.actor === other.actor || !overlap(one, other) || !isAboutOne(one, other)) continue
          const inOrder = (placeOf.get(at) ?? 0) < (placeOf.get(next) ?? 0)
          const isTurned = one.call.name > other.call.name
          const [first, second] = isTurned ? [other, one] : [one, other]
          const key = `${first.call.name} ${second.call.name}`
          const pair = pairs.get(key) ?? {
            ...{ calls: [first.call.name, second.call.name] as const, outcomes: {} },
            ...{ overlapped: 0, firstFirst: 0, secondFirst: 0 },
          }
          pair.overlapped++
          pair[inOrder === isTurned ? 'secondFirst' : 'firstFirst']++
          const came = `${cameOf(first)} ${cameOf(second)}`
          pair.outcomes[came] = (pair.outcomes[came] ?? 0) + 1
          pairs.set(key, pair)
        }
    },
    pairs: () => [...pairs.values()].sort((a, b) => b.overlapped - a.overlapped),
  }
}

const overlap = (a: TimedCall, b: TimedCall) =>
  (b.end === 'never' || a.begin <= b.end) && (a.end === 'never' || b.begin <= a.end)

/** Whether both name the same object. */
function isAboutOne(a: TimedCall, b: TimedCall): boolean {
  const object = objectOf(a)
  return object !== undefined && object === objectOf(b)
}

function objectOf({ call }: TimedCall): unknown {
  const fields = call as unknown as Readonly<Record<string, unknown>>
  const argument = formOf(call.name).arguments.find(({ kind }) => kind === 'id' || kind === 'key')
  return argument === undefined ? undefined : fields[argument.name]
}

const cameOf = ({ seen }: TimedCall): string =>
  seen === null
    ? 'asleep'
    : seen.is === 'returned'
      ? seen.errno === 0
        ? 'ok'
        : errnoName(seen.errno)
      : seen.is
