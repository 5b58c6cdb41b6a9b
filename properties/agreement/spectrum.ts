import type { Deviation, Judgement } from '../../oracle/verdict.ts'
import type { Symptom } from './campaign-options.ts'
import type { RuleCounts } from './tally.ts'

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

/**
 * `counts`: how often each rule was met in the run, as far as it is known when the spectrum is asked. Rules that are
 * `known` to be broken are accused before all others, so that nobody looks for a second cause; and where one was
 * exercised before, it is accused of its `symptoms`.
 */
export function createSpectrum(
  counts: RuleCounts,
  known: readonly string[] = [],
  symptoms: readonly Symptom[] = [],
): Spectrum {
  const accused = new Map<string, number>()
  const suspicion = (rule: string): number => {
    if (known.includes(rule)) return Number.MAX_VALUE
    const broken = accused.get(rule) ?? 0
    return broken === 0 ? 0 : broken / Math.sqrt(broken + (counts.get(rule)?.met ?? 0))
  }
  const causeOf = (rule: string, before: ReadonlySet<string>): string | undefined =>
    symptoms
      .filter(({ seenAs }) => seenAs.includes(rule))
      .flatMap(({ causes }) => causes)
      .find((cause) => before.has(cause))
  const reconsidered = (deviation: Deviation, exercised: Judgement['exercised']): Deviation => {
    const suspects = deviation.rules.slice(0, deviation.accused)
    const rules = [
      ...suspects.sort((a, b) => suspicion(b) - suspicion(a)),
      ...deviation.rules.slice(deviation.accused),
    ]
    const rule = rules[0] ?? deviation.rule
    const cause = causeOf(rule, new Set(exercised.slice(0, deviation.step + 1).flat()))
    return cause === undefined || known.includes(rule)
      ? { ...deviation, rule, rules }
      : { ...deviation, rule: cause, rules: [...new Set([cause, ...rules])] }
  }
  return {
    add(judgement) {
      for (const { rules, accused: count } of judgement.deviations)
        for (const rule of rules.slice(0, count)) accused.set(rule, (accused.get(rule) ?? 0) + 1)
    },
    reconsider: (judgement) => ({
      ...judgement,
      deviations: judgement.deviations.map((each) => reconsidered(each, judgement.exercised)),
    }),
  }
}
