import { HarnessError } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { isSlow } from '../agreement/source.ts'
import { feasibleOn, type Offers } from './feasible.ts'
import { holdAgainst, type TrialOutcome } from './hold-against.ts'
import type { Claim } from './ledger.ts'
import { type Programs, tryProgram } from './program-trial.ts'
import type { ScenarioTrial } from './trial.ts'
import { type AnyTrial, loadTrials } from './trials.ts'
import { type ExaminedClaim, examineClaim } from './verdict.ts'

/** What was found out about claims on a target, and what that target is. */
export interface Examination {
  readonly header: TraceHeader
  readonly claims: readonly ExaminedClaim[]
}

/** What is examined. */
export interface Examined {
  /** Starts a probe. */
  readonly start: () => Promise<StartedTarget>
  /** What builds and runs programs there; null where that cannot be done. */
  readonly programs: Programs | null
}

/** Probes for trials that wait for the clock; they sleep most of the time. */
const CLOCK_LANES = 4

/**
 * Runs the trials of the claims on probes that are started and closed for that. Throws `HarnessError` if the first
 * cannot be started; a probe that fails later leaves trials without an outcome.
 */
export async function examine(
  claims: readonly Claim[],
  { start, programs }: Examined,
  stop: AbortSignal,
): Promise<Examination> {
  const known = trialsOf(claims)
  const target = await start()
  const { header } = target
  const offers: Offers = { header, runsPrograms: programs !== null }
  const feasible = new Map([...known].map(([id, trials]) => [id, feasibleOn(offers, trials)]))
  const all = [...feasible.values()].flatMap(({ trials }) => trials)
  const outcomes = new Map<AnyTrial, TrialOutcome>()
  await runAll(all, target, start, programs, outcomes, stop)
  return {
    header,
    claims: claims.map((claim) => {
      const { trials, obstacle } = feasible.get(claim.id) ?? { trials: [], obstacle: '' }
      return examineClaim(claim, triedOf(trials, outcomes), obstacle)
    }),
  }
}

/** Closes the target when it has run what can run on it. */
async function runAll(
  trials: readonly AnyTrial[],
  target: StartedTarget,
  start: Examined['start'],
  programs: Programs | null,
  outcomes: Map<AnyTrial, TrialOutcome>,
  stop: AbortSignal,
): Promise<void> {
  const scenarios = trials.filter((trial) => trial.is === 'scenario')
  const fresh = scenarios.filter(({ first }) => first)
  const slow = scenarios.filter((trial) => !trial.first && waitsForTheClock(trial))
  const quick = scenarios.filter((trial) => !trial.first && !waitsForTheClock(trial))
  const lanes = Array.from({ length: Math.min(CLOCK_LANES, slow.length) }, (_, lane) =>
    slow.filter((_, at) => at % CLOCK_LANES === lane),
  )
  await runLane(quick, target, start, outcomes, stop)
  for (const trial of fresh) await runLane([trial], null, start, outcomes, stop)
  const ended = await Promise.allSettled([
    ...lanes.map((lane) => runLane(lane, null, start, outcomes, stop)),
    ...(programs === null ? [] : [runPrograms(trials, programs, outcomes, stop)]),
  ])
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

function trialsOf(claims: readonly Claim[]): ReadonlyMap<string, readonly AnyTrial[]> {
  const ids = new Set(claims.map(({ id }) => id))
  const families = [...new Set(claims.map(({ family }) => family))]
  return new Map(families.flatMap((family) => [...loadTrials(family)]).filter(([id]) => ids.has(id)))
}

const waitsForTheClock = ({ scenario }: ScenarioTrial) => isSlow(scenario)

const triedOf = (trials: readonly AnyTrial[], outcomes: ReadonlyMap<AnyTrial, TrialOutcome>) =>
  trials.map((trial) => ({
    trial,
    outcome: outcomes.get(trial) ?? { is: 'not reached' as const, why: 'It was not begun.' },
  }))

async function runPrograms(
  trials: readonly AnyTrial[],
  programs: Programs,
  outcomes: Map<AnyTrial, TrialOutcome>,
  stop: AbortSignal,
): Promise<void> {
  for (const trial of trials)
    if (trial.is === 'program' && !stop.aborted) outcomes.set(trial, await tryProgram(trial, programs))
}

/** Runs the trials one by one, from a new probe on where one failed; ends early where none can be started any more. */
async function runLane(
  trials: readonly ScenarioTrial[],
  first: StartedTarget | null,
  start: Examined['start'],
  outcomes: Map<AnyTrial, TrialOutcome>,
  stop: AbortSignal,
): Promise<void> {
  let target = first
  try {
    for (const trial of trials) {
      if (stop.aborted) break
      let started = target !== null
      try {
        target ??= await start()
        started = true
        const [recording] = await target.run([trial.scenario])
        if (recording !== undefined) outcomes.set(trial, holdAgainst(trial, recording, target.header))
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        outcomes.set(trial, { is: 'not reached', why: error.message })
        if (!started) break
        await target?.close()
        target = null
      }
    }
  } finally {
    await target?.close()
  }
}
