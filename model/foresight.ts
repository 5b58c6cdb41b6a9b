import type { Outcome } from './outcomes.ts'
import type { Profile } from './profile.ts'
import type { World } from './world.ts'

/** What the model said about each step when a scenario was made: who judges a recording of it need not ask again. */
export interface Foresight {
  readonly start: World
  readonly profile: Profile
  /** The outcomes of each step in the world that the first outcomes of the steps before lead to. */
  readonly steps: readonly (readonly Outcome[])[]
}

/** The outcomes of step `at` (from 0) in `world`, if that is what was asked. */
export function foreseen(
  { start, profile, steps }: Foresight,
  at: number,
  world: World,
  asked: Profile,
): readonly Outcome[] | undefined {
  if (profile !== asked || world !== (at === 0 ? start : steps[at - 1]?.[0]?.world)) return undefined
  return steps[at]
}
