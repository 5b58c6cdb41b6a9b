import type { Call } from './forms.ts'

/** One step of a scenario: an actor makes a call. */
export interface Step {
  readonly actor: string
  readonly call: Call
}

/** Actors are processes named by capitals; a forked child is named by the variable of its `fork`, a further thread by that of its `thread`. */
export interface Scenario {
  /** What the scenario is about, one line; empty for generated ones. */
  readonly title: string
  readonly steps: readonly Step[]
}

/** The processes that exist when a scenario starts: children of the driver, each leading its own process group. */
export const rootActors = ['A', 'B', 'C', 'D'] as const
