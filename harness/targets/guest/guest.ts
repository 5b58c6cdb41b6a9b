import { createDeferred } from '../../transports/deferred.ts'
import { pause } from '../../transports/pause.ts'
import { startProbe } from '../../transports/probe-process.ts'
import { headerOf } from '../header.ts'
import type { StartedTarget, StartOptions } from '../target.ts'
import type { TriedProgram } from '../try-program.ts'
import type { Architecture } from './architectures.ts'
import { initialFiles } from './initial-files.ts'
import { boot, type Machine } from './machine.ts'

/** A kernel that can be booted. */
export interface BootedKernel {
  /** The target's name. */
  readonly target: string
  readonly architecture: Architecture
  /** Path of the image. */
  readonly image: string
  /** A folder with the modules that its virtio-serial lines need, in the order of their names; null if none. */
  readonly modules: string | null
  /** Words for the kernel. */
  readonly commandLine: string
  readonly megabytes: number
  readonly processors: number
}

/** Milliseconds that a machine without probes is kept: booting is dear. */
const LINGER = 1500
/** Seconds that a kernel may take to boot: emulated, on a busy machine. */
const BOOT_WITHIN = 120
/** Seconds without any reply after which a probe counts as hung. */
const REPLY_WITHIN = 120
/** Seconds that a probe may take to end when it is closed. After that the machine is switched off, under other probes as well. */
const END_WITHIN = 60

/** Starts probes on a kernel: on one machine as long as it runs and has lines left, then on another one. */
export function createGuest(kernel: BootedKernel, compiler: string) {
  let current: Promise<Machine> | undefined
  const users = new Map<Machine, number>()

  const usable = async (before: Promise<Machine> | undefined): Promise<Machine> => {
    const known = await before?.catch(() => undefined)
    if (known?.isUsable()) return known
    if (known !== undefined && (users.get(known) ?? 0) === 0) await known.close()
    return bootKernel(kernel, compiler)
  }
  const machine = (): Promise<Machine> => {
    current = usable(current)
    return current
  }
  const closeIfIdle = async (running: Machine) => {
    if ((users.get(running) ?? 0) > 0) return
    users.delete(running)
    if ((await current?.catch(() => undefined)) === running) current = undefined
    await running.close()
  }
  const release = (running: Machine) => {
    users.set(running, (users.get(running) ?? 1) - 1)
    setTimeout(() => void closeIfIdle(running), LINGER)
  }

  const use = async (): Promise<Machine> => {
    const running = await machine()
    users.set(running, (users.get(running) ?? 0) + 1)
    return running
  }

  const start = async ({
    entry = 'libc',
    replyWithin = REPLY_WITHIN,
    spread,
  }: StartOptions): Promise<StartedTarget> => {
    const running = await use()
    try {
      const connection = await startProbe({
        target: kernel.target,
        command: [...kernel.architecture.emulator, '-kernel', kernel.image],
        replyWithin,
        endWithin: END_WITHIN,
        open: (receive) => running.line(spread ? `spread ${entry}` : entry, receive),
      })
      return {
        ...connection,
        header: headerOf(kernel.target, connection.hello),
        async close() {
          await connection.close()
          release(running)
        },
      }
    } catch (error) {
      release(running)
      throw error
    }
  }

  /** Runs a program that needs no libraries. */
  const run = async (program: Uint8Array): Promise<TriedProgram> => {
    const running = await use()
    try {
      return await runProgram(running, program)
    } finally {
      release(running)
    }
  }
  return { start, run }
}

/** What it says is bounded as it is anywhere; a zero byte tells that this was all. */
async function runProgram(running: Machine, program: Uint8Array): Promise<TriedProgram> {
  let output = ''
  const isAll = createDeferred<void>()
  const child = running.line('program', (chunk) => {
    output = (output + Buffer.from(chunk).toString('utf8')).slice(0, OUTPUT_MAX)
    if (chunk.includes(0)) isAll.resolve()
  })
  const size = Buffer.alloc(4)
  size.writeUInt32BE(program.length)
  child.write(size)
  child.write(program)
  const timer = setTimeout(child.kill, PROGRAM_WITHIN * 1000)
  const { how } = await child.ended
  const [, status] = /^exited with status (\d+)$/.exec(how) ?? []
  if (status !== undefined) await Promise.race([isAll.promise, pause(OUTPUT_WITHIN)])
  clearTimeout(timer)
  output = output.replace('\0', '').replaceAll('\r\n', '\n').trimEnd()
  return status === undefined
    ? { status: null, output: `${output === '' ? '' : `${output}\n`}It ${how}.` }
    : { status: Number(status), output }
}

const OUTPUT_MAX = 100_000
/** Seconds; it ends itself after a minute. */
const PROGRAM_WITHIN = 90
/** Milliseconds that its last words may take after it. */
const OUTPUT_WITHIN = 5000

async function bootKernel(kernel: BootedKernel, compiler: string): Promise<Machine> {
  return boot({
    target: kernel.target,
    kernel: kernel.image,
    initialFiles: await initialFiles(compiler, kernel.modules),
    commandLine: kernel.commandLine,
    megabytes: kernel.megabytes,
    processors: kernel.processors,
    emulator: kernel.architecture.emulator,
    console: kernel.architecture.console,
    bootWithin: BOOT_WITHIN,
  })
}
