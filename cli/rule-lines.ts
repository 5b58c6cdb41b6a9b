import type { CatalogueRule } from '../model/catalogue/rules.ts'
import type { Clause } from '../model/rule.ts'
import { paint, type Style } from '../reports/style.ts'
import { hanging, numberWords } from '../reports/wrap.ts'
import { type Counts, none } from './rule-counts.ts'
import { holds } from './rule-profiles.ts'

/** A rule on several lines: what the profiles make of it, how far it is exercised, what it says, its sources. */
export const ruleLines = (rule: CatalogueRule, counts: Counts | null, style: Style): readonly string[] => [
  `${paint(style).bold(rule.id)}  ${paint(style).dim(profileWords(rule))}`,
  ...hanging('    ', statusWords(rule, counts), style.columns),
  ...clauseLines(rule, style),
]

function profileWords(rule: Clause): string {
  const { posix, linux } = holds(rule)
  return `posix ${posix}, linux ${linux}`
}

/** Whether the rule is exercised at all, and how far by the run. */
function statusWords({ id, also, reason }: CatalogueRule, counts: Counts | null): string {
  const { exercised, met } = counts?.get(id) ?? none
  const often = counts === null ? '' : `, exercised ${numberWords(exercised)}, met ${numberWords(met)}`
  const same = also.length === 0 ? '' : `; the same as ${also.join(', ')}`
  return `${reason === null ? `implemented${often}` : `not exercised: ${reason}`}${same}`
}

/** The sentence of a clause and where it comes from. */
export const clauseLines = ({ sentence, cites }: Clause, style: Style): readonly string[] => [
  ...hanging('    ', sentence, style.columns),
  ...cites.flatMap((source) => hanging('    - ', source, style.columns).map(paint(style).dim)),
]
