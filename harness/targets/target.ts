import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { ProbeConnection } from '../transports/probe-connection.ts'
import type { Compiled } from './ask-compiler.ts'
import type { TriedProgram } from './try-program.ts'

/** Somewhere to run scenarios. */
export interface Target {
  readonly name: string
  /** One line: what is tested when this target is chosen. */
  readonly summary: string
  /** The Debian packages that it needs. */
  readonly packages: readonly string[]
  /** What it puts between the calls and this machine's kernel, or in its place; none where the calls meet just that. */
  readonly layer?: Layer
  /** Its calls go through syscall(2) unless the user asks for something else. */
  readonly entry?: 'syscall'
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
  /** Builds a C program of one file and runs it there; absent where that is not possible. */
  try?(source: string, options: StartOptions): Promise<TriedProgram>
  /** What the compiler of its probe says to a C program of one file, with these macros; absent where `try` is. */
  compile?(source: string, macros: readonly string[], options: StartOptions): Promise<Compiled>
}

/** What lies below a call and may be to blame for what comes of it. */
export interface Layer {
  readonly is: 'C library' | 'compat layer' | 'sandbox' | 'emulator' | 'kernel'
  /** In a sentence: `gVisor`. */
  readonly called: string
  /** The target on which this machine runs the same executable without the layer, and its compiler there. */
  readonly without?: { readonly target: string; readonly cc?: string }
}

/** What a user may ask of a target; each field is a command-line option of the same name. */
export interface StartOptions {
  /** Compiler and flags, split as a shell does; otherwise $CC, otherwise `cc`. */
  readonly cc?: string
  /** A command prefix put before the probe, split as a shell does. */
  readonly wrap?: string
  /** Whether calls go through the C library's wrapper (the default) or through syscall(2). */
  readonly entry?: 'libc' | 'syscall'
  /** Path of a kernel image that is booted. */
  readonly kernel?: string
  /** A folder with the modules that the kernel needs for a virtio-serial line, in the order of their names. */
  readonly modules?: string
  /** Words for the booted kernel. */
  readonly cmdline?: string
  /** Megabytes of the machine. */
  readonly memory?: number
  /** The machine's architecture, as `uname -m` prints it. */
  readonly arch?: string
  /** Seconds without any reply after which the probe counts as hung. */
  readonly replyWithin?: number
  /** Actors run on several processors, so that their calls overlap. */
  readonly spread?: true
}

/** A target that runs: a connection to its probe, and the facts for the head of its traces. */
export interface StartedTarget extends ProbeConnection {
  readonly header: TraceHeader
  /** Of what the target is about, if that is not the kernel and if it is known. */
  readonly version?: string
}
