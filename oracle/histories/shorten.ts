import { UNSEEN } from '../bindings.ts'
import type { History, HistoryJudgement, Lives, TimedCall } from './history.ts'
import { type Judging, judgeHistory } from './judge-history.ts'

/** A history that deviates, without what it takes not to see that. */
export interface Shortened {
  readonly history: History
  readonly judgement: HistoryJudgement
}

/**
 * The shortest part of a deviating history that deviates still: what began later is left out, what was not back yet may have
 * taken effect or not, and of the rest whatever can have had no effect. Each part deviates because the whole does: a part
 * from which a call with an effect was dropped would prove nothing.
 */
export function shorten(history: History, judgement: HistoryJudgement, judging: Judging): Shortened {
  let known: Shortened = { history, judgement }
  const isWrongWith =
    (lives: Lives | undefined) =>
    (calls: readonly TimedCall[]): boolean => {
      const tried = { calls, ...(lives && { lives }) }
      const found = judgeHistory(tried, judging)
      if (found.verdict === 'deviates') known = { history: tried, judgement: found }
      return found.verdict === 'deviates'
    }
  // Where only those show it who were dead or stopped in the end, what went before is needed up to the end.
  const isOfTheEnd = history.lives !== undefined && !isWrongWith(undefined)(history.calls)
  const isWrong = isWrongWith(isOfTheEnd ? history.lives : undefined)
  const times = [...new Set(history.calls.flatMap(({ end }) => (end === 'never' ? [] : [end])))].sort(
    (a, b) => a - b,
  )
  let low = 0
  let high = isOfTheEnd ? 0 : times.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (isWrong(until(history.calls, times[middle] ?? 0))) high = middle
    else low = middle + 1
  }
  for (const actor of new Set(known.history.calls.map((call) => call.actor))) {
    const { calls } = known.history
    isWrong(calls.filter((call) => call.actor !== actor || !isHarmless(call)))
  }
  for (const call of [...known.history.calls].reverse())
    if (isHarmless(call) || isOfNoMatter(call, known.history))
      isWrong(known.history.calls.filter((other) => other !== call))
  return known
}

/** What was seen up to a time. */
const until = (calls: readonly TimedCall[], time: number): readonly TimedCall[] =>
  calls.flatMap((call): readonly TimedCall[] => {
    if (call.begin > time) return []
    if (call.end !== 'never' && call.end <= time) return [call]
    const { asleepAt, ...pending } = call
    const asleep = asleepAt !== undefined && asleepAt <= time ? { asleepAt } : {}
    return [{ ...pending, ...asleep, end: 'never', seen: null }]
  })

/** Whether it cannot have changed anything: it failed, found nothing, or it only looks. */
const isHarmless = ({ call, seen }: TimedCall): boolean =>
  seen?.is === 'returned' &&
  (looks.test(call.name) ||
    (call.name === 'kill' && call.signal === 0) ||
    (/^wait(pid|4)?$/.test(call.name) && Object.is(seen.value, 0)) ||
    (seen.errno !== 0 && !Object.is(seen.value, UNSEEN) && 'as' in call === false))

const looks = /^getp?pid$|\.(GET\w+|IPC_STAT|SEM_STAT|MSG_STAT|SHM_STAT|\w+_INFO)$/

/** Whether it makes a child that does nothing, that nobody names, and that nobody can have met who waits for any child. */
function isOfNoMatter(birth: TimedCall, { calls, lives }: History): boolean {
  const { call } = birth
  if (call.name !== 'fork' || birth.seen?.is !== 'returned') return false
  const isSeen = lives?.ended.includes(call.as) || lives?.stopped.includes(call.as)
  return !isSeen && calls.every((other) => other === birth || !mayMeet(other, call.as))
}

const mayMeet = ({ actor, call }: TimedCall, child: string): boolean =>
  actor === child ||
  Object.values(call).includes(child) ||
  (/^wait/.test(call.name) && !('process' in call && typeof call.process === 'string')) ||
  (call.name === 'kill' && typeof call.process !== 'string')
