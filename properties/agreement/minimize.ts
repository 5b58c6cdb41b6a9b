import { asyncProperty, check } from 'fast-check'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { judge } from '../../oracle/judge.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Recipe } from '../arbitraries/generate.ts'
import { scenarios } from '../arbitraries/scenario.ts'

export interface Minimal {
  readonly scenario: Scenario
  readonly recording: Recording
  readonly judgement: Judgement
  /** fast-check's path from the scenario that was found to this one. */
  readonly path: string
}

export interface Minimizing {
  readonly target: StartedTarget
  readonly profile: Profile
  readonly recipe: Recipe
  /** How often a smaller scenario is tried before it counts as conforming. */
  readonly repeat: number
  /** Milliseconds. */
  readonly timeLimit: number
  /** Which deviations count; all, if it is left out. */
  readonly counts?: (judgement: Judgement, recording: Recording) => boolean
}

/** Shrinks a deviating scenario with fast-check until nothing simpler deviates, or the time is up. */
export async function minimize(
  found: { readonly scenario: Scenario; readonly judgement: Judgement },
  { target, profile, recipe, repeat, timeLimit, counts = () => true }: Minimizing,
): Promise<Minimal | undefined> {
  const { scenario, judgement } = found
  const untilDeviation = {
    ...scenario,
    steps: scenario.steps.slice(0, (judgement.deviations[0]?.step ?? 0) + 1),
  }
  let minimal: Omit<Minimal, 'path'> | undefined
  const property = asyncProperty(scenarios(recipe), async (scenario) => {
    for (let time = 0; time < repeat; time++) {
      const [recording] = await target.run([scenario])
      if (recording === undefined) return true
      const judgement = judge(recording, target.header, profile)
      if (judgement.verdict !== 'deviates' || !counts(judgement, recording)) continue
      minimal = { scenario, recording, judgement }
      return false
    }
    return true
  })
  const result = await check(property, {
    examples: [[untilDeviation]],
    numRuns: 1,
    seed: 0,
    interruptAfterTimeLimit: timeLimit,
    markInterruptAsFailure: false,
  })
  return minimal === undefined ? undefined : { ...minimal, path: result.counterexamplePath ?? '' }
}
