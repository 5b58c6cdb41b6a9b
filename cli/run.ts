import { Command, Option } from 'commander'
import type { Target } from '../harness/targets/target.ts'
import { applicable } from '../oracle/expectations/match.ts'
import type { TargetRecord } from '../oracle/run.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { environment } from './environment.ts'
import { type ExitStatus, exitStatus, statusOf } from './exit-status.ts'
import { chooseExpectations } from './expectations/choose.ts'
import { proposalWords, writeProposal } from './expectations/propose.ts'
import { chooseFamilies, families } from './families.ts'
import type { Io } from './io.ts'
import { isLitmusFile } from './litmus/read-litmus.ts'
import { runLitmusFiles } from './litmus/run-files.ts'
import { namedScenarios } from './named-scenarios.ts'
import { duration, SEED_MAX, shard, wholeNumber } from './numbers.ts'
import { addProbeOptions, chooseProfile, chooseTargets, collect, startOptions } from './probe-options.ts'
import { recordRun, withProblems } from './record-run.ts'
import { addReportOptions, chooseReports, formatHelp, writeReports } from './report-files.ts'
import { openRunFolder } from './run-folder.ts'
import { type RunOptions, runWords } from './run-options.ts'
import { type Campaigning, runTarget } from './run-target.ts'
import { shellWords } from './shell-words.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

/** `run`: generates scenarios, runs them on targets, judges what happened, and reports. */
export const runCommand: Subcommand = (io, done) => {
  const command = new Command('run')
    .description('Generate scenarios, run them on a target, judge what happened, and report.')
    .argument('[family...]', `what to test: ${families.join(', ')} (default: all), or .litmus files`)
  return addReportOptions(addProbeOptions(command))
    .option('--scenarios <n>', 'end after this many scenarios', wholeNumber('--scenarios', 1, 1e9))
    .option('--time <duration>', 'end after this time per target (default: 18s)', duration('--time'))
    .option(
      '--stop-after <n>',
      'end early once so many scenarios have deviated (default: 1000)',
      wholeNumber('--stop-after', 1, 1e9),
    )
    .option('--seed <n>', 'repeat the run of this seed (default: random)', wholeNumber('--seed', 0, SEED_MAX))
    .option(
      '--shard <k/n>',
      'only the K-th of N parts; the N parts of a seed make up its whole run, `report` joins them',
      shard('--shard'),
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'stepped: one call at a time; overlapping: all actors at once, on several processors',
      )
        .choices(['stepped', 'overlapping'])
        .default('stepped'),
    )
    .option(
      '--expectations <file>',
      'YAML file of known deviations, or none (default: what this package knows of the target)',
    )
    .option('--update-expectations', 'write proposals beside the expectations: what to add, what to delete')
    .option('--report <format[=file]>', `${formatHelp}; may be repeated`, collect)
    .option('--json', 'the same as --report json')
    .option('--out <dir>', 'store the run here (default: runs/DATE-SEED once something deviates)')
    .option('--no-reproducers', 'make no C programs of what deviates')
    .option(
      '--exhaustive',
      'run all short programs of a small alphabet of calls, in place of random scenarios',
    )
    .option(
      '--max-steps <n>',
      'with --exhaustive: calls of the longest programs',
      wholeNumber('--max-steps', 1, 12),
    )
    .option(
      '--repeat <n>',
      'run each litmus test so often in all (default: every order of its calls once), or each overlapping program (default: 20)',
      wholeNumber('--repeat', 1, 1e7),
    )
    .addHelpText(
      'after',
      '\nExample: ipc-oracle run semaphores messages --time 60s --seed 7 --report json=run.json',
    )
    .action(async (words: string[], options: RunOptions) => done(await run(words, options, io)))
}

async function run(words: readonly string[], options: RunOptions, io: Io): Promise<ExitStatus> {
  if (words.some(isLitmusFile)) return runLitmusFiles(words, options, io)
  const overlaps = options.mode === 'overlapping'
  if (options.repeat !== undefined && !overlaps)
    throw new UsageError('--repeat takes .litmus files or --mode overlapping; name some.')
  const chosen = chooseFamilies(words, 'run')
  const targets = chooseTargets(options, 'run')
  const starts = []
  for (const target of targets) {
    if (overlaps && !target.understands.includes('spread'))
      throw new UsageError(`target ${target.name} cannot run calls that overlap.`)
    const start = startOptions(options, target)
    starts.push({ target, start, ...(await chooseExpectations(options.expectations, target.name)) })
  }
  const profile = chooseProfile(options.profile, 'run')
  refuseContradictions(options)
  const budget = budgetOf(options)
  const seed = options.seed ?? (options.exhaustive ? 0 : Math.floor(Math.random() * SEED_MAX))
  const started = new Date()
  const named = overlaps ? [] : namedScenarios(chosen)
  const reports = await chooseReports([...(options.report ?? []), ...(options.json ? ['json'] : [])])
  const folder = await openRunFolder(options.out, started, seed)

  const campaigning: Campaigning = { families: chosen, profile, budget, seed, named, folder, options }
  const ran = []
  for (const { target, start, entries } of starts) {
    const inProfile = applicable(entries, '', profile.name)
    const done = await runTarget(target, start, inProfile, campaigning, io)
    ran.push({ ...done, expected: applicable(inProfile, versionOf(done.record), profile.name) })
  }

  const command = `${io.self} ${shellWords(runWords(chosen, options, seed))}`
  const judged = recordRun({
    ...campaigning,
    started,
    command,
    interrupted: io.stop.aborted,
    ran,
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  })
  const complete = () => (options.out === undefined ? judged : withProblems(judged, folder.problems()))
  await folder.finish(complete(), environment(judged, ran))
  const record = complete()
  if (record === judged) for (const problem of folder.problems()) io.err(`ipc-oracle: ${problem}\n`)
  if (options.updateExpectations) await proposeAll(starts, record, io)
  const reported = await writeReports(reports, record, options, io)
  if (folder.path() !== '' && folder.problems().length === 0)
    io.err(`The run is stored in ${folder.path()}.\n`)
  const status = statusOf(record)
  return status === exitStatus.conforms && !reported ? exitStatus.inconclusive : status
}

async function proposeAll(
  starts: readonly { readonly target: Target; readonly file: string | null }[],
  run: ReportedRun,
  io: Io,
): Promise<void> {
  for (const { target, file } of starts) {
    const record = run.targets.find(({ name }) => name === target.name)
    if (record === undefined) continue
    const proposal = await writeProposal(file, record, run.staleExpectations ?? [], run.profile)
    io.err(proposalWords(proposal, target.name))
  }
}

const versionOf = ({ version, kernel }: TargetRecord) => version ?? kernel

function refuseContradictions({ exhaustive, maxSteps, scenarios, seed, shard, mode }: RunOptions): void {
  if (mode === 'overlapping' && (exhaustive || shard !== undefined))
    throw new UsageError('--mode overlapping has neither --exhaustive nor --shard; leave them out.')
  if (exhaustive === undefined && maxSteps !== undefined)
    throw new UsageError('--max-steps belongs to --exhaustive; give that too, or leave it out.')
  if (exhaustive && scenarios !== undefined)
    throw new UsageError('--exhaustive runs all programs of a length: bound it with --max-steps or --time.')
  if (exhaustive && seed !== undefined)
    throw new UsageError('--exhaustive leaves nothing to chance: leave out --seed.')
  if (exhaustive && shard !== undefined)
    throw new UsageError('--exhaustive has no --shard: split it by naming families.')
  if (shard !== undefined && seed === undefined)
    throw new UsageError('--shard needs --seed N, the same for every part.')
}

function budgetOf({ scenarios, time }: RunOptions): Campaigning['budget'] {
  if (scenarios !== undefined && time !== undefined)
    throw new UsageError('give either --scenarios or --time, not both.')
  return scenarios === undefined ? { seconds: time ?? TIME_USUAL } : { scenarios }
}

/** Seconds. */
const TIME_USUAL = 18
