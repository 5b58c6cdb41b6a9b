import { plain, type Style } from '../reports/style.ts'
import type { ExitStatus } from './exit-status.ts'
import { runProgram } from './program.ts'

/** What a command line printed and how it ended. For tests. */
export interface Recorded {
  readonly status: ExitStatus
  readonly out: string
  readonly err: string
}

/** Runs a command line as `ipc-oracle WORDS…` does, without a terminal. */
export const recorded = (...words: readonly string[]): Promise<Recorded> => recordedIn(plain, ...words)

/** The same, printed for a terminal of this kind, in which these lines are typed, until it is stopped. */
export async function recordedIn(
  style: Style & { readonly typed?: readonly string[]; readonly stop?: AbortSignal },
  ...words: readonly string[]
): Promise<Recorded> {
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
    style,
    input: async function* () {
      yield* style.typed ?? []
    },
    errColumns: 0,
    stop: style.stop ?? new AbortController().signal,
  })
  return { status, out, err }
}
