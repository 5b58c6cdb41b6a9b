import { Command } from 'commander'
import { formats } from '../reports/formats.ts'
import { joinRuns, type NamedRun } from '../reports/join-runs.ts'
import { readRun } from '../reports/read-run.ts'
import { choose } from './choices.ts'
import { statusOf } from './exit-status.ts'
import { compareCommand } from './report-compare.ts'
import { addReportOptions, formatOptions, type ReportOptions } from './report-files.ts'
import type { Subcommand } from './subcommand.ts'

/** `report`: reports old runs again, several of them as one. */
export const reportCommand: Subcommand = (io, done) =>
  addReportOptions(
    new Command('report')
      .description(
        'Report an old run again, or several as one: the shards of a run, or runs on several targets. The exit status is that of the run, of joined runs that of all together.',
      )
      .addCommand(compareCommand(io, done))
      .argument('<run...>', 'the folder of each run, or its run.json')
      .option(
        '--as <format>',
        formats.map(({ name, summary }) => `${name}: ${summary}`).join('; '),
        'console',
      ),
  )
    .addHelpText(
      'after',
      '\nA joined run conforms only if all shards are there. It can be stored with --as json, and reported or joined again.\n\nExample: ipc-oracle report shards/1 shards/2 shards/3 --as junit',
    )
    .action(async (paths: string[], options: ReportOptions & { readonly as: string }) => {
      const format = choose('report format', options.as, formats, 'report')
      const named: NamedRun[] = []
      for (const path of paths) named.push({ path, run: await readRun(path) })
      const run = joinRuns(named as [NamedRun, ...NamedRun[]])
      io.out(format.render(run, { ...io.style, ...formatOptions(options) }))
      done(statusOf(run))
    })
