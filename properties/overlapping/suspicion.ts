import type { HistoryJudgement } from '../../oracle/histories/history.ts'
import type { Symptom } from '../agreement/campaign-options.ts'
import type { RuleCounts } from '../agreement/tally.ts'

/** Which rule is broken, told from all runs: the one that bore on what could not be explained, and was seldom met elsewhere. */
export interface Suspicion {
  add(judgement: HistoryJudgement): void
  /** The rules of a judgement, the most suspicious first. */
  ordered(judgement: HistoryJudgement): readonly string[]
}

/**
 * `counts`: how often each rule was met so far. Ochiai's coefficient, as in `spectrum.ts` of calls made one at a time. Rules that
 * are `known` to be broken come first unless most have met them, and are accused of their `symptoms` where they were used.
 */
export function createSuspicion(
  counts: RuleCounts,
  known: ReadonlySet<string> = new Set(),
  symptoms: readonly Symptom[] = [],
): Suspicion {
  const accused = new Map<string, number>()
  const suspicion = (rule: string): number => {
    const broken = accused.get(rule) ?? 0
    const met = counts.get(rule)?.met ?? 0
    const coefficient = broken === 0 ? 0 : broken / Math.sqrt(broken + met)
    return known.has(rule) && broken > met ? KNOWN + coefficient : coefficient
  }
  const causeOf = (rule: string | undefined, { order, stuck }: HistoryJudgement): string | undefined => {
    const used = new Set([...order.flatMap(({ rules }) => rules), ...(stuck?.rules ?? [])])
    return symptoms
      .filter(({ seenAs }) => rule !== undefined && seenAs.includes(rule))
      .flatMap(({ causes }) => causes)
      .find((cause) => used.has(cause))
  }
  return {
    add({ stuck }) {
      for (const rule of stuck?.rules ?? []) accused.set(rule, (accused.get(rule) ?? 0) + 1)
    },
    ordered(judgement) {
      const { stuck } = judgement
      const rules = [...(stuck?.rules ?? [])].sort((a, b) => suspicion(b) - suspicion(a))
      const cause = causeOf(rules[0], judgement)
      return cause === undefined ? rules : [...new Set([cause, ...rules])]
    },
  }
}

/** More than any coefficient. */
const KNOWN = 1e9
