import { type Setup, simplerSetups } from '../harness/targets/simpler.ts'
import type { Profile } from '../model/profile.ts'
import { covers, type ExpectedDeviation } from '../oracle/expectations/expected-deviation.ts'
import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import { attribute } from '../properties/attribution/attribute.ts'

export interface Blaming {
  readonly profile: Profile
  readonly expected: readonly ExpectedDeviation[]
  /** It runs 32-bit programs. */
  readonly narrow: boolean
  readonly stop: AbortSignal
}

/** Milliseconds for all deviations of a target. */
const TIME = 20_000

/** The record with whose doing each deviation is; those that are not expected go first, for the time is bounded. */
export async function blamed(
  record: TargetRecord,
  setup: Setup,
  { profile, expected, narrow, stop }: Blaming,
): Promise<TargetRecord> {
  const { deviations } = record
  if (deviations.length === 0) return record
  const isExpected = ({ rule }: DeviationRecord) => expected.some((entry) => covers(entry, rule))
  const order = deviations.toSorted((a, b) => Number(isExpected(a)) - Number(isExpected(b)))
  const attributed = await attribute(order, {
    ...{ profile, setup, simpler: simplerSetups(setup), narrow, stop, milliseconds: TIME },
  })
  return { ...record, deviations: deviations.map((each) => attributed[order.indexOf(each)] ?? each) }
}
