import { Command } from 'commander'
import { compareRuns, type RunComparison } from '../reports/compare-runs.ts'
import { comparisonText } from '../reports/comparison-text.ts'
import { readRun } from '../reports/read-run.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import type { Io } from './io.ts'

/** `report compare`: what changed between two runs. */
export const compareCommand = (io: Io, done: (status: ExitStatus) => void): Command =>
  new Command('compare')
    .description(
      'Show what changed between two runs (kernels, versions): which rules deviate now and did not, which no more, which still.',
    )
    .argument('<before>', 'the folder of the first run, or its run.json')
    .argument('<now>', 'that of the second one')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The exit status is 0 if nothing new deviates, 1 if something does, and 3 if that cannot be told: a rule that deviated was not
exercised again, a target is missing, or something was not settled.

Example: ipc-oracle report compare runs/6.1 runs/6.12`,
    )
    .action(async (before: string, now: string, { json }: { readonly json?: true }) => {
      const comparison = compareRuns(await readRun(before), await readRun(now))
      io.out(
        json === true ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonText(comparison, io.style),
      )
      done(statuses[comparison.verdict])
    })

const statuses: Readonly<Record<RunComparison['verdict'], ExitStatus>> = {
  'no worse': exitStatus.conforms,
  worse: exitStatus.deviates,
  unclear: exitStatus.inconclusive,
}
