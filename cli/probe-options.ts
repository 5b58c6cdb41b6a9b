import { type Stats, statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { splitCommand } from '../harness/command-line.ts'
import { HarnessError } from '../harness/problems.ts'
import { architectures } from '../harness/targets/guest/architectures.ts'
import { kernel } from '../harness/targets/guest/guest-target.ts'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import { targetNamed, targets } from '../harness/targets/targets.ts'
import { type Profile, profiles } from '../model/profile.ts'
import { choose } from './choices.ts'
import { fileProblem } from './file-problem.ts'
import { wholeNumber } from './numbers.ts'
import { UsageError } from './usage-error.ts'

/** Options of every command that starts a probe, as commander hands them over. */
export interface TargetOptions {
  readonly target?: readonly string[]
  readonly wrap?: string
  readonly cc?: string
  readonly entry?: 'libc' | 'syscall'
  readonly kernel?: string
  readonly modules?: string
  readonly cmdline?: string
  readonly memory?: number
  readonly arch?: string
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
      `where to run, may be repeated: ${names(targets)}, ssh:HOST, or all that can run here (default: ${targets[0]?.name})`,
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
    .option('--kernel <image>', 'boot this kernel in an emulated machine and run there')
    .option('--modules <dir>', 'modules that the kernel needs for virtio-serial, in the order of their names')
    .option('--cmdline <words>', 'more words for a booted kernel')
    .option('--memory <megabytes>', 'of the machine of a booted kernel', wholeNumber('--memory', 64, 65_536))
    .addOption(new Option('--arch <name>', 'of the kernel').choices(architectures.map(({ name }) => name)))

export const profileHelp =
  'what is allowed: linux, or posix where all that the standard leaves open stays open'

export const chooseProfile = (word: string, command: string): Profile =>
  choose('profile', word, Object.values(profiles), command)

/** The targets that are asked for: by name, all of them, or by naming a kernel to boot. */
export function chooseTargets(options: TargetOptions, command: string): readonly Target[] {
  const words = options.target ?? (options.kernel === undefined ? [] : [kernel.name])
  const chosen = new Set(
    words.flatMap((word) =>
      word === ALL
        ? targets.filter((target) => target !== kernel)
        : [targetNamed(word) ?? choose('target', word, targets, command)],
    ),
  )
  if (options.kernel !== undefined && !chosen.has(kernel))
    throw new UsageError('--kernel boots target kernel; leave out --target, or name that too.')
  if (options.kernel === undefined && chosen.has(kernel))
    throw new UsageError('target kernel boots the image that --kernel names, and none is named.')
  refuseUnless('--kernel', options.kernel, 'file')
  refuseUnless('--modules', options.modules, 'folder')
  const listed = targets.filter((target) => chosen.has(target))
  const others = [...chosen].filter((target) => !targets.includes(target))
  return chosen.size === 0 ? targets.slice(0, 1) : [...listed, ...others]
}

/** What is to be booted must be there; whether it is a kernel, the machine finds out. */
function refuseUnless(option: string, path: string | undefined, is: 'file' | 'folder'): void {
  if (path === undefined) return
  let found: Stats
  try {
    found = statSync(path)
  } catch (error) {
    throw new UsageError(`${option} ${path} cannot be used: ${fileProblem(error)}.`)
  }
  const isFolder = found.isDirectory()
  if (isFolder !== (is === 'folder'))
    throw new UsageError(`${option} takes a ${is}, and ${path} is ${isFolder ? 'a folder' : 'none'}.`)
}

/** Whether the target was asked for by its name, so that it must not be left out. */
export const isNamed = ({ name }: Target, { target = [] }: TargetOptions): boolean =>
  !target.includes(ALL) || target.includes(name)

const ALL = 'all'

/** What to start a target's probe with. An option that the target does not understand is refused. */
export function startOptions(asked: TargetOptions, target: Target): StartOptions {
  const { wrap, cc, entry } = asked
  const options: StartOptions = {
    ...machineOptions(asked),
    ...(wrap === undefined ? {} : { wrap: commandWords('--wrap', wrap) }),
    ...(cc === undefined ? {} : { cc: commandWords('--cc', cc) }),
    ...(entry === undefined ? {} : { entry }),
  }
  for (const option of Object.keys(options))
    if (!target.understands.some((understood) => understood === option))
      throw new UsageError(`target ${target.name} does not understand --${option}.`)
  return options
}

/** What a machine is made of, as far as that was asked for. */
const machineOptions = ({ kernel, modules, cmdline, memory, arch }: TargetOptions) => ({
  ...(kernel === undefined ? {} : { kernel }),
  ...(modules === undefined ? {} : { modules }),
  ...(cmdline === undefined ? {} : { cmdline }),
  ...(memory === undefined ? {} : { memory }),
  ...(arch === undefined ? {} : { arch }),
})

/** The same options as words of a command line, for commands that are printed to be repeated. */
export const probeWords = ({
  target = [],
  profile,
  cc,
  wrap,
  entry,
  ...machine
}: ProbeOptions): readonly string[] => [
  ...target.flatMap((name) => ['--target', name]),
  ...(profile === 'linux' ? [] : ['--profile', profile]),
  ...(cc === undefined ? [] : ['--cc', cc]),
  ...(wrap === undefined ? [] : ['--wrap', wrap]),
  ...(entry === undefined ? [] : ['--entry', entry]),
  ...Object.entries(machineOptions(machine)).flatMap(([name, value]) => [`--${name}`, String(value)]),
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
