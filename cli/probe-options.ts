import { type Command, Option } from 'commander'
import { splitCommand } from '../harness/command-line.ts'
import { HarnessError } from '../harness/problems.ts'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import { targets } from '../harness/targets/targets.ts'
import { type Profile, profiles } from '../model/profile.ts'
import { choose } from './choices.ts'
import { UsageError } from './usage-error.ts'

/** Options of every command that starts a probe, as commander hands them over. */
export interface TargetOptions {
  readonly target?: readonly string[]
  readonly wrap?: string
  readonly cc?: string
  readonly entry?: 'libc' | 'syscall'
}

/** Options of every command that starts a probe and judges. */
export interface ProbeOptions extends TargetOptions {
  readonly profile: string
}

/** Adds the options that choose a target, say how its probe is built and started, and what is allowed. */
export const addProbeOptions = (command: Command): Command =>
  addTargetOptions(command).option('--profile <name>', profileHelp, 'linux')

/** Adds the options that choose a target and say how its probe is built and started. */
export const addTargetOptions = (command: Command): Command =>
  command
    .option(
      '--target <name>',
      `where to run, may be repeated: ${names(targets)}, or all that can run here (default: ${targets[0]?.name})`,
      collect,
    )
    .option(
      '--cc <command>',
      'compiler and flags that build the probe, e.g. "musl-gcc -static" (default: $CC or cc)',
    )
    .option('--wrap <command>', 'command prefix that starts the probe, e.g. "setpriv --reuid 1000"')
    .addOption(
      new Option('--entry <how>', 'go through the C library or straight into the kernel').choices([
        'libc',
        'syscall',
      ]),
    )

export const profileHelp =
  'what is allowed: linux, or posix where all that the standard leaves open stays open'

export const chooseProfile = (word: string, command: string): Profile =>
  choose('profile', word, Object.values(profiles), command)

export const chooseTargets = (words: readonly string[] | undefined, command: string): readonly Target[] => {
  const chosen = new Set(
    (words ?? []).flatMap((word) => (word === ALL ? targets : [choose('target', word, targets, command)])),
  )
  return chosen.size === 0 ? targets.slice(0, 1) : targets.filter((target) => chosen.has(target))
}

/** Whether the target was asked for by its name, so that it must not be left out. */
export const isNamed = ({ name }: Target, { target = [] }: TargetOptions): boolean =>
  !target.includes(ALL) || target.includes(name)

const ALL = 'all'

/** What to start a target's probe with. An option that the target does not understand is refused. */
export function startOptions({ wrap, cc, entry }: TargetOptions, target: Target): StartOptions {
  const options: StartOptions = {
    ...(wrap === undefined ? {} : { wrap: commandWords('--wrap', wrap) }),
    ...(cc === undefined ? {} : { cc: commandWords('--cc', cc) }),
    ...(entry === undefined ? {} : { entry }),
  }
  for (const option of Object.keys(options))
    if (!target.understands.some((understood) => understood === option))
      throw new UsageError(`target ${target.name} does not understand --${option}.`)
  return options
}

/** The same options as words of a command line, for commands that are printed to be repeated. */
export const probeWords = ({ target = [], profile, cc, wrap, entry }: ProbeOptions): readonly string[] => [
  ...target.flatMap((name) => ['--target', name]),
  ...(profile === 'linux' ? [] : ['--profile', profile]),
  ...(cc === undefined ? [] : ['--cc', cc]),
  ...(wrap === undefined ? [] : ['--wrap', wrap]),
  ...(entry === undefined ? [] : ['--entry', entry]),
]

export const collect = (word: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  ...word.split(','),
]

const names = (all: readonly Target[]) => all.map(({ name }) => name).join(', ')

function commandWords(option: string, text: string): string {
  try {
    if (splitCommand(text).length > 0) return text
  } catch (error) {
    if (error instanceof HarnessError) throw new UsageError(`${option}: ${error.message}`)
    throw error
  }
  throw new UsageError(`${option} takes a command, not an empty text.`)
}
