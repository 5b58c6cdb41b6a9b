import type { Command } from 'commander'
import type { ExitStatus } from './exit-status.ts'
import type { Io } from './io.ts'

/** A subcommand: its options and its action, which hands the exit status to `done`. */
export type Subcommand = (io: Io, done: (status: ExitStatus) => void) => Command
