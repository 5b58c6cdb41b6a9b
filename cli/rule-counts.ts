import { mayBeMissed } from '../model/catalogue/may-be-missed.ts'
import type { CatalogueRule } from '../model/catalogue/rules.ts'
import type { RunRecord } from '../oracle/run.ts'

/** How often a rule was exercised and met over all targets of a run. */
export interface Count {
  readonly exercised: number
  readonly met: number
}

export type Counts = ReadonlyMap<string, Count>

export const countsOf = (run: RunRecord): Counts => {
  const counts = new Map<string, Count>()
  for (const { rules } of run.targets)
    for (const [id, { exercised, met }] of Object.entries(rules.counts ?? {})) {
      const sum = counts.get(id) ?? none
      counts.set(id, { exercised: sum.exercised + exercised, met: sum.met + met })
    }
  return counts
}

export const none: Count = { exercised: 0, met: 0 }

/** Why no step of the run (null: of any run) exercised the rule: a sentence without a full stop. */
export function whyUntested({ id, family, reason }: CatalogueRule, run: RunRecord | null): string {
  const isLeftOut = run !== null && family !== 'common' && !run.families.includes(family)
  return (
    reason ?? mayBeMissed[id] ?? (isLeftOut ? 'the run left out this family' : 'a longer run may come to it')
  )
}
