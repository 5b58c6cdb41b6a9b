import { canAct, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import { generators } from './generators.ts'
import type { Setting } from './setting.ts'

/** What kind of scenarios are wanted. */
export interface Recipe {
  readonly start: World
  readonly families: readonly Family[]
  /** Scenarios with steps that take milliseconds or wait for the next second. */
  readonly slow: boolean
}

/** Steps of a scenario before it looks at everything. */
const STEPS_MAX = 18
/** Proposals that turned out to be impossible before a scenario ends where it is. */
const REFUSALS_MAX = 8

/**
 * Generates a scenario by walking the model: every step makes sense in the world that the steps before lead to in
 * profile linux, and somebody can always make the next call.
 */
export function generate(draw: Draw, recipe: Recipe): Scenario {
  const family = recipe.families[draw.int(recipe.families.length)] ?? 'semaphores'
  const withProcesses = family === 'processes' || draw.chance(7)
  const companion = draw.chance(12) ? recipe.families[draw.int(recipe.families.length)] : undefined
  const walk = newWalk(draw, recipe, withProcesses)
  const length = 2 + draw.int(draw.chance(30) ? 6 : STEPS_MAX)
  const tickAt = 1 + draw.int(length)
  let ticked = !recipe.slow
  for (let refusals = 0; walk.steps.length < length && refusals < REFUSALS_MAX; ) {
    const waiting = withDeadline(walk.setting().world)
    if (waiting !== undefined && draw.chance(40)) walk.add({ actor: waiting, call: { name: 'expires' } })
    else if (waiting === undefined && walk.steps.length >= tickAt && !ticked) {
      ticked = true
      walk.add({ actor: 'A', call: { name: 'tick' } })
    }
    const source = draw.chance(15) && companion !== undefined ? companion : family
    const processes = withProcesses && source !== 'processes' && draw.chance(18)
    const step = generators[processes ? 'processes' : source].propose(walk.setting())
    if (step === undefined || !walk.add(step)) refusals++
  }
  for (
    let late = withDeadline(walk.setting().world);
    late !== undefined;
    late = withDeadline(walk.setting().world)
  )
    if (!walk.add({ actor: late, call: { name: 'expires' } })) break
  for (const each of new Set([family, companion ?? family, ...(withProcesses ? ['processes' as const] : [])]))
    for (const step of generators[each].observe(walk.setting())) walk.add(step)
  return { title: '', steps: walk.steps }
}

/** A sleeper whose deadline will pass: it must not be left pending while the clock is waited for, or at the end. */
function withDeadline({ processes }: World): string | undefined {
  return Object.keys(processes).find((name) => {
    const activity = processes[name]?.activity
    return activity?.is === 'asleep' && activity.on.in === 'semaphores' && activity.on.expires !== 'never'
  })
}

interface Walk {
  readonly steps: Step[]
  setting(): Setting
  /** Adds the step if it can be made and leaves somebody able to go on. */
  add(step: Step): boolean
}

function newWalk(draw: Draw, recipe: Recipe, withProcesses: boolean): Walk {
  const steps: Step[] = []
  const used: Record<string, number> = {}
  let world = recipe.start
  let able = ableActors(world)
  const fresh = (letter: string) => {
    used[letter] = (used[letter] ?? 0) + 1
    return used[letter] === 1 ? letter : `${letter}${used[letter]}`
  }
  const made = (letter: string) => {
    const names: string[] = []
    for (const { call } of steps) if ('as' in call && call.as.startsWith(letter)) names.push(call.as)
    return names
  }
  return {
    steps,
    setting: () => ({ draw, world, able, withProcesses, slow: recipe.slow, fresh, made }),
    add(step) {
      const after =
        isPseudo(step.call) || canAct(world, step.actor) ? predict(world, step, steps.length + 1) : undefined
      if (after === undefined) return false
      const next = after.processes === world.processes ? able : ableActors(after)
      if (next.length === 0) return false
      world = after
      able = next
      steps.push(step)
      return true
    },
  }
}

/** The world after the step in profile linux. */
export const predict = (world: World, { actor, call }: Step, now: number): World | undefined =>
  outcomes(world, actor, call, now, linux)[0]?.world

const isPseudo = (call: Call) => formOf(call.name).pseudo === true

export const ableActors = (world: World): readonly [string, ...string[]] =>
  Object.keys(world.processes).filter((name) => canAct(world, name)) as unknown as readonly [
    string,
    ...string[],
  ]
