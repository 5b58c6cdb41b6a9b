import type { Shard } from '../oracle/run.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { verdictOf } from '../reports/verdict.ts'
import { type Expectation, markExpected, staleExpectations } from './expectations.ts'
import type { Campaigning, Ran } from './run-target.ts'

export interface FinishedRun extends Pick<Campaigning, 'families' | 'profile' | 'seed'> {
  readonly started: Date
  readonly command: string
  readonly interrupted: boolean
  readonly ran: readonly Ran[]
  readonly expectations: readonly Expectation[]
  readonly shard?: Shard
}

/** The record of a run: its verdict over all targets, with what was expected to deviate. */
export function recordRun(finished: FinishedRun): ReportedRun {
  const { families, profile, seed, started, command, interrupted, ran, expectations, shard } = finished
  const targets = ran.map(({ record }) => markExpected(record, expectations))
  const stale = interrupted ? [] : staleExpectations(targets, expectations)
  const run: ReportedRun = {
    verdict: 'conforms',
    seed,
    profile: profile.name,
    families,
    started: started.toISOString(),
    interrupted,
    command,
    targets,
    ...(stale.length === 0
      ? {}
      : { [shard === undefined ? 'staleExpectations' : 'unseenExpectations']: stale }),
    ...(shard === undefined ? {} : { shard }),
  }
  return { ...run, verdict: verdictOf(run) }
}

/** The run with what could not be stored of it; it then never counts as conforming. */
export const withProblems = (run: ReportedRun, problems: readonly string[]): ReportedRun =>
  problems.length === 0 ? run : { ...run, problems, verdict: verdictOf({ ...run, problems }) }
