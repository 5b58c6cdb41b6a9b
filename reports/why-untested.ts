import { mayBeMissed } from '../model/catalogue/may-be-missed.ts'
import type { CatalogueRule } from '../model/catalogue/rules.ts'
import type { RunRecord } from '../oracle/run.ts'

/** Why no step of the run (null: of any run) exercised the rule: a sentence without a full stop. */
export function whyUntested(
  { id, family, reason }: Pick<CatalogueRule, 'id' | 'family' | 'reason'>,
  run: Pick<RunRecord, 'families'> | null,
): string {
  const isLeftOut = run !== null && family !== 'common' && !run.families.includes(family)
  return (
    reason ?? mayBeMissed[id] ?? (isLeftOut ? 'the run left out this family' : 'a longer run may come to it')
  )
}
