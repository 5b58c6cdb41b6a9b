import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { ProbeConnection } from '../transports/probe-connection.ts'

/** Somewhere to run scenarios. */
export interface Target {
  readonly name: string
  /** One line: what is tested when this target is chosen. */
  readonly summary: string
  /** The Debian packages that it needs. */
  readonly packages: readonly string[]
  /** Which of `StartOptions` it understands. */
  readonly understands: readonly (keyof StartOptions)[]
  /** Probes of it that may run side by side; without it as many as are wanted. */
  readonly probesMax?: number
  /** Why it cannot run here and what to install, or null if it can. Does not start anything for long. */
  obstacle(options: StartOptions): Promise<string | null>
  /**
   * Builds the probe if need be and starts it. Throws `HarnessError`: `NotInstalled` where something is missing that
   * can be installed, `TargetProblem` where the probe fails.
   */
  start(options: StartOptions): Promise<StartedTarget>
}

/** What a user may ask of a target; each field is a command-line option of the same name. */
export interface StartOptions {
  /** Compiler and flags, split as a shell does; otherwise $CC, otherwise `cc`. */
  readonly cc?: string
  /** A command prefix put before the probe, split as a shell does. */
  readonly wrap?: string
  /** Whether calls go through the C library's wrapper (the default) or through syscall(2). */
  readonly entry?: 'libc' | 'syscall'
  /** Seconds without any reply after which the probe counts as hung. */
  readonly replyWithin?: number
}

/** A target that runs: a connection to its probe, and the facts for the head of its traces. */
export interface StartedTarget extends ProbeConnection {
  readonly header: TraceHeader
}
