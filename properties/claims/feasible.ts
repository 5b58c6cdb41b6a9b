import { fittedScenario } from '../../model/vocabulary/fitted.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { isStepPossibleOn } from '../agreement/source.ts'
import type { Trial } from './trial.ts'
import type { AnyTrial } from './trials.ts'

/** What of a target matters for what can be tried there. */
export interface Offers {
  readonly header: TraceHeader
  /** Whether it runs programs that are not the probe. */
  readonly runsPrograms: boolean
}

export interface Feasible {
  readonly trials: readonly AnyTrial[]
  /** Why some or all are left out: a sentence; empty where none is. */
  readonly obstacle: string
}

/**
 * The trials that the target offers all for. None of a claim where those that support it, or those that refute it, would
 * all be missing: what is left would only tell one side.
 */
export function feasibleOn(offers: Offers, trials: readonly AnyTrial[]): Feasible {
  const obstacles = trials.map((trial) => obstacleOn(offers, trial))
  const left = trials.filter((_, at) => obstacles[at] === '')
  const isOneSided = stancesOf(left).size < stancesOf(trials).size
  return { trials: isOneSided ? [] : left, obstacle: obstacles.find((each) => each !== '') ?? '' }
}

const stancesOf = (trials: readonly Trial[]) => new Set(trials.map(({ stance }) => stance))

function obstacleOn({ header, runsPrograms }: Offers, trial: AnyTrial): string {
  if (trial.is === 'program') return runsPrograms ? '' : 'This target runs no programs but the probe.'
  const { scenario } = trial
  const fitted = fittedScenario(scenario, header.longBytes ?? 8)
  const step = scenario.steps.find((each, at) => !isStepPossibleOn(header, each) || fitted.steps[at] !== each)
  return step === undefined ? '' : `This target does not offer what \`${printStep(step)}\` needs.`
}
