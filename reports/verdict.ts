import type { RunRecord } from '../oracle/run.ts'
import type { ReportedRun } from './reported-run.ts'

/** What a run comes to, from all that it and its targets hold. */
export function verdictOf(run: Omit<ReportedRun, 'verdict'>): RunRecord['verdict'] {
  const { targets, interrupted, staleExpectations = [], problems = [] } = run
  const deviates = targets.some(({ deviations }) => deviations.some(({ expected }) => !expected))
  if (deviates || staleExpectations.length > 0) return 'deviates'
  const ran = targets.filter(({ skipped }) => skipped === undefined)
  const isSettled = ran.every(
    ({ scenarios, inconclusive, errors }) =>
      scenarios > 0 && inconclusive.length === 0 && errors.length === 0,
  )
  return isSettled && ran.length > 0 && !interrupted && problems.length === 0 ? 'conforms' : 'inconclusive'
}
