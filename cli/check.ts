import { createReadStream } from 'node:fs'
import { addAbortSignal } from 'node:stream'
import { Command, Option } from 'commander'
import type { Profile } from '../model/profile.ts'
import { judgeStrace } from '../oracle/foreign/judge-strace.ts'
import { NoTimes } from '../oracle/foreign/strace/merge.ts'
import { deviationText } from '../reports/deviation-text.ts'
import { paint, type Style } from '../reports/style.ts'
import { counted, hanging } from '../reports/wrap.ts'
import { type CheckedTrace, checkTrace } from './check-trace.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import { fileProblem } from './file-problem.ts'
import { fileOf } from './findings/source-file.ts'
import { type ForeignRecord, foreignRecord } from './foreign/foreign-record.ts'
import { foreignText } from './foreign/foreign-text.ts'
import { bytesOf, type ThreadFiles, threadFilesOf } from './foreign/thread-files.ts'
import type { Io } from './io.ts'
import { chooseProfile, profileHelp } from './probe-options.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

interface CheckOptions {
  readonly profile: string
  readonly format: 'ndjson' | 'strace'
  readonly json?: true
  readonly report?: 'json'
  readonly alone?: true
}

/** `check`: judges recorded traces, wherever they were recorded. */
export const checkCommand: Subcommand = (io, done) =>
  new Command('check')
    .description('Judge recorded traces. Needs no target and no compiler.')
    .argument('<trace...>', 'trace files, or folders of findings; - is standard input')
    .option('--profile <name>', profileHelp, 'linux')
    .addOption(
      new Option('--format <name>', 'format of the traces').choices(['ndjson', 'strace']).default('ndjson'),
    )
    .option('--json', 'print one JSON object')
    .addOption(new Option('--report <format>', 'the same as --json').choices(['json']))
    .option('--alone', 'strace: no process outside the trace uses its objects')
    .addHelpText(
      'after',
      '\nExample: ipc-oracle check --profile posix findings/semop.sempid/trace.ndjson\n         ipc-oracle check --format strace program.strace\n         ipc-oracle check --format strace trace   # of strace -ff -o trace: trace.PID',
    )
    .action(async (files: string[], options: CheckOptions) => done(await check(files, options, io)))

async function check(files: readonly string[], options: CheckOptions, io: Io): Promise<ExitStatus> {
  if (options.format === 'strace') return checkForeign(files, options, io)
  const profile = chooseProfile(options.profile, 'check')
  const traces: CheckedTrace[] = []
  for (const path of files) {
    const file = fileOf(path, 'trace')
    const trace = await checkTrace(inputOf(file, io.stop), file === '-' ? 'standard input' : file, profile)
    if (io.stop.aborted) return exitStatus.interrupted
    traces.push(trace)
    if (!wantsJson(options)) io.out(traceText(trace, profile, io.style))
    if (trace.malformed !== '') io.err(`ipc-oracle: ${trace.malformed}\n`)
  }
  const { verdict, status } = conclusion(traces)
  if (wantsJson(options)) io.out(`${JSON.stringify({ verdict, profile: profile.name, traces }, null, 2)}\n`)
  return status
}

/** Traces that `strace` wrote of any program. */
async function checkForeign(files: readonly string[], options: CheckOptions, io: Io): Promise<ExitStatus> {
  if (chooseProfile(options.profile, 'check').name !== 'linux')
    throw new UsageError('strace runs on Linux: its traces are judged by profile linux only.')
  const traces: ForeignRecord[] = []
  for (const each of threadFilesOf(files)) {
    const name = typeof each !== 'string' ? each.name : each === '-' ? 'standard input' : each
    const input = typeof each === 'string' ? inputOf(each, io.stop) : inOrder(each, io.stop)
    const record = foreignRecord(name, await judgeStrace(input, { alone: options.alone ?? false }))
    if (io.stop.aborted) return exitStatus.interrupted
    traces.push(record)
    if (!wantsJson(options)) io.out(foreignText(record, io.style))
  }
  const verdict =
    (['deviates', 'inconclusive'] as const).find((each) => traces.some((trace) => trace.verdict === each)) ??
    'conforms'
  if (wantsJson(options)) io.out(`${JSON.stringify({ verdict, profile: 'linux', traces }, null, 2)}\n`)
  return exitStatus[verdict]
}

const wantsJson = ({ json, report }: CheckOptions) => json === true || report === 'json'

/** What `strace -ff` wrote, thread by thread, in the order of time. */
async function* inOrder(files: ThreadFiles, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* bytesOf(files, stop)
  } catch (error) {
    if (error instanceof NoTimes)
      throw new UsageError(`${files.name}.PID have lines without a time: strace needs -ttt beside -ff.`)
    throw new UsageError(`${files.name}.PID cannot be read: ${fileProblem(error)}.`)
  }
}

/** The content of a file; ends early if the user wants to stop. */
async function* inputOf(file: string, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* addAbortSignal(stop, file === '-' ? process.stdin : createReadStream(file))
  } catch (error) {
    if (stop.aborted) return
    throw new UsageError(`${file} cannot be read: ${fileProblem(error)}.`)
  }
}

/** A trace that cannot be read outweighs what was found in others, and a deviation what was left open. */
function conclusion(traces: readonly CheckedTrace[]): { verdict: string; status: ExitStatus } {
  const verdict = traces.some(({ deviations }) => deviations.length > 0)
    ? 'deviates'
    : traces.some(
          ({ inconclusive, truncated, malformed, scenarios }) =>
            inconclusive.length > 0 || truncated !== '' || malformed !== '' || scenarios === 0,
        )
      ? 'inconclusive'
      : 'conforms'
  return {
    verdict,
    status: traces.some(({ malformed }) => malformed !== '') ? exitStatus.usage : exitStatus[verdict],
  }
}

function traceText(trace: CheckedTrace, profile: Profile, style: Style): string {
  const { file, header, scenarios, steps, deviations, inconclusive, truncated, malformed } = trace
  const { bold, red, yellow, green } = paint(style)
  const { columns } = style
  const where = header === null ? '' : ` (${header.target}: ${header.kernel}, ${header.arch}, ${header.libc})`
  const verdict =
    deviations.length > 0
      ? red(`deviates from profile ${profile.name}`)
      : inconclusive.length > 0 || truncated !== '' || malformed !== '' || scenarios === 0
        ? yellow('inconclusive')
        : green(`conforms to profile ${profile.name}`)
  return `${[
    ...deviations.flatMap((found) => [
      ...deviationText(found, `${file} scenario ${found.number}:`, style),
      '',
    ]),
    ...inconclusive.flatMap(({ number, reason }) => hanging(`${file} scenario ${number}: `, reason, columns)),
    ...(truncated === '' ? [] : hanging('', `${truncated}.`, columns)),
    bold(`${file}${where}: ${verdict}, ${counted(scenarios, 'scenario')}, ${counted(steps, 'step')}.`),
  ].join('\n')}\n`
}
