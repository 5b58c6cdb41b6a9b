import { initialWorld, usualFacts } from '../../model/initial.ts'
import { canAct, type Outcome } from '../../model/outcomes.ts'
import { linux, type Profile } from '../../model/profile.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import type { ScenarioText } from '../../model/vocabulary/text/parse.ts'
import type { World } from '../../model/world.ts'
import { expectationsByStep, isMet, type LineExpectation } from '../line-expectations.ts'
import { callsAt } from '../words.ts'
import { type Allowed, allowedAt } from './allowed.ts'
import { whyNot } from './object-states.ts'

/** A step of a scenario as it is told: all that is allowed, and the one outcome with which the tale goes on. */
export interface FollowedStep {
  /** From 1. */
  readonly number: number
  readonly step: Step
  readonly before: World
  readonly allowed: readonly Allowed[]
  readonly followed: Allowed
  /** One of its ways. */
  readonly outcome: Outcome
  /**
   * It is the `only` one; the file `expected` it; steps behind `needed` it; nothing else decided, and it is `documented` of
   * Linux; somebody has `chosen` it.
   */
  readonly because: 'only' | 'expected' | 'needed' | 'documented' | 'chosen'
  /** What the file expects and no profile allows. */
  readonly unmet: readonly LineExpectation[]
}

export interface Followed {
  readonly steps: readonly FollowedStep[]
  /** Why a step cannot be made or told, where the tale ends early: a sentence without a full stop; else empty. */
  readonly problem: string
}

/** How many steps are computed in search of a way that is what the file expects from beginning to end. */
const TRIES_MAX = 3000

/** The world in which files are told where nothing else is known. */
const usual = initialWorld(usualFacts, rootActors)

/**
 * One way through a scenario, or on from the steps `before`: of the outcomes that the profiles allow the first that the
 * file expects, here and in the steps behind; what is documented of Linux where nothing is expected, or nothing that is
 * allowed.
 */
export function follow(
  text: ScenarioText,
  profiles: readonly Profile[],
  before: readonly FollowedStep[] = [],
): Followed {
  const telling = createTelling(text, profiles)
  let world = before.at(-1)?.outcome.world ?? usual
  const expected = search(telling, world, { tries: 0 }, before)
  if (expected !== undefined) return { steps: expected, problem: '' }
  const steps = [...before]
  while (steps.length < text.scenario.steps.length) {
    const told = telling(world, steps.length)
    if (typeof told === 'string') return { steps, problem: told }
    const [next] = told
    if (next === undefined) break
    steps.push(next)
    world = next.outcome.world
  }
  return { steps, problem: '' }
}

/** The ways in which a step may be told, the preferred one first, or why it cannot be. */
type Telling = (world: World, at: number) => readonly FollowedStep[] | string

function createTelling({ scenario, lines }: ScenarioText, profiles: readonly Profile[]): Telling {
  const expectations = expectationsByStep(lines)
  const inOrder = profiles.toSorted((a, b) => Number(b === linux) - Number(a === linux))
  return (world, at) => {
    const step = scenario.steps[at]
    if (step === undefined) return []
    if (!isPossible(world, step)) return `step ${at + 1} cannot be made: ${whyNot(world, step.actor)}`
    const allowed = tryTo(() => allowedAt(world, step, at + 1, callsAt(scenario.steps, at), inOrder))
    if (typeof allowed === 'string') return `step ${at + 1} cannot be told: ${allowed}`
    const wanted = expectations[at] ?? []
    const meeting = allowed.filter(({ outcome }) => wanted.every((each) => isMet(each, outcome.events)))
    const isMeant = wanted.length > 0 && meeting.length > 0
    return (meeting.length > 0 ? meeting : allowed).flatMap((followed, place) =>
      followed.ways.map((outcome) => ({
        ...{ number: at + 1, step, before: world, allowed, followed, outcome },
        because: allowed.length === 1 ? 'only' : isMeant ? 'expected' : place > 0 ? 'needed' : 'documented',
        unmet: meeting.length === 0 ? wanted : [],
      })),
    )
  }
}

/** The first way on which every expectation is met; undefined if none was found. */
function search(
  telling: Telling,
  world: World,
  count: { tries: number },
  before: readonly FollowedStep[],
): readonly FollowedStep[] | undefined {
  if (count.tries++ >= TRIES_MAX) return undefined
  const told = telling(world, before.length)
  if (typeof told === 'string' || told.some(({ unmet }) => unmet.length > 0)) return undefined
  if (told.length === 0) return before
  for (const each of told) {
    const found = search(telling, each.outcome.world, count, [...before, each])
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether the step can be given in this world. */
const isPossible = (world: World, { actor, call }: Step): boolean =>
  formOf(call.name).pseudo === true || canAct(world, actor)

/** What the model says, or why it says nothing. */
function tryTo<T>(ask: () => T): T | string {
  try {
    return ask()
  } catch (error) {
    if ((error as Error).constructor !== Error) throw error
    return (error as Error).message
  }
}
