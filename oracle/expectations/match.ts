import { isBreaking } from '../breaking.ts'
import type { TargetRecord } from '../run.ts'
import { covers, type ExpectedDeviation, scenarioName } from './expected-deviation.ts'
import { isWithin } from './versions.ts'

/** The entries that are about this version of a target in this profile. */
export const applicable = (
  entries: readonly ExpectedDeviation[],
  version: string,
  profile: string,
): readonly ExpectedDeviation[] =>
  entries.filter(
    ({ since, until, profiles }) => isWithin(version, since, until) && profiles.includes(profile),
  )

/** Marks the deviations that are expected, with the reason. */
export const markExpected = (target: TargetRecord, entries: readonly ExpectedDeviation[]): TargetRecord => ({
  ...target,
  deviations: target.deviations.map((found) => {
    const entry = entries.find((each) => covers(each, found.rule))
    return entry === undefined
      ? { ...found, expected: false }
      : { ...found, expected: true, reason: entry.reason, link: entry.link }
  }),
})

/**
 * The entries that the target has outgrown: no deviation that they cover occurs any more, although the scenario that
 * shows it ran or, where there is none, the rule was exercised. A run of calls that overlap goes around what is expected.
 */
export const outgrown = (
  target: TargetRecord,
  entries: readonly ExpectedDeviation[],
): readonly ExpectedDeviation[] =>
  entries.filter(
    (entry) =>
      target.overlapped === undefined &&
      target.deviations.every(({ rule }) => !covers(entry, rule)) &&
      (entry.scenario === '' ? isExercised(target, entry) : conforms(target, entry)),
  )

const isExercised = ({ rules }: TargetRecord, entry: ExpectedDeviation) =>
  Object.entries(rules.counts).some(([id, { exercised }]) => exercised > 0 && covers(entry, id))

/** A scenario that was to bring the target down and was judged did not. */
const conforms = ({ shown = {} }: TargetRecord, entry: ExpectedDeviation) => {
  const verdict = shown[scenarioName(entry)]
  return entry.rules.every(isBreaking) ? verdict !== undefined : verdict === 'conforms'
}
