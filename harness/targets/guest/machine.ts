import type { Duplex } from 'node:stream'
import { execa } from 'execa'
import { TargetProblem } from '../../problems.ts'
import type { Child, Ending } from '../../transports/child.ts'
import { createDeferred } from '../../transports/deferred.ts'
import { killAtExit, killGroup } from '../../transports/orphans.ts'

/** What a machine is made of. */
export interface MachineParts {
  /** The target's name, for messages. */
  readonly target: string
  /** Paths. */
  readonly kernel: string
  readonly initialFiles: string
  /** Words for the kernel, on top of those that the harness needs. */
  readonly commandLine: string
  readonly megabytes: number
  readonly processors: number
  /** The emulator with the options that choose the machine. */
  readonly emulator: readonly string[]
  /** The device that is the console. */
  readonly console: string
  /** Seconds that it may take to boot. */
  readonly bootWithin: number
}

/**
 * What is asked for at the other end of a line: a probe, by the entry of its calls and whether its actors run on several
 * processors, or the program that is sent.
 */
export type Wanted = 'libc' | 'syscall' | 'spread libc' | 'spread syscall' | 'program'

const firstBytes: Readonly<Record<Wanted, string>> = {
  ...{ libc: 'l', syscall: 's', program: 'p' },
  ...{ 'spread libc': 'L', 'spread syscall': 'S' },
}

/** A booted machine. Each line leads to a probe of its own, or to one program. */
export interface Machine {
  /** A line that nobody has used, with what is wanted behind it; only while the machine is usable. */
  line(wanted: Wanted, receive: (chunk: Uint8Array) => void): Child
  /** It runs and has lines left. */
  isUsable(): boolean
  /** Switches it off, and is done when nothing of it is left. */
  close(): Promise<void>
}

/** Lines of a machine; a virtio-serial device has 31 ports, of which one is no use and one is the machine's life. */
const LINES = 28
/** The first of the emulator's file descriptors that are lines. */
const FIRST = 3
/** Of a machine that does not get so far as to run probes. */
const WHAT_BOOTS =
  'The image must be one that qemu boots by itself (a bzImage on x86_64, an Image elsewhere), of the architecture of --arch, with virtio-serial built in or in --modules.'
/** Characters of the console that are kept. */
const CONSOLE_MAX = 4000

/** Boots a kernel in an emulator. Throws `TargetProblem`; nothing is left running then. */
export async function boot(parts: MachineParts): Promise<Machine> {
  const [file = '', ...words] = [...parts.emulator, ...options(parts)]
  const child = execa(file, words, {
    buffer: false,
    cleanup: false,
    detached: true,
    reject: false,
    stdio: ['ignore', 'pipe', 'pipe', ...Array.from({ length: LINES + 1 }, () => 'pipe' as const)],
  })
  const { pid } = child
  const forget = pid === undefined ? () => {} : killAtExit(pid)
  const kill = () => {
    if (pid !== undefined && !over) killGroup(pid)
  }
  const sockets = (child.stdio as unknown as readonly Duplex[]).slice(FIRST)
  for (const socket of sockets) socket.on('error', () => {}) // How the machine ended says more.
  let over = false
  let console = ''
  const ready = createDeferred<void>()
  const endings = new Map<string, (ending: Ending) => void>()

  const hear = (chunk: Buffer) => {
    console += chunk.toString('utf8')
    for (const [, name = '', what = ''] of console.matchAll(/^ipc-oracle: (\S+) (.*?)\r?\n/gm)) {
      if (name === 'guest' && what === 'is ready') ready.resolve()
      endings.get(name)?.({ started: true, how: what })
    }
    console = console.slice(-CONSOLE_MAX)
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  sockets[LINES]?.write('l')
  const ended = child.then((result) => {
    over = true
    forget()
    const how =
      result.code === 'ENOENT' ? `could not be started: there is no command \`${file}\`` : 'went down'
    for (const end of endings.values()) end({ started: true, how: `is gone: its machine ${how}` })
    ready.reject(
      new TargetProblem('start', `The machine of target ${parts.target} ${how}. ${said()} ${WHAT_BOOTS}`),
    )
  })
  const said = () => (console.trim() === '' ? '' : `It said: ${console.trim().replaceAll(/\r?\n/g, ' | ')}`)

  const timer = setTimeout(() => {
    ready.reject(
      new TargetProblem(
        'hung',
        `The kernel of target ${parts.target} did not boot within ${parts.bootWithin} s. ${said()} ${WHAT_BOOTS}`,
      ),
    )
  }, parts.bootWithin * 1000)
  try {
    await ready.promise
  } catch (error) {
    kill()
    await ended
    throw error
  } finally {
    clearTimeout(timer)
  }

  let used = 0
  return {
    line(wanted, receive) {
      const number = used
      const socket = sockets[number]
      if (socket === undefined || number === LINES)
        throw new Error('A line of a machine without lines was asked for.')
      used++
      const ending = createDeferred<Ending>()
      endings.set(lineName(number), ending.resolve)
      socket.on('data', receive)
      socket.write(firstBytes[wanted])
      return {
        write: (bytes) => void socket.write(bytes),
        endInput: () => void socket.end(),
        kill: () => {
          if (!ending.isSettled()) kill()
        },
        lastWords: () => console.trim().slice(-LAST_WORDS_MAX),
        ended: ending.promise,
      }
    },
    isUsable: () => !over && used < LINES,
    async close() {
      sockets[LINES]?.destroy()
      const timer = setTimeout(kill, OFF_WITHIN)
      await ended
      clearTimeout(timer)
    },
  }
}

const LAST_WORDS_MAX = 600
/** Milliseconds that it may take to switch itself off. */
const OFF_WITHIN = 3000

const lineName = (number: number) => `line-${number}`

function options(parts: MachineParts): readonly string[] {
  const names = [...Array.from({ length: LINES }, (_, number) => lineName(number)), 'life']
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-serial', 'stdio'],
    ...['-m', String(parts.megabytes)],
    ...(parts.processors > 1 ? ['-smp', String(parts.processors)] : []),
    ...['-kernel', parts.kernel, '-initrd', parts.initialFiles],
    ...['-append', `console=${parts.console} quiet panic=-1 oops=panic ${parts.commandLine}`.trim()],
    ...['-device', 'virtio-serial-pci,max_ports=31'],
    ...names.flatMap((name, number) => [
      '-chardev',
      `socket,id=${name},fd=${number + FIRST}`,
      '-device',
      `virtserialport,chardev=${name},name=${name}`,
    ]),
  ]
}
