import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { join } from 'node:path'
import { passingFolder } from '../../harness/targets/passing-folder.ts'

export interface RecordingEnd {
  /** There is no such strace. */
  readonly isMissing: boolean
  /** How the command itself ended. */
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  /** Processes that the command left behind were running still, and are not traced any more. */
  readonly leftBehind: boolean
}

/** A command that runs under strace. */
export interface Recording {
  /** The trace, while it is written. */
  readonly lines: AsyncIterable<Uint8Array>
  readonly end: Promise<RecordingEnd>
  /** Asks the command to end, and ends the recording soon after. */
  readonly stop: () => void
}

/** Calls that are judged or matter to those that are. */
const TRACED =
  '%process,%ipc,%signal,%creds,%memory,?prctl,?unshare,?setns,?getpid,?getppid,?gettid,?getpgrp,?getpgid,?setpgid,?getsid,?setsid'

/** Milliseconds for a command that is asked to end. */
const GRACE = 2_000
const NEWLINE = 10

/**
 * The trace goes through a FIFO, so that nothing is written to disk; where strace hands its output to a program of its own it
 * ends with the last process that it knows, and loses a child that did not act yet. strace blocks the signals that would end it, and
 * stays until the last process ends: `linger` seconds after the command itself ended it is killed. The kernel then lets all
 * go on that it traced.
 */
export function startRecording(
  program: string,
  command: readonly string[],
  { quiet, linger }: { readonly quiet: boolean; readonly linger: number },
): Recording {
  const folder = passingFolder()
  const fifo = join(folder.path, 'trace')
  spawnSync('mkfifo', ['-m', '600', fifo])
  // In a group of its own, so that signals of the terminal do not end it.
  const reader = spawn('cat', [fifo], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const tracing = ['-f', '-q', '-ttt', '-T', '-e', 'abbrev=execve,execveat', '-s', '128']
  const strace = spawn(program, [...tracing, '-e', `trace=${TRACED}`, '-o', fifo, '--', ...command], {
    stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
  })
  let isFollowed = false
  let leftBehind = false
  let isStopping = false
  let pid: number | undefined
  let commandEnd: Pick<RecordingEnd, 'status' | 'signal'> | undefined
  let timer: NodeJS.Timeout | undefined
  const release = () => {
    leftBehind = true
    strace.kill('SIGKILL')
  }
  const see = (line: string) => {
    if (pid === undefined) {
      pid = pidOf(line)
      if (isStopping && pid !== undefined) ask(pid)
    }
    if (pid === undefined || commandEnd !== undefined) return
    commandEnd = endIn(line, pid)
    if (commandEnd !== undefined) timer = setTimeout(release, linger * 1000)
  }
  async function* lines(): AsyncGenerator<Uint8Array> {
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of reader.stdout as AsyncIterable<Buffer>) {
      if (!isFollowed) folder.remove()
      isFollowed = true
      const all = Buffer.concat([rest, chunk])
      const end = all.lastIndexOf(NEWLINE) + 1
      rest = all.subarray(end)
      if (end === 0) continue
      const whole = all.subarray(0, end)
      if (pid === undefined || whole.includes('+++'))
        for (const line of whole.toString('latin1').split('\n')) see(line)
      yield whole
    }
    clearTimeout(timer)
    // Where strace was killed its last line may be cut.
    if (rest.length > 0 && !leftBehind) yield rest
  }
  const end = endOf(strace).then((ended) => {
    // Where strace never opened it the reader still waits for somebody who does.
    const closing = setInterval(() => closeFifo(fifo), 20)
    reader.once('close', () => {
      clearInterval(closing)
      folder.remove()
    })
    return { ...ended, ...commandEnd, leftBehind }
  })
  return {
    lines: lines(),
    end,
    stop() {
      isStopping = true
      if (pid !== undefined && commandEnd === undefined) ask(pid)
      setTimeout(release, GRACE).unref()
    },
  }
}

function closeFifo(fifo: string): void {
  try {
    closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch {
    // Nobody reads it yet, or it was removed because somebody read of it.
  }
}

function ask(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It ended meanwhile.
  }
}

const endOf = (strace: ChildProcess): Promise<Omit<RecordingEnd, 'leftBehind'>> =>
  new Promise((resolve) => {
    strace.once('error', () => resolve({ isMissing: true, status: null, signal: null }))
    strace.once('exit', (status, signal) => resolve({ isMissing: false, status, signal }))
  })

const pidOf = (line: string): number | undefined => {
  const found = /^(\d+) /.exec(line)
  return found === null ? undefined : Number(found[1])
}

function endIn(line: string, command: number): Pick<RecordingEnd, 'status' | 'signal'> | undefined {
  const found = /^(\d+) +\S+ \+\+\+ (?:exited with (\d+)|killed by (SIG\w+))/.exec(line)
  if (found === null || Number(found[1]) !== command) return undefined
  const [, , status, signal] = found
  return {
    status: status === undefined ? null : Number(status),
    signal: (signal as NodeJS.Signals | undefined) ?? null,
  }
}
