import { isDown, type TargetProblem } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Scenario, Step } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { isRunnable, withoutUnmade } from '../arbitraries/shrink.ts'

/** A scenario that brings the target down each time, with its last step, and what happened. */
export interface Pinpointed {
  readonly scenario: Scenario
  readonly problem: TargetProblem
}

export interface Pinpointing {
  readonly connect: () => Promise<StartedTarget>
  /** The world that scenarios begin in. */
  readonly start: World
  readonly stop: AbortSignal
  /** When to be content with what was found, as `performance.now` tells it. */
  readonly until: number
}

/** Anybody can answer that. A probe that does not was down before; one that did well may be found down only now. */
export const control: Scenario = { title: '', steps: [{ actor: 'A', call: { name: 'getppid' } }] }

/**
 * The shortest part of a scenario that brings the target down, which it is tried for on a new probe each time. Undefined
 * where the scenario does not do it this time.
 */
export async function pinpoint(
  scenario: Scenario,
  { connect, start, stop, until }: Pinpointing,
): Promise<Pinpointed | undefined> {
  let found = await bringsDown(scenario, connect)
  if (found === undefined) return undefined
  const isOver = () => stop.aborted || performance.now() > until
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    if (isOver()) return false
    const shorter = await bringsDown({ ...scenario, steps }, connect).catch(() => undefined)
    if (shorter !== undefined) found = shorter
    return shorter !== undefined
  }
  // What comes behind the step that does it is of no use: bisected, since each trial costs a probe.
  let harmless = 0
  while (harmless + 1 < found.scenario.steps.length && !isOver()) {
    const middle = (harmless + found.scenario.steps.length) >> 1
    if (!(await attempt(found.scenario.steps.slice(0, middle)))) harmless = middle
  }
  for (let at = found.scenario.steps.length - 2; at >= 0 && !isOver(); at--) {
    const fewer = withoutUnmade(found.scenario.steps.toSpliced(at, 1))
    if (isRunnable(fewer, start) && fewer.at(-1) === found.scenario.steps.at(-1)) await attempt(fewer)
  }
  return found
}

/** What happens to a new probe that is well until it is given the scenario; undefined if it stays so. */
async function bringsDown(
  scenario: Scenario,
  connect: Pinpointing['connect'],
): Promise<Pinpointed | undefined> {
  const target = await connect()
  try {
    await target.run([control])
    try {
      await target.run([scenario])
      await target.run([control])
      return undefined
    } catch (problem) {
      if (isDown(problem)) return { scenario, problem }
      throw problem
    }
  } finally {
    await target.close()
  }
}
