import { familyOf } from '../model/catalogue.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import { callNamed } from '../oracle/breaking.ts'
import type { TargetRecord } from '../oracle/run.ts'
import { classificationWord } from './classification-text.ts'
import { coverage } from './coverage.ts'
import type { ReportedRun } from './reported-run.ts'

/** How the rules of a family fared on a target; a rule is counted once, the first that applies from right to left. */
export interface MatrixCell {
  readonly family: string
  readonly met: number
  /** Rules that were not exercised, or only in steps that deviated by another rule. */
  readonly unsettled: number
  /** Rules of calls that the target does not have. */
  readonly missing: number
  /** Rules that at least one deviation is blamed on. */
  readonly deviating: number
}

export interface MatrixRow {
  readonly target: string
  /** Why it was skipped, or why it says nothing; empty if it ran. */
  readonly idle: string
  readonly cells: readonly MatrixCell[]
  /** The profiles that it satisfies, '' where that was not told. */
  readonly satisfies: string
}

/** Target by family by what became of the rules. */
export const matrixOf = ({ targets }: ReportedRun): readonly MatrixRow[] =>
  targets.map((target) => ({
    target: target.name,
    idle: target.scenarios > 0 ? '' : (target.skipped ?? target.errors[0] ?? 'no scenario was run'),
    cells: target.scenarios > 0 ? cellsOf(target) : [],
    satisfies: target.scenarios > 0 ? classificationWord(target) : '',
  }))

const cellsOf = ({ rules, deviations, missing = [] }: TargetRecord): readonly MatrixCell[] =>
  coverage(rules).map(({ family, total }) => {
    const deviating = new Set(
      deviations.map(({ rule }) => rule).filter((rule) => familyOfBlamed(rule) === family),
    )
    const own = Object.entries(rules.counts).filter(
      ([rule]) => (familyOf(rule) ?? 'common') === family && !deviating.has(rule),
    )
    const lacking = own.filter(([rule]) => isAbout(rule, missing)).length
    const met = own.filter(([rule, count]) => count.met > 0 && !isAbout(rule, missing)).length
    const known = own.length + [...deviating].filter((rule) => rule in rules.counts).length
    return {
      ...{ family, met, missing: lacking, deviating: deviating.size },
      unsettled: own.length - met - lacking + (total - known),
    }
  })

/** A deviation that no rule explains is named after its call. */
const familyOfBlamed = (rule: string) => familyOf(rule) ?? familyOfCall(rule) ?? 'common'

const familyOfCall = (rule: string) => {
  const form = callNamed(rule)
  return form === undefined ? undefined : formOf(form).family
}

/** Whether the rule is about one of these calls: its id begins with the name. */
const isAbout = (rule: string, calls: readonly string[]) => calls.some((call) => rule.startsWith(`${call}.`))
