import { type Outcome, outcomes } from '../../model/outcomes.ts'
import type { Profile } from '../../model/profile.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import type { Calls } from '../match-step.ts'
import { describeOutcome } from '../words.ts'
import { objectStates, stateWords } from './object-states.ts'

/** An outcome of a step as a person can tell it from others, and the profiles that allow it. */
export interface Allowed {
  /** What is seen: `A returns 0; B returns 0`. */
  readonly words: string
  /** The objects afterwards; tells outcomes apart that look alike. */
  readonly states: readonly string[]
  readonly profiles: readonly Profile['name'][]
  /** The first of the model's outcomes that read so, and all of them: they may differ in what is not seen yet. */
  readonly outcome: Outcome
  readonly ways: readonly Outcome[]
}

/** What the profiles allow at a step of a world, each way once, what is documented of Linux first. */
export function allowedAt(
  world: World,
  step: Step,
  now: number,
  calls: Calls,
  profiles: readonly Profile[],
): readonly Allowed[] {
  const found = new Map<string, Allowed>()
  for (const profile of profiles)
    for (const outcome of outcomes(world, step.actor, step.call, now, profile)) {
      const words = describeOutcome(step, outcome, calls)
      const states = objectStates(outcome.world).map(stateWords)
      const key = [words, ...states].join('\n')
      const known = found.get(key)
      if (known === undefined)
        found.set(key, { words, states, profiles: [profile.name], outcome, ways: [outcome] })
      else found.set(key, { ...withProfiles(known, [profile.name]), ways: [...known.ways, outcome] })
    }
  return [...found.values()].map((each, _, all) =>
    all.reduce((wider, other) => (covers(other, each) ? withProfiles(wider, other.profiles) : wider), each),
  )
}

const withProfiles = (allowed: Allowed, more: Allowed['profiles']): Allowed => ({
  ...allowed,
  profiles: [...new Set([...allowed.profiles, ...more])],
})

/** Whether one leaves open what the other says, and is the same in all else. */
const covers = (wider: Allowed, one: Allowed): boolean =>
  wider.states.join('\n') === one.states.join('\n') &&
  wider.outcome.events.length === one.outcome.events.length &&
  wider.outcome.events.every((event) => one.outcome.events.some((other) => isCovered(event, other)))

function isCovered(wider: unknown, one: unknown): boolean {
  if (typeof wider !== 'object' || wider === null) return wider === one
  if ('is' in wider && wider.is === 'anything') return true
  if (typeof one !== 'object' || one === null) return false
  const fields = Object.entries(wider)
  return (
    fields.length === Object.keys(one).length &&
    fields.every(([field, value]) => isCovered(value, (one as Readonly<Record<string, unknown>>)[field]))
  )
}
