import { type ClauseFamily, clauses, familyOf } from '../catalogue.ts'
import type { Clause } from '../rule.ts'
import { aliases } from './aliases.ts'
import { reasons } from './reasons.ts'
import { unexercised } from './unexercised.ts'

/** A rule of the model, or of the catalogue only. */
export interface CatalogueRule extends Clause {
  readonly family: ClauseFamily
  /** Why it is not exercised: a sentence without a full stop; null if the model has it. */
  readonly reason: string | null
  /** Other ids of the same rule. */
  readonly also: readonly string[]
}

const alsoOf = (id: string) => aliases.filter(({ as }) => as === id).map((alias) => alias.id)

const implemented = clauses.map(
  (clause): CatalogueRule => ({
    ...plainly(clause),
    family: familyOf(clause.id) ?? 'common',
    reason: null,
  }),
)

const planned = Object.entries(unexercised).flatMap(([family, entries]) =>
  entries.map(
    (entry): CatalogueRule => ({
      ...plainly(entry),
      family: family as ClauseFamily,
      reason: reasons[entry.reason],
    }),
  ),
)

/** Every rule of the model and of the catalogue once, sorted by id. */
export const rules: readonly CatalogueRule[] = [...implemented, ...planned].sort((a, b) =>
  a.id < b.id ? -1 : 1,
)

const byId = new Map(rules.flatMap((rule) => [rule.id, ...rule.also].map((id) => [id, rule] as const)))

/** The rule of an id, or of another id of it; undefined if there is none. */
export const ruleOf = (id: string): CatalogueRule | undefined => byId.get(id)

function plainly({ id, strength, sentence, cites }: Clause) {
  return { id, strength, sentence, cites, also: alsoOf(id) }
}
