import { initialWorld, usualFacts } from '../initial.ts'
import { outcomes } from '../outcomes.ts'
import { linux, type Profile } from '../profile.ts'
import type { Step } from '../vocabulary/scenario.ts'
import { parseScenario } from '../vocabulary/text/parse.ts'
import { printStep } from '../vocabulary/text/print.ts'
import type { World } from '../world.ts'
import { type Explored, explore } from './explore.ts'
import { invariants } from './invariants.ts'

/** A small world in words. */
export interface SmallWorld {
  readonly actors: readonly string[]
  /** Steps that lead to the start. */
  readonly given?: readonly string[]
  /** What the actors may do. */
  readonly steps: readonly string[]
  readonly depth: number
}

/** Each line for each actor. */
export const each = (actors: readonly string[], ...lines: readonly string[]): readonly string[] =>
  actors.flatMap((actor) => lines.map((line) => `${actor}: ${line}`))

export const stepsOf = (lines: readonly string[]): readonly Step[] =>
  parseScenario(lines.join('\n')).scenario.steps

/** The world that the lines lead to on Linux, at the time that `explore` gives to all steps. */
export function worldAfter(actors: readonly string[], lines: readonly string[]): World {
  return stepsOf(lines).reduce(
    (world, { actor, call }) => outcomes(world, actor, call, 1, linux)[0]?.world ?? world,
    initialWorld(usualFacts, actors),
  )
}

/** Explores it with all invariants. */
export const exploreSmall = (
  { actors, given = [], steps, depth }: SmallWorld,
  profile: Profile,
  perform?: typeof outcomes,
): Explored =>
  explore({
    start: worldAfter(actors, given),
    alphabet: stepsOf(steps),
    depth,
    profile,
    invariants,
    ...(perform === undefined ? {} : { perform }),
  })

/** Distinct worlds and transitions, and what was violated on which way. */
export function summary({
  states,
  transitions,
  violations,
}: Explored): readonly [states: number, transitions: number, ...violated: string[]] {
  const ways = violations.map(({ invariant, path }) => `${invariant}: ${path.map(printStep).join('; ')}`)
  return [states, transitions, ...ways]
}
