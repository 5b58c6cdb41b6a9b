import { describe, expect, it } from 'vitest'
import type { HistoryJudgement } from '../../oracle/histories/history.ts'
import { createSuspicion } from './suspicion.ts'

const met = (times: number) => ({ exercised: times, met: times, chosen: [] })
const stuckBy = (...rules: readonly string[]): HistoryJudgement => ({
  ...{ verdict: 'deviates', reason: '', tried: 0, stuck: { calls: [], rules } },
  order: [{ at: 0, sleeps: false, returned: [0], rules: ['used.before'] }],
})

describe('suspicion', () => {
  it('falls on what was seldom met elsewhere', () => {
    const counts = new Map([
      ['often', met(100)],
      ['never', met(0)],
    ])
    const suspicion = createSuspicion(counts)
    const judgement = stuckBy('often', 'never')
    suspicion.add(judgement)
    expect(suspicion.ordered(judgement)).toEqual(['never', 'often'])
  })

  it('falls on what is known to be broken, unless that is met more often than not', () => {
    const counts = new Map([['met', met(9)]])
    const judgement = stuckBy('fresh', 'known', 'met')
    const suspicion = createSuspicion(counts, new Set(['known', 'met']))
    suspicion.add(stuckBy('fresh'))
    suspicion.add(judgement)
    expect(suspicion.ordered(judgement)).toEqual(['known', 'fresh', 'met'])
  })

  it('falls on the cause of a symptom only where the cause was used', () => {
    const judgement = stuckBy('symptom')
    const ordered = (cause: string) => {
      const suspicion = createSuspicion(new Map(), new Set(), [{ causes: [cause], seenAs: ['symptom'] }])
      suspicion.add(judgement)
      return suspicion.ordered(judgement)
    }
    expect(ordered('used.before')).toEqual(['used.before', 'symptom'])
    expect(ordered('not.used')).toEqual(['symptom'])
  })
})
