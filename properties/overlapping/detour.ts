import { canAct, knownOutcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import type { OverlappingProgram } from '../../oracle/trace/timed-call.ts'
import { type Draw, drawFrom } from '../arbitraries/draw.ts'
import { seeded } from '../arbitraries/random.ts'
import { isWhole, without } from './part-of-program.ts'

/** Orders of the calls that are followed, of all that there are. */
const ORDERS = 8

/**
 * The program without the calls that use rules which are to be avoided, in some orders of its calls; without what cannot be
 * left out it would be another program.
 */
export function goingAround(
  program: OverlappingProgram,
  start: World,
  avoid: ReadonlySet<string>,
  seed: number,
): OverlappingProgram {
  if (avoid.size === 0) return program
  const draw = drawFrom(seeded(seed))
  let way = program
  for (let order = 0; order < ORDERS; order++) {
    const using = usingSteps(way, start, avoid, draw)
    if (using.size > 0) way = withoutAll(way, using)
  }
  return way
}

/** The steps that use one of the rules when the calls take effect in an order of chance. */
function usingSteps(
  { scenario, first, last }: OverlappingProgram,
  start: World,
  avoid: ReadonlySet<string>,
  draw: Draw,
): ReadonlySet<number> {
  const using = new Set<number>()
  let world = start
  const take = ({ actor, call }: Step, at: number) => {
    if (!canAct(world, actor)) return
    const [outcome] = knownOutcomes(world, actor, call, 1, linux)
    if (outcome?.rules.some((rule) => avoid.has(rule))) using.add(at)
    world = outcome?.world ?? world
  }
  scenario.steps.slice(0, first).forEach(take)
  const left = new Map<string, number[]>()
  for (let at = first; at < last; at++) {
    const { actor } = scenario.steps[at] as Step
    left.set(actor, [...(left.get(actor) ?? []), at])
  }
  for (;;) {
    const able = [...left].filter(([actor, its]) => its.length > 0 && canAct(world, actor))
    const at = able[draw.int(Math.max(1, able.length))]?.[1].shift()
    if (at === undefined) break
    take(scenario.steps[at] as Step, at)
  }
  scenario.steps.slice(last).forEach((step, at) => {
    take(step, last + at)
  })
  return using
}

/** The program without these steps, as far as nothing else needs what they make. */
function withoutAll(program: OverlappingProgram, steps: ReadonlySet<number>): OverlappingProgram {
  let way = program
  for (const at of [...steps].sort((a, b) => b - a)) {
    const shorter = without(way, (each) => each !== at)
    if (isWhole(shorter)) way = shorter
  }
  return way
}
