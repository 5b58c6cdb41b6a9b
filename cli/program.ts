import { Command, CommanderError } from 'commander'
import { HarnessError } from '../harness/problems.ts'
import { ScenarioSyntaxError } from '../model/vocabulary/text/parse.ts'
import { TraceError } from '../oracle/trace/trace-error.ts'
import { RunError } from '../reports/read-run.ts'
import { checkCommand } from './check.ts'
import { claimsCommand } from './claims.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import { explainCommand } from './explain/explain.ts'
import type { Io } from './io.ts'
import { recordCommand } from './record.ts'
import { replayCommand } from './replay.ts'
import { reportCommand } from './report.ts'
import { reproduceCommand } from './reproduce.ts'
import { rulesCommand } from './rules.ts'
import { runCommand } from './run.ts'
import type { Subcommand } from './subcommand.ts'
import { targetsCommand } from './targets.ts'
import { UsageError } from './usage-error.ts'
import { ownVersion } from './version.ts'

/** Every command, as `--help` lists them. */
const subcommands: readonly Subcommand[] = [
  runCommand,
  checkCommand,
  recordCommand,
  replayCommand,
  reproduceCommand,
  explainCommand,
  rulesCommand,
  claimsCommand,
  targetsCommand,
  reportCommand,
]

/** Runs a command line (without node and script) and returns the exit status; never throws. */
export async function runProgram(words: readonly string[], io: Io): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.inconclusive
  const program = new Command('ipc-oracle')
    .enablePositionalOptions()
    .description('Tests System V IPC and process-lifecycle calls against an executable specification.')
    .version(ownVersion(), '-V, --version')
    .addHelpText('after', exitStatusHelp)
  for (const subcommand of subcommands)
    program.addCommand(
      subcommand(io, (its) => {
        status = its
      }),
    )
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    prepare(command, io)
  try {
    await program.parseAsync([...words], { from: 'user' })
    return status
  } catch (error) {
    return statusOfError(error, io)
  }
}

const exitStatusHelp = `
Exit status: 0 conforms, 1 a deviation, 2 wrong usage or configuration,
3 inconclusive or a target could not run, 130 interrupted.

Example: ipc-oracle run semaphores --time 60s`

function prepare(command: Command, { out, err, style, errColumns }: Io): void {
  const name = command.name() === 'ipc-oracle' ? '' : ` ${command.name()}`
  command
    .exitOverride()
    .showHelpAfterError(`See \`ipc-oracle${name} --help\`.`)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: out,
      writeErr: err,
      getOutHelpWidth: () => style.columns,
      getErrHelpWidth: () => errColumns || style.columns,
      outputError: (text, write) => write(text.replace(/^error: /, 'ipc-oracle: ')),
    })
}

function statusOfError(error: unknown, { err }: Io): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.conforms : exitStatus.usage
  const problem = error instanceof Error ? error : new Error(String(error))
  if (problem instanceof HarnessError) {
    err(`ipc-oracle: ${problem.message}\n`)
    return exitStatus.inconclusive
  }
  if (usageErrors.some((kind) => problem instanceof kind)) {
    err(`ipc-oracle: ${problem.message}\n`)
    return exitStatus.usage
  }
  err(
    `ipc-oracle: this is a fault of ipc-oracle itself, please report it: ${problem.stack ?? problem.message}\n`,
  )
  return exitStatus.inconclusive
}

const usageErrors = [UsageError, RunError, TraceError, ScenarioSyntaxError]
