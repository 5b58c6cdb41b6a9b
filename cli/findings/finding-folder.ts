import type { DeviationRecord, TargetRecord } from '../../oracle/run.ts'
import type { ReportedRun } from '../../reports/reported-run.ts'

/** The files of a finding's folder: what was done, what was seen, what is said about it, and where. */
export const FINDING = 'finding.scenario'
export const TRACE = 'trace.ndjson'
export const VERDICT = 'verdict.json'
export const ENVIRONMENT = 'environment.json'
/** Who slept when, and what the objects were: a space-time diagram. */
export const PICTURE = 'picture.svg'
/** A C program that shows it. */
export const REPRODUCER = 'reproducer.c'
/** One that could not be shown to be right. */
export const UNCONFIRMED = 'reproducer.unconfirmed.c'

/** What `verdict.json` says: the finding, and where it was found. */
export const verdictOfFinding = (
  { profile, seed }: ReportedRun,
  { name, kernel, libc, arch, version, start }: TargetRecord,
  deviation: DeviationRecord,
): object => ({
  target: {
    name,
    kernel,
    libc,
    arch,
    ...(version === undefined ? {} : { version }),
    ...(start === undefined ? {} : { start }),
  },
  profile,
  seed,
  ...deviation,
})
