import type { Classification, DeviationRecord, RunRecord, TargetRecord } from './run.ts'

/**
 * Which profiles the target satisfies, as far as the run tells. What conforms to profile linux conforms to profile posix too,
 * so that only what deviates has to be asked about there; what conforms to posix may be anything to linux.
 */
export function classify(
  { scenarios, deviations, inconclusive, errors }: Omit<TargetRecord, 'satisfies'>,
  profile: RunRecord['profile'],
): Classification {
  const isSettled = scenarios > 0 && inconclusive.length === 0 && errors.length === 0
  const unlessOpen = isSettled ? 'yes' : 'open'
  const own = deviations.length > 0 ? 'no' : unlessOpen
  if (profile === 'posix') return { linux: own === 'no' ? 'no' : 'open', posix: own }
  const said = deviations.map(({ posix }) => posix?.verdict ?? 'inconclusive')
  const wider = said.includes('deviates') ? 'no' : said.includes('inconclusive') ? 'open' : unlessOpen
  return { linux: own, posix: wider }
}

/** Whether the first of two findings by one rule tells more: what no profile allows, then the shorter scenario. */
export function tellsMore(one: DeviationRecord, other: DeviationRecord): boolean {
  const breaks = ({ posix }: DeviationRecord) => Number(posix === undefined || posix.verdict === 'deviates')
  return breaks(one) === breaks(other)
    ? one.scenario.length < other.scenario.length
    : breaks(one) > breaks(other)
}
