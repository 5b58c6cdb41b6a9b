import { plain } from '../reports/style.ts'
import type { ExitStatus } from './exit-status.ts'
import { runProgram } from './program.ts'

/** What a command line printed and how it ended. For tests. */
export interface Recorded {
  readonly status: ExitStatus
  readonly out: string
  readonly err: string
}

/** Runs a command line as `ipc-oracle WORDS…` does, without a terminal. */
export async function recorded(...words: readonly string[]): Promise<Recorded> {
  let out = ''
  let err = ''
  const status = await runProgram(words, {
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    self: 'ipc-oracle',
    style: plain,
    errColumns: 0,
    stop: new AbortController().signal,
  })
  return { status, out, err }
}
