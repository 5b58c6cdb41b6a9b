import { Command } from 'commander'
import { formats } from '../reports/formats.ts'
import { readRun } from '../reports/read-run.ts'
import { choose } from './choices.ts'
import { statusOf } from './exit-status.ts'
import type { Subcommand } from './subcommand.ts'

/** `report`: reports an old run again. */
export const reportCommand: Subcommand = (io, done) =>
  new Command('report')
    .description('Report an old run again. The exit status is that of the run.')
    .argument('<run>', 'the folder of a run, or its run.json')
    .option('--as <format>', formats.map(({ name, summary }) => `${name}: ${summary}`).join('; '), 'console')
    .option('--verbose', 'list the rules that were not tested')
    .addHelpText('after', '\nExample: ipc-oracle report runs/nightly --as json')
    .action(async (path: string, options: { readonly as: string; readonly verbose?: true }) => {
      const format = choose('report format', options.as, formats, 'report')
      const run = await readRun(path)
      io.out(format.render(run, { ...io.style, verbose: options.verbose === true }))
      done(statusOf(run))
    })
