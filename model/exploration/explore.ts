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
  const { start, alphabet, depth, profile, perform = outcomes } = expedition
  const violations: Violation[] = []
  const seen = new Set([canonicalKey(start)])
  const visits: Visit[] = [{ world: start, from: undefined, step: undefined, depth: 0 }]
  let transitions = 0
  check(expedition, violations, visits[0], undefined, undefined)
  for (const visit of visits) {
    if (visit.depth === depth) break
    for (const step of alphabet) {
      if (!isPossible(visit.world, step)) continue
      for (const outcome of perform(visit.world, step.actor, step.call, NOW, profile)) {
        transitions++
        const key = canonicalKey(outcome.world)
        const next: Visit = { world: outcome.world, from: visit, step, depth: visit.depth + 1 }
        const isNew = !seen.has(key)
        check(expedition, violations, isNew ? next : undefined, { ...next, from: visit }, outcome)
        if (violations.length >= VIOLATIONS_MAX) return { states: seen.size, transitions, violations }
        if (!isNew) continue
        seen.add(key)
        visits.push(next)
      }
    }
  }
  return { states: seen.size, transitions, violations }
}

interface Visit {
  readonly world: World
  readonly from: Visit | undefined
  readonly step: Step | undefined
  readonly depth: number
}

/** Checks a world that is new, and the step that led there. */
function check(
  { invariants, profile }: Expedition,
  violations: Violation[],
  fresh: Visit | undefined,
  made: (Visit & { readonly from: Visit }) | undefined,
  outcome: Outcome | undefined,
): void {
  for (const invariant of invariants) {
    const holds =
      invariant.about === 'world'
        ? fresh === undefined || invariant.holds(fresh.world, profile)
        : made?.step === undefined ||
          outcome === undefined ||
          invariant.holds({ before: made.from.world, step: made.step, outcome, profile })
    const where = made ?? fresh
    if (!holds && where !== undefined)
      violations.push({ invariant: invariant.id, sentence: invariant.sentence, path: pathTo(where), outcome })
  }
}

function pathTo(visit: Visit): readonly Step[] {
  const path: Step[] = []
  for (let at: Visit | undefined = visit; at?.step !== undefined; at = at.from) path.unshift(at.step)
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
