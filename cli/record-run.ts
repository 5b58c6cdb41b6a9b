import { classify } from '../oracle/classification.ts'
import type { ExpectedDeviation } from '../oracle/expectations/expected-deviation.ts'
import { markExpected, outgrown } from '../oracle/expectations/match.ts'
import type { Shard } from '../oracle/run.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { verdictOf } from '../reports/verdict.ts'
import type { Campaigning, Ran } from './run-target.ts'

/** A target that ran, and what was expected to deviate there. */
export interface RanAsExpected extends Ran {
  readonly expected: readonly ExpectedDeviation[]
}

export interface FinishedRun extends Pick<Campaigning, 'families' | 'profile' | 'seed'> {
  readonly started: Date
  readonly command: string
  readonly interrupted: boolean
  readonly ran: readonly RanAsExpected[]
  readonly shard?: Shard
}

/** The record of a run: its verdict over all targets, with what was expected to deviate. */
export function recordRun(finished: FinishedRun): ReportedRun {
  const { families, profile, seed, started, command, interrupted, ran, shard } = finished
  const targets = ran.map(({ record, expected }) => {
    const marked = markExpected(record, expected)
    return record.scenarios > 0 ? { ...marked, satisfies: classify(marked, profile.name) } : marked
  })
  const stale = interrupted
    ? []
    : ran.flatMap(({ record, expected }) =>
        outgrown(record, expected).map(({ rules, reason, at }) => ({
          rule: rules.join(', '),
          at,
          text: reason,
          target: record.name,
        })),
      )
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
