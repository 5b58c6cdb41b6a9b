import { describe, expect, it } from 'vitest'
import { clauses } from '../../model/catalogue.ts'
import type { Deviation, Judgement } from '../../oracle/verdict.ts'
import type { Symptom } from './campaign-options.ts'
import { createSpectrum, type Spectrum } from './spectrum.ts'
import { createTally } from './tally.ts'

const judgement = (met: readonly string[], deviations: readonly Deviation[] = []): Judgement => ({
  verdict: deviations.length > 0 ? 'deviates' : 'conforms',
  deviations,
  reason: '',
  steps: 1,
  exercised: [met],
  met: [met],
  choices: [],
})

const deviation = (rules: readonly string[], accused: number): Deviation => ({
  step: 0,
  rule: rules[0] ?? '',
  rules,
  accused,
  observed: { events: [], seconds: 0 },
  allowed: [],
})

const [often = '', never = '', aside = '', seldom = '', usual = ''] = clauses.map(({ id }) => id)

function spectrumOf(
  judgements: readonly Judgement[],
  known: readonly string[] = [],
  symptoms: readonly Symptom[] = [],
): Spectrum {
  const tally = createTally()
  const spectrum = createSpectrum(tally.counts(), known, symptoms)
  for (const each of judgements) {
    tally.add(each)
    spectrum.add(each)
  }
  return spectrum
}

describe('the spectrum of a run', () => {
  const broken = judgement([], [deviation([often, never, aside], 2)])

  it('suspects the rule that is met least elsewhere', () => {
    const spectrum = spectrumOf([judgement([often]), judgement([often, aside]), broken])
    expect(spectrum.reconsider(broken).deviations[0]).toMatchObject({
      rule: never,
      rules: [never, often, aside],
    })
  })

  it('suspects a rule that is often broken before one that is seldom looked at', () => {
    const once = judgement([], [deviation([seldom, usual], 2)])
    const usually = Array.from({ length: 10 }, () => judgement([usual], [deviation([usual], 1)]))
    expect(spectrumOf([...usually, once]).reconsider(once).deviations[0]?.rule).toBe(usual)
  })

  it('accuses what is known to be broken before all others', () => {
    const spectrum = spectrumOf([judgement([often]), judgement([often]), broken], [often])
    expect(spectrum.reconsider(broken).deviations[0]?.rule).toBe(often)
  })

  it('accuses what is known to be broken of its symptoms, where it was exercised before', () => {
    const shown = judgement([seldom], [deviation([often, aside], 1)])
    const symptoms = [{ causes: [seldom, usual], seenAs: [often] }]
    const spectrum = spectrumOf([shown, broken], [seldom, usual], symptoms)
    expect(spectrum.reconsider(shown).deviations[0]).toMatchObject({
      rule: seldom,
      rules: [seldom, often, aside],
    })
    expect(spectrum.reconsider(judgement([], shown.deviations)).deviations[0]?.rule).toBe(often)
    const other = judgement([seldom], [deviation([never, aside], 1)])
    expect(spectrum.reconsider(other).deviations[0]?.rule).toBe(never)
  })

  it('keeps the order where nothing speaks against it, and where a call only looked', () => {
    expect(spectrumOf([]).reconsider(broken)).toEqual(broken)
    const looked = judgement([], [deviation([often, never], 0)])
    expect(spectrumOf([judgement([often]), looked]).reconsider(looked)).toEqual(looked)
  })
})
