import type { Outcome } from '../outcomes.ts'
import type { Profile } from '../profile.ts'
import type { Step } from '../vocabulary/scenario.ts'
import type { World } from '../world.ts'

/** Something that is true of every world at rest, or of every step, whatever is done. */
export type Invariant = WorldInvariant | StepInvariant

interface Named {
  readonly id: string
  readonly sentence: string
}

export interface WorldInvariant extends Named {
  readonly about: 'world'
  readonly holds: (world: World, profile: Profile) => boolean
}

export interface StepInvariant extends Named {
  readonly about: 'step'
  readonly holds: (transition: Transition) => boolean
}

/** A step and one thing that came of it. */
export interface Transition {
  readonly before: World
  readonly step: Step
  readonly outcome: Outcome
  readonly profile: Profile
}

export const ofWorlds = (id: string, sentence: string, holds: WorldInvariant['holds']): Invariant => ({
  id,
  sentence,
  about: 'world',
  holds,
})

export const ofSteps = (id: string, sentence: string, holds: StepInvariant['holds']): Invariant => ({
  id,
  sentence,
  about: 'step',
  holds,
})
