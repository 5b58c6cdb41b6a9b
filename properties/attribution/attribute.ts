import type { Setup, Simpler } from '../../harness/targets/simpler.ts'
import type { Profile } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { isBreaking } from '../../oracle/breaking.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { type Compared, conclusion, isOfLibrary, isOfProgram } from './conclusion.ts'
import { type Accusation, createTrials, type Trial, type Trials } from './trials.ts'

export interface Attribution {
  readonly profile: Profile
  /** Where the deviations were found, and the same with ever fewer layers. */
  readonly setup: Setup
  readonly simpler: readonly Simpler[]
  /** It runs 32-bit programs. */
  readonly narrow: boolean
  readonly stop: AbortSignal
  /** For all of them; what is left then stays without a blame. */
  readonly milliseconds: number
}

/** How often a deviation must be seen once more, and how often a scenario must conform elsewhere. */
const AGAIN = 2
const ELSEWHERE = 4

/**
 * The deviations with whose doing they are: the scenario of each is run again, and without one layer after the other until
 * it conforms.
 */
export async function attribute(
  deviations: readonly DeviationRecord[],
  { profile, setup, simpler, narrow, stop, milliseconds }: Attribution,
): Promise<readonly DeviationRecord[]> {
  const own = createTrials(setup, profile)
  const others = simpler.map((each) => ({ setup: each, trials: createTrials(each, profile) }))
  const until = performance.now() + milliseconds
  const attributed: DeviationRecord[] = []
  try {
    for (const found of deviations) {
      const accusation = accusationOf(found)
      if (stop.aborted || performance.now() > until || accusation === undefined) {
        attributed.push(found)
        continue
      }
      const again = await own.of(accusation, AGAIN)
      const call = accusation.scenario.steps[accusation.step]?.call
      const compared: Compared[] = []
      if (again.is === 'deviates' && again.always)
        for (const { setup, trials } of others) {
          const trial = await trialOf(accusation, setup, trials)
          compared.push({ setup, trial })
          if (trial.is === 'conforms') break
        }
      attributed.push({ ...found, blame: conclusion({ again, call, narrow }, compared) })
    }
    return attributed
  } finally {
    await Promise.all([own, ...others.map(({ trials }) => trials)].map((trials) => trials.close()))
  }
}

/** What cannot be tried by leaving out the wrapper is known, or not, without trying. */
async function trialOf(accusation: Accusation, { without }: Simpler, trials: Trials): Promise<Trial> {
  const call = accusation.scenario.steps[accusation.step]?.call
  if (without === 'C library' && call !== undefined) {
    if (isOfLibrary(call)) return { is: 'conforms' }
    if (isOfProgram(call)) return { is: 'unknown', why: 'a program makes its calls itself' }
  }
  return trials.of(accusation, ELSEWHERE)
}

function accusationOf({ scenario, step, rules, rule }: DeviationRecord): Accusation | undefined {
  const { steps, title } = parseScenario(scenario).scenario
  return step < steps.length
    ? { scenario: { steps, title }, step, rules: [rule, ...rules], breaks: isBreaking(rule) }
    : undefined
}
