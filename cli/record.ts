import { createWriteStream, readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import type { Before } from '../oracle/foreign/ipc/judge.ts'
import { judgeStrace } from '../oracle/foreign/judge-strace.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import { foreignRecord } from './foreign/foreign-record.ts'
import { foreignText } from './foreign/foreign-text.ts'
import { startRecording } from './foreign/recording.ts'
import type { Io } from './io.ts'
import { duration } from './numbers.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

interface RecordOptions {
  readonly json?: true
  readonly report?: 'json'
  readonly out?: string
  readonly alone?: true
  readonly strace: string
  readonly linger: number
}

/** `record`: runs a command under strace, and judges what it did. */
export const recordCommand: Subcommand = (io, done) =>
  new Command('record')
    .description('Run a command under strace and judge its calls, and those of all that it starts.')
    .usage('[options] -- <command...>')
    .argument('<command...>', 'the command and its arguments')
    .option('--out <file>', 'keep the trace, for check --format strace')
    .option('--alone', 'no process that the command does not start uses its objects')
    .option('--strace <program>', 'the strace to use', 'strace')
    .option(
      '--linger <duration>',
      'how long to go on when only what the command left behind runs',
      duration('--linger'),
      10,
    )
    .option('--json', 'print one JSON object; what the command prints goes to standard error')
    .addOption(new Option('--report <format>', 'the same as --json').choices(['json']))
    .passThroughOptions()
    .addHelpText(
      'after',
      `
The exit status is that of the verdict; that of the command is printed.

Example: ipc-oracle record -- make -j4`,
    )
    .action(async (command: string[], options: RecordOptions) => done(await record(command, options, io)))

async function record(command: readonly string[], options: RecordOptions, io: Io): Promise<ExitStatus> {
  const wantsJson = options.json === true || options.report === 'json'
  const before = existing()
  const recording = startRecording(options.strace, command, { quiet: wantsJson, linger: options.linger })
  io.stop.addEventListener('abort', recording.stop)
  const { lines } = recording
  const input = options.out === undefined ? lines : kept(lines, options.out, before)
  const judgement = await judgeStrace(input, { alone: options.alone ?? false, before })
  const { isMissing, status, signal, leftBehind } = await recording.end
  io.stop.removeEventListener('abort', recording.stop)
  if (isMissing)
    throw new UsageError(
      `${options.strace} is not installed, or cannot be run: apt-get install strace (as root) installs it.`,
    )
  const found = {
    ...foreignRecord(command.join(' '), judgement),
    ...{ commandStatus: status, commandSignal: signal },
    ...(leftBehind ? { leftBehind } : {}),
  }
  if (wantsJson)
    io.out(`${JSON.stringify({ verdict: found.verdict, profile: 'linux', traces: [found] }, null, 2)}\n`)
  else {
    io.out(foreignText(found, io.style))
    io.out(`  The command ${signal === null ? `exited with ${status}` : `was ended by ${signal}`}.\n`)
    if (leftBehind) io.out('  Processes that it left behind were still running, and go on unseen.\n')
  }
  if (judgement.lines === 0)
    io.err('ipc-oracle: strace wrote nothing; it may not be allowed to trace here.\n')
  // What was seen until then was judged.
  return io.stop.aborted ? exitStatus.interrupted : exitStatus[judgement.verdict]
}

/** The identifiers that exist now. What comes later is made by the command, or by others meanwhile. */
function existing(): Before {
  const ids = (kind: 'sem' | 'msg' | 'shm') => {
    try {
      const rows = readFileSync(`/proc/sysvipc/${kind}`, 'utf8').trim().split('\n').slice(1)
      return new Set(rows.map((row) => Number(row.trim().split(/\s+/)[1])))
    } catch {
      return undefined
    }
  }
  const [sem, msg, shm] = [ids('sem'), ids('msg'), ids('shm')]
  return { sem, msg, shm }
}

/** The same stream, written to a file as well; its first line says what existed before. */
async function* kept(
  trace: AsyncIterable<Uint8Array>,
  file: string,
  before: Before,
): AsyncGenerator<Uint8Array> {
  const out = createWriteStream(file)
  const failed = new Promise<never>((_, reject) => {
    out.once('error', (error) => reject(new UsageError(`${file} cannot be written: ${error.message}.`)))
  })
  failed.catch(() => {})
  out.write(
    `# ipc-oracle: before the trace ${(['sem', 'msg', 'shm'] as const).map((kind) => `${kind} ${before[kind] === undefined ? '?' : [...before[kind]].join(' ')}`).join('; ')}\n`,
  )
  for await (const chunk of trace) {
    if (!out.write(chunk))
      await Promise.race([new Promise<void>((resolve) => out.once('drain', () => resolve())), failed])
    yield chunk
  }
  await Promise.race([new Promise<void>((resolve) => void out.end(() => resolve())), failed])
}
