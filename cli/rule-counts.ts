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
