import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { HarnessError, NotInstalled } from '../../problems.ts'
import { chooseCompiler } from '../choose-compiler.ts'
import { aptCommand } from '../debian.ts'
import { triedObstacle } from '../obstacle.ts'
import { onPath } from '../on-path.ts'
import type { Layer, StartOptions, Target } from '../target.ts'
import { type TriedProgram, tryBuilt } from '../try-program.ts'
import { type Architecture, architectures } from './architectures.ts'
import type { DebianKernel } from './debian-kernels.ts'
import { createGuest } from './guest.ts'
import { keptKernel } from './kernel-folder.ts'

const MEGABYTES = 256
/** Of a machine whose actors do not share one. */
const PROCESSORS_OF_SPREAD = 2
/** They share one processor, and each wants it whole. */
const PROBES = 2

const [usual] = architectures as readonly [Architecture, ...Architecture[]]

/** Its probe runs on this machine's kernel as well. */
const layer: Layer = {
  is: 'kernel',
  called: 'the booted kernel, or the machine emulated for it',
  without: { target: 'host', cc: 'cc -static' },
}

/** A kernel of Debian as a target. */
export function debianTarget({ name, summary }: DebianKernel): Target {
  const target: Target = {
    name,
    summary,
    packages: usual.packages,
    layer,
    probesMax: PROBES,
    understands: ['cc', 'entry', 'replyWithin', 'spread', 'cmdline', 'memory'],
    obstacle: (options) => triedObstacle(target, options),
    start: async (options) => (await guestOf(options)).start(options),
    try: async (source, options) => tryOn(await guestOf(options), source),
  }
  const guestOf = async (options: StartOptions) => {
    const kept = await keptKernel(name)
    if (kept === null)
      throw new NotInstalled(
        `Target ${name} cannot run here: its kernel was not fetched. Fetch it: \`npm run provision ${name}\`.`,
        `npm run provision ${name}`,
      )
    return guestWith(name, usual, kept.image, kept.modules, options)
  }
  return target
}

/** Any kernel image that the user has. */
export const kernel: Target = {
  name: 'kernel',
  summary: 'the kernel image of --kernel, booted in an emulated machine',
  packages: usual.packages,
  layer,
  probesMax: PROBES,
  understands: ['cc', 'entry', 'replyWithin', 'spread', 'kernel', 'cmdline', 'memory', 'arch'],
  obstacle: (options) => triedObstacle(kernel, options),
  start: async (options) => (await namedGuest(options)).start(options),
  try: async (source, options) => tryOn(await namedGuest(options), source),
}

async function namedGuest(options: StartOptions): Promise<Booting> {
  const { kernel: image, arch = usual.name } = options
  if (image === undefined)
    throw new HarnessError('Target kernel boots the image that --kernel names, and none is named.')
  if (!existsSync(image)) throw new HarnessError(`There is no kernel image ${image}.`)
  const architecture = architectures.find(({ name }) => name === arch)
  if (architecture === undefined)
    throw new HarnessError(
      `No machine of architecture ${arch} can be emulated; there are ${architectures.map(({ name }) => name).join(', ')}.`,
    )
  return guestWith('kernel', architecture, image, options.modules ?? null, options)
}

/** A kernel that is booted when it is needed, and the compiler of what it runs. */
interface Booting extends ReturnType<typeof createGuest> {
  readonly compiler: string
}

const tryOn = ({ run, compiler }: Booting, source: string): Promise<TriedProgram> =>
  tryBuilt(source, compiler, async (program) => run(await readFile(program)))

const guests = new Map<string, Booting>()

async function guestWith(
  target: string,
  architecture: Architecture,
  image: string,
  modules: string | null,
  options: StartOptions,
): Promise<Booting> {
  const { cc, cmdline = '', memory = MEGABYTES } = options
  const [emulator = ''] = architecture.emulator
  const compiler = cc ?? (await chooseCompiler(architecture.compilers))
  if ((await onPath(emulator)) === undefined || compiler === undefined)
    throw new NotInstalled(
      `Target ${target} cannot run here: it needs ${emulator} and a compiler that links statically. Install them: \`${aptCommand(architecture.packages)}\`.`,
      aptCommand(architecture.packages),
    )
  const processors = options.spread ? PROCESSORS_OF_SPREAD : 1
  const key = JSON.stringify([
    ...[target, architecture.name, image, modules, compiler, cmdline, memory],
    processors,
  ])
  const parts = { target, architecture, image, modules, commandLine: cmdline, megabytes: memory, processors }
  const guest = guests.get(key) ?? { ...createGuest(parts, compiler), compiler }
  guests.set(key, guest)
  return guest
}
