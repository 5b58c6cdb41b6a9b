import { relative } from 'node:path'
import { createInterface } from 'node:readline'
import { exitStatus } from './exit-status.ts'
import type { Io } from './io.ts'
import { runProgram } from './program.ts'
import { shellWords } from './shell-words.ts'

/** Runs the command line of this process and ends the process with the command's exit status. */
export async function main(): Promise<void> {
  let lost = false
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      lost ||= !isClosedPipe(error) && stream === process.stdout
    })
  const status = await runProgram(process.argv.slice(2), ownIo(stopOnSignals()))
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(status === exitStatus.conforms && lost ? exitStatus.inconclusive : status)
}

function ownIo(stop: AbortSignal): Io {
  const { stdout, stderr, env } = process
  const wide = Number(env.COLUMNS)
  const given = Number.isInteger(wide) && wide > 0 ? wide : 100
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    input: () => createInterface({ input: process.stdin }),
    isTalking: process.stdin.isTTY === true,
    style: {
      columns: Math.max((stdout.isTTY && stdout.columns) || given, COLUMNS_MIN),
      colour: stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb',
    },
    errColumns: stderr.isTTY && env.TERM !== 'dumb' ? stderr.columns || COLUMNS_MIN : 0,
    self: ownName(process.argv[1] ?? ''),
    stop,
  }
}

/** What a user types to run this program again from here. */
function ownName(script: string): string {
  if (!script.endsWith('.js')) return script.includes('node_modules') ? 'npx ipc-oracle' : 'ipc-oracle'
  const near = relative(process.cwd(), script)
  return shellWords(['node', near.startsWith('..') ? script : near])
}

const COLUMNS_MIN = 40

/** The first signal asks the command to end in good order, the second ends the process. */
function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(exitStatus.interrupted)
      controller.abort()
    })
  return controller.signal
}

/** Whoever reads the output may stop reading (`| head`); the work and its exit status do not depend on that. */
const isClosedPipe = ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'

/** Once all that was written is out, or is known to be lost. */
const flushed = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    if (stream.writable) stream.write('', () => setImmediate(resolve))
    else setImmediate(resolve)
  })
