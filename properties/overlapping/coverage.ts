import { formOf } from '../../model/vocabulary/forms.ts'
import { errnoName, signalName } from '../../model/vocabulary/names.ts'
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
          const isTurned = nameOf(one) > nameOf(other)
          const [first, second] = isTurned ? [other, one] : [one, other]
          const key = `${nameOf(first)} ${nameOf(second)}`
          const pair = pairs.get(key) ?? {
            ...{ calls: [nameOf(first), nameOf(second)] as const, outcomes: {} },
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

/** Signals differ in what they do. */
const nameOf = ({ call }: TimedCall): string =>
  call.name === 'kill' ? `kill(${signalName(call.signal)})` : call.name

/** Whether both name the same object, or may be about the same process. */
function isAboutOne(a: TimedCall, b: TimedCall): boolean {
  const [object, other] = [objectOf(a), objectOf(b)]
  if (object === undefined || other === undefined) return false
  return object === other || object === ANY_CHILD || other === ANY_CHILD
}

const ANY_CHILD = Symbol('any child')

function objectOf({ actor, call }: TimedCall): unknown {
  if (call.name === '_exit') return actor
  if (call.name === 'wait') return ANY_CHILD
  if (call.name === 'kill' || call.name === 'waitpid')
    return typeof call.process === 'string' ? call.process : ANY_CHILD
  if (call.name === 'waitid') return typeof call.id === 'string' ? call.id : ANY_CHILD
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
