import { canonicalKey } from '../canonical.ts'
import { canAct, type Outcome, outcomes } from '../outcomes.ts'
import type { Profile } from '../profile.ts'
import { formOf } from '../vocabulary/forms.ts'
import type { Step } from '../vocabulary/scenario.ts'
import type { World } from '../world.ts'
import type { Invariant } from './invariant.ts'

/** A part of the model that is small enough to be seen whole. */
export interface Expedition {
  readonly start: World
  /** Who may do what; a step is made wherever its actor can make it. */
  readonly alphabet: readonly Step[]
  /** How many steps from the start. */
  readonly depth: number
  readonly profile: Profile
  readonly invariants: readonly Invariant[]
  /** What a step may come to; the model's own `outcomes` unless a test wants to see an invariant broken. */
  readonly perform?: typeof outcomes
}

export interface Explored {
  /** Worlds that were reached, the start among them. */
  readonly states: number
  /** Outcomes of steps in them, those that lead to known worlds among them. */
  readonly transitions: number
  /** None where all is well; the search ends at the first few. */
  readonly violations: readonly Violation[]
}

/** An invariant that does not hold, and the shortest way there. */
export interface Violation {
  readonly invariant: string
  readonly sentence: string
  readonly path: readonly Step[]
  readonly outcome: Outcome | undefined
}

/** All steps have the same time, so that worlds do not differ by their stamps. */
const NOW = 1

const VIOLATIONS_MAX = 5

/** Visits every world within reach, the nearest first, each once. */
export function explore(expedition: Expedition): Explored {
  const { start, alphabet, depth, profile, invariants, perform = outcomes } = expedition
  const ofWorlds = invariants.filter((invariant) => invariant.about === 'world')
  const ofSteps = invariants.filter((invariant) => invariant.about === 'step')
  const seen = new Set([canonicalKey(start)])
  const violations: Violation[] = []
  const found = (broken: readonly Invariant[], way: Way | undefined, outcome: Outcome | undefined) => {
    for (const { id, sentence } of broken)
      violations.push({ invariant: id, sentence, path: pathOf(way), outcome })
  }
  found(
    ofWorlds.filter(({ holds }) => !holds(start, profile)),
    undefined,
    undefined,
  )
  let transitions = 0
  let frontier: readonly Visit[] = [{ world: start, way: undefined }]
  for (let distance = 0; distance < depth; distance++) {
    const next: Visit[] = []
    for (const { world, way } of frontier)
      for (const step of alphabet) {
        if (!isPossible(world, step)) continue
        for (const outcome of perform(world, step.actor, step.call, NOW, profile)) {
          transitions++
          const transition = { before: world, step, outcome, profile }
          const onwards = { from: way, step }
          const broken: Invariant[] = ofSteps.filter(({ holds }) => !holds(transition))
          const key = canonicalKey(outcome.world)
          if (!seen.has(key)) {
            seen.add(key)
            next.push({ world: outcome.world, way: onwards })
            broken.push(...ofWorlds.filter(({ holds }) => !holds(outcome.world, profile)))
          }
          found(broken, onwards, outcome)
          if (violations.length >= VIOLATIONS_MAX) return { states: seen.size, transitions, violations }
        }
      }
    frontier = next
  }
  return { states: seen.size, transitions, violations }
}

/** A world whose steps are still to be made. */
interface Visit {
  readonly world: World
  readonly way: Way | undefined
}

/** How a world was reached; undefined is the start. */
interface Way {
  readonly from: Way | undefined
  readonly step: Step
}

function pathOf(way: Way | undefined): readonly Step[] {
  const path: Step[] = []
  for (let at = way; at !== undefined; at = at.from) path.unshift(at.step)
  return path
}

/** The actor is outside any call (or asleep, where its deadline is to pass), and what the call makes has a new name. */
function isPossible(world: World, { actor, call }: Step): boolean {
  if (call.name === 'expires') return world.processes[actor]?.activity.is === 'asleep'
  if (formOf(call.name).pseudo !== true && !canAct(world, actor)) return false
  return !('as' in call) || !isNamed(world, call.as)
}

const isNamed = ({ sets, queues, segments, processes, aliases, failed }: World, name: string) =>
  [sets, queues, segments, processes, aliases].some((objects) => name in objects) ||
  failed.includes(name) ||
  Object.values(processes).some(
    ({ attachments, lifecycle }) => name in attachments || name in lifecycle.pidfds,
  )
