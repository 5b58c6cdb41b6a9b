import type { Style } from '../reports/style.ts'

/** Where a command writes: results to `out`, progress and problems to `err`. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** The lines that are typed, or come through a pipe; asked for where a command talks with its user. */
  input(): AsyncIterable<string>
  /** What is typed shows by itself. */
  readonly isTalking?: boolean
  /** How this program was called, for commands that are printed to be repeated. */
  readonly self: string
  /** How results are shown. */
  readonly style: Style
  /** Columns of the terminal behind `err`, where a line can be rewritten in place; 0 if it is no terminal. */
  readonly errColumns: number
  /** Fires when the user wants the command to end (SIGINT, SIGTERM). */
  readonly stop: AbortSignal
}
