import { once } from 'node:events'
import { execa } from 'execa'
import { killAtExit, killGroup } from './orphans.ts'
import { pause } from './pause.ts'

/** A child process as the leader of its own process group, with bytes going in and out. */
export interface Child {
  write(bytes: Uint8Array): void
  endInput(): void
  /** SIGKILL to its process group. */
  kill(): void
  /** The end of what it wrote to standard error. */
  lastWords(): string
  /** How it ended ("exited with status 1"), once it has and all its output was handed over. */
  readonly ended: Promise<Ending>
}

export interface Ending {
  /** Whether there was a process at all. */
  readonly started: boolean
  readonly how: string
}

/** Never throws: a command that cannot be started has `ended`. */
export function startChild(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  receive: (chunk: Uint8Array) => void,
): Child {
  const [file = '', ...rest] = command
  const child = execa(file, rest, {
    buffer: false,
    cleanup: false,
    detached: true,
    encoding: 'buffer',
    env: environment,
    reject: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const { pid } = child
  const forget = pid === undefined ? () => {} : killAtExit(pid)
  let over = false
  const kill = () => {
    if (pid !== undefined && !over) killGroup(pid)
  }
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-LAST_WORDS_MAX)
  })
  child.stdout.on('data', receive)
  let killedFor = ''
  child.stdout.on('end', async () => {
    await pause(STAYS_MAX)
    if (over) return
    killedFor = 'closed its output, went on running and was killed'
    kill()
  })
  child.stdin.on('error', () => {}) // It ended while it was written to; how it ended says more.

  const exited = new Promise<Ending>((resolve) => {
    child.on('exit', (code, signal) => {
      const how = signal === null ? `exited with status ${code}` : `was killed by ${signal}`
      resolve({ started: true, how: killedFor || how })
    })
    void child.then((result) => {
      if (result.exitCode === undefined && result.signal === undefined)
        resolve({ started: false, how: `could not be started: ${reason(result.code, file)}` })
    })
  })
  const drained = Promise.all([once(child.stdout, 'close'), once(child.stderr, 'close')])
  const ended = exited.then(async (ending) => {
    if (ending.started) await Promise.race([drained, pause(DRAIN_MAX)])
    kill() // Whatever else is in its group.
    over = true
    forget()
    return ending
  })
  return {
    write: (bytes) => void child.stdin.write(bytes),
    endInput: () => void child.stdin.end(),
    kill,
    lastWords: () => words.trim(),
    ended,
  }
}

/** Characters of standard error that are kept. */
const LAST_WORDS_MAX = 2000
/** Milliseconds that it may live on after it closed its output. */
const STAYS_MAX = 1000
/** Milliseconds that output may still come after it ended. */
const DRAIN_MAX = 500

function reason(code: string | undefined, file: string): string {
  if (code === 'ENOENT') return `there is no command \`${file}\``
  if (code === 'EACCES') return `\`${file}\` may not be executed`
  return `\`${file}\`: ${code ?? 'unknown error'}`
}
