import type { Deviation, Judgement } from '../../oracle/verdict.ts'

/**
 * Which rule is broken, told from all scenarios of a run: the one that was noted where the target deviated and seldom
 * met elsewhere (spectrum-based fault localization with Ochiai's coefficient: Abreu, Zoeteweij, van Gemund, "On the
 * Accuracy of Spectrum-based Fault Localization", 2007).
 */
export interface Spectrum {
  add(judgement: Judgement): void
  /** The judgement with the accused rules of each deviation in the order of suspicion. */
  reconsider(judgement: Judgement): Judgement
}

export function createSpectrum(): Spectrum {
  const accused = new Map<string, number>()
  const met = new Map<string, number>()
  const suspicion = (rule: string): number => {
    const broken = accused.get(rule) ?? 0
    return broken === 0 ? 0 : broken / Math.sqrt(broken + (met.get(rule) ?? 0))
  }
  const reconsidered = (deviation: Deviation): Deviation => {
    const suspects = deviation.rules.slice(0, deviation.accused)
    const rules = [
      ...suspects.sort((a, b) => suspicion(b) - suspicion(a)),
      ...deviation.rules.slice(deviation.accused),
    ]
    return { ...deviation, rule: rules[0] ?? deviation.rule, rules }
  }
  return {
    add(judgement) {
      for (const rules of judgement.met) for (const rule of rules) increment(met, rule)
      for (const { rules, accused: count } of judgement.deviations)
        for (const rule of rules.slice(0, count)) increment(accused, rule)
    },
    reconsider: (judgement) => ({ ...judgement, deviations: judgement.deviations.map(reconsidered) }),
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
