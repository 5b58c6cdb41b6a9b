import type { Layer } from './target.ts'

/**
 * A target as data: how its probe is built and started, and what has to be installed for that. `describedTarget`
 * makes a target of it. What cannot be described so (a kernel that is booted first) implements `Target` itself.
 */
export interface TargetDescription {
  readonly name: string
  /** One line: what is tested when this target is chosen. */
  readonly summary: string
  /** What it puts between the calls and this machine's kernel. */
  readonly layer?: Layer
  /** Compilers with flags that can build its probe; the first that works here is taken. None: the user's own. */
  readonly compilers?: readonly string[]
  /** What starts its probe: a command prefix, split as a shell does. */
  readonly runner?: string
  /**
   * Whether the runner has to start the probe's image again when an actor executes it: where it is the emulator of
   * another processor, this kernel cannot.
   */
  readonly executes?: 'by itself' | 'through the runner'
  /** Its calls go through syscall(2) unless the user asks for something else. */
  readonly entry?: 'syscall'
  /** What its version is, where it is not about the kernel: the C library's, or what a command prints. */
  readonly version?: 'libc' | PrintedVersion
  /** Debian packages. */
  readonly packages: readonly string[]
  /** Seconds without any reply after which its probe counts as hung, where the usual time is too short. */
  readonly replyWithin?: number
  /** It keeps files in the folder for temporary files that it does not remove when it is killed. */
  readonly leavesFiles?: true
  /** Probes that may run side by side, where starting one is dear. */
  readonly probesMax?: number
}

/** A command, split as a shell does, and what of its output is the version. */
export interface PrintedVersion {
  readonly command: string
  readonly pattern: RegExp
}
