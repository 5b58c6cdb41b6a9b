import { SOMETIMES } from '../breaking.ts'
import type { TargetRecord } from '../run.ts'
import { covers, type ExpectedDeviation } from './expected-deviation.ts'

/**
 * What became of the mishaps of a target: where it is known to break sometimes, they are among the conditions of the run. Elsewhere
 * they leave it inconclusive, for nobody knows whether the target or the harness is at fault.
 */
export function accountForMishaps(
  record: TargetRecord,
  expected: readonly ExpectedDeviation[],
): TargetRecord {
  const { mishaps = [], conditions, errors, inconclusive } = record
  if (mishaps.length === 0) return record
  const entry = expected.find((each) => covers(each, SOMETIMES))
  if (entry === undefined) {
    const open = mishaps.flatMap(({ scenario, reason }) =>
      scenario === undefined ? [] : [{ scenario, reason }],
    )
    const sentences = mishaps.filter(({ scenario }) => scenario === undefined).map(({ reason }) => reason)
    return { ...record, errors: [...errors, ...sentences], inconclusive: [...inconclusive, ...open] }
  }
  const times = mishaps.length === 1 ? 'once' : `${mishaps.length} times`
  return {
    ...record,
    conditions: [
      ...conditions,
      `the target broke ${times} without a scenario that does it again: ${entry.reason}`,
    ],
  }
}
