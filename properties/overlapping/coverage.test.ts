import { describe, expect, it } from 'vitest'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { HistoryJudgement, TimedCall } from '../../oracle/histories/history.ts'
import { createPairCounts } from './coverage.ts'

const timed = (actor: string, call: Call, end: number | 'never' = 9): TimedCall => ({
  ...{ actor, call, begin: 0, end },
  seen: end === 'never' ? null : { is: 'returned', actor, value: 0, errno: 0, out: null, clobbered: false },
})

const stop = (process: string) => timed('B', { name: 'kill', process, signal: 19 })
const wait = (process: string | number) =>
  timed('A', { name: 'waitpid', process, options: 2, location: 0 }, 'never')

const conforms: HistoryJudgement = {
  ...{ verdict: 'conforms', reason: '', stuck: null, tried: 1 },
  order: [0, 1].map((at) => ({ at, sleeps: false, returned: [at], rules: [] })),
}

const pairsOf = (...calls: readonly TimedCall[]) => {
  const counts = createPairCounts()
  counts.add(calls, conforms)
  return counts.pairs()
}

describe('pairs of calls that met', () => {
  it('are a signal and a wait for the process that it was sent, or for any child', () => {
    const pair = { calls: ['kill(SIGSTOP)', 'waitpid'], overlapped: 1, firstFirst: 1, secondFirst: 0 }
    const expected = [{ ...pair, outcomes: { 'ok asleep': 1 } }]
    expect(pairsOf(stop('P'), wait('P'))).toEqual(expected)
    expect(pairsOf(stop('P'), wait(-1))).toEqual(expected)
    expect(pairsOf(stop('P'), wait('Q'))).toEqual([])
  })
})
