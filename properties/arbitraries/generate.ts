import type { Foresight } from '../../model/foresight.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import { activityOf, actorsOf, type World } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import { generators } from './generators.ts'
import { change, hasStrangers, inspector, strangers, varied } from './identities.ts'
import { ask } from './info.ts'
import { hasLimits, lowered, pressed } from './limits.ts'
import { oddity, successors } from './oddities.ts'
import type { Setting } from './setting.ts'
import { excursion, hasRoomForSpaces } from './spaces.ts'
import { severalThreads, threadStep } from './threads.ts'
import { newWalk } from './walk.ts'

/** What kind of scenarios are wanted. */
export interface Recipe {
  readonly start: World
  readonly families: readonly Family[]
  /** Scenarios with steps that take milliseconds or wait for the next second. */
  readonly slow: boolean
  /** Rules that are known to be broken: steps that use them are seldom taken, so that they do not hide others. */
  readonly avoid?: ReadonlySet<string>
}

export interface Foreseen {
  readonly scenario: Scenario
  readonly foresight: Foresight
}

/** Steps of a scenario before it looks at everything. */
const STEPS_MAX = 18
/** How often somebody may fall asleep beside several threads: in profile posix all of them may go on in any order. */
const THREADED_SLEEPS_MAX = 4
/** Proposals that turned out to be impossible before a scenario ends where it is. */
const REFUSALS_MAX = 8
/** The same where much is refused that would be possible. */
const AVOIDING_REFUSALS_MAX = 40

/**
 * Generates a scenario by walking the model: every step makes sense in the world that the steps before lead to in
 * profile linux, and somebody can always make the next call.
 */
export const generate = (draw: Draw, recipe: Recipe): Scenario => foresee(draw, recipe).scenario

/** Generates a scenario, and tells what the model said while it was made. */
export function foresee(draw: Draw, recipe: Recipe): Foreseen {
  const family = recipe.families[draw.int(recipe.families.length)] ?? 'semaphores'
  const withProcesses = family === 'processes' || draw.chance(family === 'semaphores' ? 15 : 7)
  const companion = draw.chance(12) ? recipe.families[draw.int(recipe.families.length)] : undefined
  const walk = newWalk(draw, recipe.start, { ...recipe, withProcesses })
  const follow = (plan: Iterable<Step>, add: (step: Step) => boolean = (step) => walk.add(step)) => {
    for (const step of plan) add(step)
  }
  const limited = !recipe.slow && hasLimits(recipe.start, family) && draw.chance(9)
  if (limited) follow(lowered(walk.setting(), family))
  /** Forks fail: nothing can be planned that builds on them, and nobody may become the user who has no more. */
  const childless = limited && family === 'processes'
  const leaves =
    withProcesses && !recipe.slow && !limited && family !== 'processes' && hasRoomForSpaces(recipe.start)
  if (leaves && draw.chance(8)) follow(excursion(walk.setting(), family))
  if (!recipe.slow && !limited && draw.chance(1)) follow(successors(walk.setting(), family))
  const various = !recipe.slow && !childless && hasStrangers(recipe.start) && draw.chance(18)
  if (various) follow(strangers(walk.setting()))
  const threaded = withProcesses && !limited && !various && draw.chance(family === 'processes' ? 8 : 24)
  const tell = (step: Step | undefined) => step !== undefined && walk.add(step)
  const mayAdd = threaded ? (sleeps: number) => sleeps <= THREADED_SLEEPS_MAX : undefined
  const add = (step: Step) => walk.add(various ? varied(walk.setting(), step) : step, mayAdd)
  if (threaded) follow(severalThreads(walk.setting(), family))
  else if (!childless) follow(generators[family].prepare?.(walk.setting()) ?? [], add)
  const length = walk.steps.length + 2 + draw.int(draw.chance(30) ? 6 : STEPS_MAX)
  const tickAt = 1 + draw.int(length)
  let ticked = !recipe.slow
  const refusalsMax = recipe.avoid === undefined ? REFUSALS_MAX : AVOIDING_REFUSALS_MAX
  for (let refusals = 0; walk.steps.length < length && refusals < refusalsMax; ) {
    const waiting = withDeadline(walk.setting().world)
    if (waiting !== undefined && draw.chance(40)) walk.add({ actor: waiting, call: { name: 'expires' } })
    else if (waiting === undefined && walk.steps.length >= tickAt && !ticked) {
      ticked = true
      walk.add({ actor: 'A', call: { name: 'tick' } })
    }
    if (draw.chance(4)) tell(ask(walk.setting(), family))
    if (draw.chance(4)) tell(oddity(walk.setting(), family))
    const source = draw.chance(15) && companion !== undefined ? companion : family
    const byThread = threaded && draw.chance(40) ? threadStep(walk.setting(), family) : undefined
    if (byThread !== undefined) add(byThread)
    const processes = withProcesses && source !== 'processes' && draw.chance(18)
    if (various && draw.chance(4)) tell(change(walk.setting()))
    if (limited && draw.chance(14)) tell(pressed(walk.setting(), family))
    const step = generators[processes ? 'processes' : source].propose(walk.setting())
    if (step === undefined || !add(step)) refusals++
  }
  for (;;) {
    const late = withDeadline(walk.setting().world)
    if (late === undefined || !walk.add({ actor: late, call: { name: 'expires' } })) break
  }
  if (draw.chance(20)) tell(ask(walk.setting(), family))
  const last = various ? inspector(walk.setting()) : undefined
  const watcher = last !== undefined && walk.add(last) ? ([last.actor] as const) : undefined
  const watching = (): Setting =>
    watcher === undefined ? walk.setting() : { ...walk.setting(), able: watcher }
  for (const each of new Set([family, companion ?? family, ...(withProcesses ? ['processes' as const] : [])]))
    follow(generators[each].observe(watching()))
  return { scenario: { title: '', steps: walk.steps }, foresight: walk.foresight() }
}

/** A sleeper whose deadline will pass: it must not be left pending while the clock is waited for, or at the end. */
function withDeadline(world: World): string | undefined {
  return actorsOf(world).find((name) => {
    const activity = activityOf(world, name)
    return activity?.is === 'asleep' && activity.on.in === 'semaphores' && activity.on.expires !== 'never'
  })
}
