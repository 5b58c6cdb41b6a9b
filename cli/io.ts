import type { Style } from '../reports/style.ts'

/** Where a command writes: results to `out`, progress and problems to `err`. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** How this program was called, for commands that are printed to be repeated. */
  readonly self: string
  /** How results are shown. */
  readonly style: Style
  /** Columns of the terminal behind `err`, where a line can be rewritten in place; 0 if it is no terminal. */
  readonly errColumns: number
  /** Fires when the user wants the command to end (SIGINT, SIGTERM). */
  readonly stop: AbortSignal
}
