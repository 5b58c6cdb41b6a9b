import { type ClauseFamily, familyOf } from '../model/catalogue.ts'
import type { TargetRecord } from '../oracle/run.ts'

/** How much of a family's rules a run reached: `met` of `exercised` of `total`. */
export interface Coverage {
  readonly family: string
  readonly exercised: number
  readonly met: number
  readonly total: number
}

/** The coverage of each family that has rules here, in the order of the families. */
export function coverage({ counts, untested }: TargetRecord['rules']): readonly Coverage[] {
  const rules = [...new Set([...Object.keys(counts), ...untested])]
  return families.flatMap((family) => {
    const own = rules.filter((rule) => (familyOf(rule) ?? 'common') === family)
    if (own.length === 0) return []
    const exercised = own.filter((rule) => (counts[rule]?.exercised ?? 0) > 0).length
    const met = own.filter((rule) => (counts[rule]?.met ?? 0) > 0).length
    return [{ family, exercised, met, total: own.length }]
  })
}

/** In the order in which reports show them. */
export const families: readonly ClauseFamily[] = [
  ...(['semaphores', 'messages', 'shared-memory', 'processes', 'common'] as const),
]
