import type { Child } from './child.ts'

/** How to start a probe. */
export interface ProbeStart {
  /** The target's name, for messages. */
  readonly target: string
  /** The probe and its arguments. */
  readonly command: readonly string[]
  /** Environment variables for it, on top of those of this process. */
  readonly environment?: Readonly<Record<string, string>>
  /** What carries the bytes instead of a process here: a line into another machine, say. */
  readonly open?: (receive: (chunk: Uint8Array) => void) => Child
  /** A command prefix put before the probe (`strace -f -o log`), split as a shell does. */
  readonly wrap?: string | undefined
  /** What to do where it cannot be started or ends: a sentence in place of the usual one. */
  readonly advice?: string
  /** Seconds without any reply after which the probe counts as hung; `tick` and `expires` steps come on top. */
  readonly replyWithin?: number
  /** Seconds that the probe may take to end by itself when it is closed. */
  readonly endWithin?: number
}
