import { execa } from 'execa'
import { packageRoot } from '../harness/package-root.ts'
import { openPipeline, withTarget } from './measure.ts'
import type { Shape } from './shapes.ts'

/** How cost grows: the same work per scenario and per step, whatever their number, is 1. */
export interface Scaling {
  /** Scenarios per second of a run that is ten times as long, divided by that of the short one. */
  readonly tenTimesTheScenarios: number
  /** Steps per second of scenarios that are eight times as long, divided by that of the short ones. */
  readonly eightTimesTheSteps: number
  /** Megabytes that the process holds after the short run and after the one that is ten times as long. */
  readonly memory: readonly [number, number]
  /** Seconds from the start of `ipc-oracle` to the verdict on one scenario, with a probe that was built before. */
  readonly start: number
}

const SHORT = 4000
const STEPS = 10

/** Measures how cost grows with the number of scenarios and steps of single-actor sequences. */
export async function scaling(shape: Shape): Promise<Scaling> {
  const rates = await withTarget(async (target) => {
    const short = openPipeline(target, { ...shape, steps: STEPS }, 7, 'none')
    const deep = openPipeline(target, { ...shape, steps: 8 * STEPS }, 7, 'none')
    await short.rate(SHORT)
    await deep.rate(SHORT / 4)
    const few = await short.rate(SHORT)
    const before = megabytes()
    const many = await short.rate(10 * SHORT)
    const memory = [before, megabytes()] as const
    return { few, many, memory, deep: await deep.rate(SHORT / 4), again: await short.rate(SHORT) }
  })
  return {
    tenTimesTheScenarios: rates.many / ((rates.few + rates.again) / 2),
    eightTimesTheSteps: (8 * rates.deep) / rates.again,
    memory: rates.memory,
    start: await startSeconds(),
  }
}

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6)

async function startSeconds(): Promise<number> {
  const began = performance.now()
  const scenario = 'properties/scenarios/semaphores/post-wakes-decrease.scenario'
  await execa(process.execPath, ['bin/ipc-oracle.js', 'replay', scenario], { cwd: packageRoot })
  return (performance.now() - began) / 1000
}
