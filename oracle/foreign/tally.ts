import { undocumented } from './documented.ts'
import type { ForeignCall, ForeignResult } from './event.ts'
import { type ForeignDeviation, type Opinion, open } from './verdict.ts'

const LISTED_MAX = 100

/** Counts opinions, and keeps the first deviations. */
export interface Tally {
  /** From here on nothing deviates: something may have happened that is not known. */
  doubts(): void
  /** One call of our families. */
  call(call: ForeignCall, result: ForeignResult | undefined, line: number, opinion: Opinion): void
  /** One signal or end. */
  event(pid: number, line: number, what: string, opinion: Opinion): void
  /** A deviation that shows later, of what was counted already. */
  late(pid: number, line: number, what: string, opinion: Opinion): void
  readonly counts: {
    calls: number
    judged: number
    events: number
    eventsJudged: number
    otherCalls: number
    deviationCount: number
  }
  readonly byCall: Record<string, { calls: number; judged: number }>
  readonly notJudged: Record<string, number>
  readonly deviations: ForeignDeviation[]
}

export function createTally(): Tally {
  const counts = { calls: 0, judged: 0, events: 0, eventsJudged: 0, otherCalls: 0, deviationCount: 0 }
  const byCall: Tally['byCall'] = {}
  const notJudged: Tally['notJudged'] = {}
  const deviations: ForeignDeviation[] = []
  let isDoubtful = false
  const certain = (opinion: Opinion): Opinion =>
    isDoubtful && opinion.is === 'deviates' ? open('a line before was not understood') : opinion
  const deviate = (
    pid: number,
    line: number,
    what: string,
    observed: string,
    opinion: Extract<Opinion, { is: 'deviates' }>,
  ) => {
    counts.deviationCount++
    if (deviations.length < LISTED_MAX)
      deviations.push({
        ...{ line, pid, what, rule: opinion.rule },
        ...{ observed: opinion.observed ?? observed, allowed: opinion.allowed },
      })
  }
  return {
    ...{ counts, byCall, notJudged, deviations },
    doubts() {
      isDoubtful = true
    },
    call(call, result, line, judgement) {
      const opinion = certain(result === undefined ? judgement : (undocumented(call, result) ?? judgement))
      counts.calls++
      const of = byCall[call.name] ?? { calls: 0, judged: 0 }
      byCall[call.name] = of
      of.calls++
      if (opinion.is === 'open') notJudged[opinion.because] = (notJudged[opinion.because] ?? 0) + 1
      else {
        counts.judged++
        of.judged++
        if (opinion.is === 'deviates')
          deviate(call.pid, line, wordsOf(call), result === undefined ? '?' : resultWords(result), opinion)
      }
    },
    event(pid, line, what, judgement) {
      const opinion = certain(judgement)
      counts.events++
      if (opinion.is !== 'open') counts.eventsJudged++
      if (opinion.is === 'deviates') deviate(pid, line, what, what, opinion)
    },
    late(pid, line, what, judgement) {
      const opinion = certain(judgement)
      if (opinion.is === 'deviates') deviate(pid, line, what, what, opinion)
    },
  }
}

const WORDS_MAX = 200

const wordsOf = ({ name, args }: ForeignCall) => {
  const words = `${name}(${args.join(', ')})`
  return words.length > WORDS_MAX ? `${words.slice(0, WORDS_MAX)}…` : words
}

const resultWords = ({ text, errno }: ForeignResult) => (errno === '' ? text : `${text} ${errno}`)
