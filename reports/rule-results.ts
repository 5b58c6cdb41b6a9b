import { ruleOf } from '../model/catalogue/rules.ts'
import { type ClauseFamily, clauseOf, familyOf } from '../model/catalogue.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import { callNamed } from '../oracle/breaking.ts'
import type { DeviationRecord, RunRecord, TargetRecord } from '../oracle/run.ts'
import { families } from './coverage.ts'
import { whyUntested } from './why-untested.ts'

/** What a run says about one rule on one target. */
export interface RuleResult {
  /** The id of the rule; that of a call where a deviation has no rule. */
  readonly rule: string
  readonly family: ClauseFamily
  /** `unsettled`: exercised, but only where something else deviates or stays open. */
  readonly is: 'met' | 'deviates' | 'expected' | 'untested' | 'unsettled'
  readonly sentence: string
  readonly cites: readonly string[]
  readonly exercised: number
  readonly met: number
  readonly found: readonly DeviationRecord[]
  /** Why it was not tested or settled: a sentence without a full stop, else ''. */
  readonly reason: string
}

/** The results of each family that has rules on this target, in the order of the families, by rule. */
export function familyResults(
  target: TargetRecord,
  run: Pick<RunRecord, 'families'>,
): readonly { readonly family: ClauseFamily; readonly results: readonly RuleResult[] }[] {
  const { counts, untested } = target.rules
  const rules = [
    ...new Set([...Object.keys(counts), ...untested, ...target.deviations.map(({ rule }) => rule)]),
  ].sort()
  const results = rules.map((rule) => resultOf(rule, target, run))
  return families.flatMap((family) => {
    const own = results.filter((result) => result.family === family)
    return own.length === 0 ? [] : [{ family, results: own }]
  })
}

function resultOf(rule: string, target: TargetRecord, run: Pick<RunRecord, 'families'>): RuleResult {
  const { exercised, met } = target.rules.counts[rule] ?? { exercised: 0, met: 0 }
  const found = target.deviations.filter((each) => each.rule === rule)
  const clause = clauseOf(rule)
  const result: Omit<RuleResult, 'is' | 'reason'> = {
    ...{ rule, family: familyOfRule(rule), exercised, met, found },
    sentence: clause?.sentence ?? found[0]?.sentence ?? '',
    cites: clause?.cites ?? found[0]?.cites ?? [],
  }
  if (found.length > 0)
    return { ...result, is: found.every(({ expected }) => expected) ? 'expected' : 'deviates', reason: '' }
  if (exercised === 0)
    return {
      ...result,
      is: 'untested',
      reason: whyUntested({ id: rule, family: result.family, reason: ruleOf(rule)?.reason ?? null }, run),
    }
  if (met > 0) return { ...result, is: 'met', reason: '' }
  return {
    ...result,
    is: 'unsettled',
    reason: 'it was exercised only where another rule deviates or something stays open',
  }
}

/** The family of a rule, or of the call by which a deviation without a rule goes. */
export const familyOfRule = (rule: string): ClauseFamily => familyOf(rule) ?? familyOfCall(rule)

const familyOfCall = (rule: string): ClauseFamily => {
  const call = callNamed(rule)
  return call === undefined ? 'common' : formOf(call).family
}
