/** The harness cannot do what was asked of it, which says nothing about the target. Exit status 3. */
export class HarnessError extends Error {
  override name = 'HarnessError'
}

/**
 * `start`: the probe could not be started; `refused`: it said itself why it cannot run here; `exited`: it ended
 * or closed its output; `spoilt`: a scenario left behind what the target does not put in order again; `garbage`: what it wrote is not the protocol; `hung`: it did not answer in time;
 * `closed`: the harness itself had ended it.
 */
export type TargetProblemKind = 'start' | 'refused' | 'exited' | 'spoilt' | 'garbage' | 'hung' | 'closed'

/**
 * A probe cannot be used (any more), which says nothing about the target unless a scenario does it each time. The message says
 * what to do; `account` is what happened, without advice.
 */
export class TargetProblem extends HarnessError {
  override name = 'TargetProblem'
  readonly kind: TargetProblemKind
  readonly account: string

  constructor(kind: TargetProblemKind, message: string, account = message) {
    super(message)
    this.kind = kind
    this.account = account
  }
}

/** The target, as it seems, was brought down by what it was given: its probe cannot go on. */
export const isDown = (problem: unknown): problem is TargetProblem =>
  problem instanceof TargetProblem && ['hung', 'exited', 'spoilt'].includes(problem.kind)

/** A target needs what is not installed here; `install` is the command that changes that. */
export class NotInstalled extends HarnessError {
  override name = 'NotInstalled'
  readonly install: string

  constructor(message: string, install: string) {
    super(message)
    this.install = install
  }
}
