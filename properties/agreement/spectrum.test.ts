import { describe, expect, it } from 'vitest'
import type { Deviation, Judgement } from '../../oracle/verdict.ts'
import { createSpectrum } from './spectrum.ts'

const judgement = (met: readonly string[], deviations: readonly Deviation[] = []): Judgement => ({
  verdict: deviations.length > 0 ? 'deviates' : 'conforms',
  deviations,
  reason: '',
  steps: 1,
  exercised: [met],
  met: [met],
})

const deviation = (rules: readonly string[], accused: number): Deviation => ({
  step: 0,
  rule: rules[0] ?? '',
  rules,
  accused,
  observed: { events: [], seconds: 0 },
  allowed: [],
})

describe('the spectrum of a run', () => {
  const broken = judgement([], [deviation(['often', 'never', 'aside'], 2)])

  it('suspects the rule that is met least elsewhere', () => {
    const spectrum = createSpectrum()
    for (const each of [judgement(['often']), judgement(['often', 'aside']), broken]) spectrum.add(each)
    expect(spectrum.reconsider(broken).deviations[0]).toMatchObject({
      rule: 'never',
      rules: ['never', 'often', 'aside'],
    })
  })

  it('suspects a rule that is often broken before one that is seldom looked at', () => {
    const spectrum = createSpectrum()
    const once = judgement([], [deviation(['seldom', 'usual'], 2)])
    for (let time = 0; time < 10; time++) spectrum.add(judgement(['usual'], [deviation(['usual'], 1)]))
    spectrum.add(once)
    expect(spectrum.reconsider(once).deviations[0]?.rule).toBe('usual')
  })

  it('keeps the order where nothing speaks against it, and where a call only looked', () => {
    expect(createSpectrum().reconsider(broken)).toEqual(broken)
    const spectrum = createSpectrum()
    const looked = judgement([], [deviation(['often', 'never'], 0)])
    for (const each of [judgement(['often']), looked]) spectrum.add(each)
    expect(spectrum.reconsider(looked)).toEqual(looked)
  })
})
