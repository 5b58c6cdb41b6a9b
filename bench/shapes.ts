import { initialWorld } from '../model/initial.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'
import type { Family } from '../model/vocabulary/shape.ts'
import type { Facts } from '../model/world.ts'
import type { Draw } from '../properties/arbitraries/draw.ts'
import { generators } from '../properties/arbitraries/generators.ts'
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

export const shapes: readonly Shape[] = [
  {
    name: 'stepped',
    what: '3 actors, 10 steps, 2 of them sleep (semaphores, messages)',
    actors: ['A', 'B', 'C'],
    steps: 10,
    sleeps: 2,
    families: ['semaphores', 'messages'],
  },
  {
    name: 'sequence',
    what: '1 actor, 20 calls (semaphores, messages, shared memory)',
    actors: ['A'],
    steps: 20,
    sleeps: 0,
    families: ['semaphores', 'messages', 'shared-memory'],
  },
]

/** Proposals for one scenario before it is thrown away. */
const PROPOSALS_MAX = 200

/** Generates a scenario of exactly this shape. */
export function generateShape(draw: Draw, facts: Facts, shape: Shape): Scenario {
  const start = initialWorld(facts, shape.actors)
  for (;;) {
    const family = shape.families[draw.int(shape.families.length)] ?? 'semaphores'
    const walk = newWalk(draw, start, { withProcesses: false, slow: false })
    for (let proposals = 0; walk.steps.length < shape.steps && proposals < PROPOSALS_MAX; proposals++) {
      const step = generators[family].propose(walk.setting())
      if (step !== undefined) walk.add(step, (asleep) => asleep <= shape.sleeps)
    }
    if (walk.steps.length === shape.steps && walk.sleeps() === shape.sleeps)
      return { title: '', steps: walk.steps }
  }
}
