/** The harness cannot do what was asked of it, which says nothing about the target. Exit status 3. */
export class HarnessError extends Error {
  override name = 'HarnessError'
}

/**
 * `start`: the probe could not be started; `refused`: it said itself why it cannot run here; `exited`: it ended
 * or closed its output; `garbage`: what it wrote is not the protocol; `hung`: it did not answer in time;
 * `closed`: the harness itself had ended it.
 */
export type TargetProblemKind = 'start' | 'refused' | 'exited' | 'garbage' | 'hung' | 'closed'

/** A probe cannot be used (any more): never a deviation and never a pass. The message says what to do. */
export class TargetProblem extends HarnessError {
  override name = 'TargetProblem'
  readonly kind: TargetProblemKind

  constructor(kind: TargetProblemKind, message: string) {
    super(message)
    this.kind = kind
  }
}

/** A target needs what is not installed here; `install` is the command that changes that. */
export class NotInstalled extends HarnessError {
  override name = 'NotInstalled'
  readonly install: string

  constructor(message: string, install: string) {
    super(message)
    this.install = install
  }
}
