import { arch, cpus, release, totalmem, type, version } from 'node:os'
import type { ReportedRun } from '../reports/reported-run.ts'
import type { Ran } from './run-target.ts'
import { ownVersion } from './version.ts'

/** Where a run took place: what somebody else needs to know to repeat it. */
export const environment = ({ command, started, seed }: ReportedRun, ran: readonly Ran[]) => ({
  ipcOracle: ownVersion(),
  node: process.versions.node,
  system: `${type()} ${release()} ${version()}`,
  arch: arch(),
  processors: cpus().length,
  memoryBytes: totalmem(),
  command,
  started,
  seed,
  probes: ran.map(({ record, hello }) => ({ target: record.name, hello })),
})
