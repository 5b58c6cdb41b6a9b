import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import type { Profile } from '../model/profile.ts'
import { judge } from '../oracle/judge.ts'
import { readTrace } from '../oracle/trace/read-trace.ts'
import { isOverlapping } from '../oracle/trace/timed-call.ts'
import type { Recording, TraceHeader } from '../oracle/trace/trace.ts'
import { judgeRecording } from '../properties/overlapping/judge-recording.ts'
import { type ExitStatus, exitStatus } from './exit-status.ts'
import { fileProblem } from './file-problem.ts'
import { programOf, tryProgramOf } from './findings/reproduce.ts'
import { fileOf } from './findings/source-file.ts'
import type { Io } from './io.ts'
import {
  addProbeOptions,
  chooseProfile,
  chooseTargets,
  type ProbeOptions,
  startOptions,
} from './probe-options.ts'
import { loadSource } from './replay-source.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

interface ReproduceOptions extends ProbeOptions {
  readonly kselftest?: true
  readonly check?: true
  readonly out?: string
}

/** `reproduce`: a finding as a C program of its own. */
export const reproduceCommand: Subcommand = (io, done) =>
  addProbeOptions(
    new Command('reproduce')
      .description(
        'Print a C program of one file, without dependencies, that shows a deviation: it exits with 1 where it is there, 0 where it is not, 77 where that cannot be tried. Of a scenario that conforms, a program that looks at every step.',
      )
      .argument('<path>', 'the folder of a finding, a trace, or a scenario, which is run first'),
  )
    .option('--kselftest', 'as a test of the kernel: prints KTAP, exits with 4 where it cannot be tried')
    .option('--check', 'build and run it on the target and on this machine before it is handed out')
    .option('--out <file>', 'write it there')
    .addHelpText(
      'after',
      '\nThe exit status is 0 if there is a program and, with --check, it did what it is for, otherwise 3.\n\nExample: ipc-oracle reproduce properties/scenarios/semaphores/lock-pattern.scenario --check --out lock.c',
    )
    .action(async (path: string, options: ReproduceOptions) => done(await reproduce(path, options, io)))

async function reproduce(path: string, options: ReproduceOptions, io: Io): Promise<ExitStatus> {
  const profile = chooseProfile(options.profile, 'reproduce')
  const [target, ...others] = chooseTargets(options, 'reproduce')
  if (target === undefined || others.length > 0) throw new UsageError('reproduce takes one target.')
  const start = startOptions(options, target)
  const { recording, header } = await recordingOf(path, target, start)
  const { deviations } = isOverlapping(recording)
    ? { deviations: judgeRecording(recording, header, profile).found }
    : judge(recording, header, profile)
  const rule = deviations[0]?.rule ?? null
  const made = programOf({ recording, header, profile, rule, target, start }, options.kselftest === true)
  if ('obstacle' in made) {
    io.err(`ipc-oracle: there is no program for ${path}: ${made.obstacle}.\n`)
    return exitStatus.inconclusive
  }
  if (options.out === undefined) io.out(made.text)
  else
    await writeFile(options.out, made.text).catch((error: unknown) => {
      throw new UsageError(`--out ${options.out} cannot be written: ${fileProblem(error)}.`)
    })
  return options.check === true
    ? check(made.text, { target, start, profile, deviates: rule !== null }, io)
    : exitStatus.conforms
}

interface Checking {
  readonly target: Target
  readonly start: StartOptions
  readonly profile: Profile
  readonly deviates: boolean
}

async function check(text: string, { target, start, deviates }: Checking, io: Io): Promise<ExitStatus> {
  const { confirmed, reason, tried } = await tryProgramOf(text, { target, start }, deviates)
  for (const { on, status, output } of tried)
    io.err(`${on}: ${status === null ? 'it did not run' : `exit status ${status}`}\n${indented(output)}`)
  io.err(confirmed ? 'The program does what it is for.\n' : `The program is not confirmed: ${reason}.\n`)
  return confirmed ? exitStatus.conforms : exitStatus.inconclusive
}

const indented = (text: string) => text.trimEnd().replaceAll(/^/gm, '  ').concat('\n')

async function recordingOf(
  path: string,
  target: Target,
  start: StartOptions,
): Promise<{ readonly recording: Recording; readonly header: TraceHeader }> {
  const file = fileOf(path, 'trace')
  if (file.endsWith('.ndjson')) {
    const { header, recordings } = await readTrace(createReadStream(file), file)
    for await (const recording of recordings) return { recording, header }
    throw new UsageError(`${file} holds no scenario.`)
  }
  const source = await loadSource(file, {})
  const started = await target.start(start)
  try {
    const [first] = await source.scenarios(started.header)
    const [recording] = first === undefined ? [] : await started.run([first.scenario])
    if (recording === undefined) throw new UsageError(`${file} holds no scenario.`)
    return { recording, header: started.header }
  } finally {
    await started.close()
  }
}
