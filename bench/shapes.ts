import type { Step } from '../model/vocabulary/scenario.ts'
import type { Family } from '../model/vocabulary/shape.ts'
import type { World } from '../model/world.ts'
import type { Draw } from '../properties/arbitraries/draw.ts'
import type { Foreseen } from '../properties/arbitraries/generate.ts'
import { generators } from '../properties/arbitraries/generators.ts'
import type { Setting } from '../properties/arbitraries/setting.ts'
import { newWalk } from '../properties/arbitraries/walk.ts'

/** A kind of scenario to measure, made by the same proposers as those of a run. */
export interface Shape {
  readonly name: string
  readonly what: string
  readonly actors: readonly string[]
  readonly steps: number
  /** How many of the steps put their actor to sleep. */
  readonly sleeps: number
  readonly families: readonly Family[]
}

export const sequence: Shape = {
  name: 'sequence',
  what: '1 actor, 20 calls (semaphores, messages, shared memory)',
  actors: ['A'],
  steps: 20,
  sleeps: 0,
  families: ['semaphores', 'messages', 'shared-memory'],
}

export const shapes: readonly Shape[] = [
  {
    name: 'stepped',
    what: '3 actors, 10 steps, 2 of them sleep (semaphores, messages)',
    actors: ['A', 'B', 'C'],
    steps: 10,
    sleeps: 2,
    families: ['semaphores', 'messages'],
  },
  sequence,
]

/** Proposals for one scenario before it is thrown away. */
const PROPOSALS_MAX = 200

/** Generates a scenario of exactly this shape. */
export function generateShape(draw: Draw, start: World, shape: Shape): Foreseen {
  for (;;) {
    const family = shape.families[draw.int(shape.families.length)] ?? 'semaphores'
    const walk = newWalk(draw, start, { withProcesses: false, slow: false })
    for (let proposals = 0; walk.steps.length < shape.steps && proposals < PROPOSALS_MAX; proposals++) {
      const setting = walk.setting()
      const due = shape.sleeps - walk.sleeps()
      const wanted = due > 0 && draw.int(shape.steps - walk.steps.length) < due ? aSleep(setting) : undefined
      const step = wanted ?? generators[family].propose(setting)
      if (step !== undefined)
        walk.add(step, (asleep) => asleep === walk.sleeps() + (wanted === undefined ? 0 : 1))
    }
    if (walk.steps.length === shape.steps && walk.sleeps() === shape.sleeps)
      return { scenario: { title: '', steps: walk.steps }, foresight: walk.foresight() }
  }
}

/** A call that sleeps on what there is; undefined while there is nothing. */
function aSleep({ draw, world, able }: Setting): Step | undefined {
  const actor = draw.pick(able)
  const sets = Object.keys(world.sets)
  const set = sets[draw.int(sets.length)]
  const semaphores = world.sets[set ?? '']?.semaphores ?? []
  if (set !== undefined && semaphores.length > 0) {
    const sem = draw.int(semaphores.length)
    const value = semaphores[sem]?.value ?? 0
    const change = value > 0 && draw.chance(30) ? 0 : -value - 1
    return { actor, call: { name: 'semop', set, operations: [{ sem, change, flags: 0 }] } }
  }
  const queues = Object.keys(world.queues)
  const queue = queues[draw.int(queues.length)]
  if (queue === undefined) return undefined
  return { actor, call: { name: 'msgrcv', queue, size: 100, type: 4 + draw.int(3), flags: 0 } }
}
