import { type ClauseFamily, familyOf } from '../model/catalogue.ts'
import type { Family } from '../model/vocabulary/shape.ts'
import type { TargetRecord } from '../oracle/run.ts'

/** The rules of the chosen families, and those of every IPC object if one of them has such objects. */
export function narrowRules(
  rules: TargetRecord['rules'],
  families: readonly Family[],
): TargetRecord['rules'] {
  const wanted: readonly (ClauseFamily | undefined)[] = families.some((family) => family !== 'processes')
    ? [...families, 'common']
    : families
  const counts = Object.entries(rules.counts).filter(([rule]) => wanted.includes(familyOf(rule)))
  return {
    exercised: counts.filter(([, { exercised }]) => exercised > 0).length,
    met: counts.filter(([, { met }]) => met > 0).length,
    total: counts.length,
    untested: counts.filter(([, { exercised }]) => exercised === 0).map(([rule]) => rule),
    counts: Object.fromEntries(counts),
  }
}
