import { HarnessError } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { holdAgainst, type TrialOutcome } from './hold-against.ts'
import type { Claim } from './ledger.ts'
import type { Trial } from './trial.ts'
import { loadTrials } from './trials.ts'
import { type ExaminedClaim, examineClaim } from './verdict.ts'

/** What was found out about claims on a target, and what that target is. */
export interface Examination {
  readonly header: TraceHeader
  readonly claims: readonly ExaminedClaim[]
}

/** Probes for trials that wait for the clock; they sleep most of the time. */
const CLOCK_LANES = 4

/**
 * Runs the trials of the claims on probes that `open` starts, and closes these. Throws `HarnessError` if the first
 * cannot be started; a probe that fails later leaves trials without an outcome.
 */
export async function examine(
  claims: readonly Claim[],
  open: () => Promise<StartedTarget>,
  stop: AbortSignal,
): Promise<Examination> {
  const known = trialsOf(claims)
  const target = await open()
  const { header } = target
  const trials = new Map([...known].map(([id, all]) => [id, all.filter((trial) => canMake(trial, header))]))
  const all = [...trials.values()].flat()
  const slow = all.filter(waitsForTheClock)
  const quick = all.filter((trial) => !waitsForTheClock(trial))
  const lanes = Array.from({ length: Math.min(CLOCK_LANES, slow.length) }, (_, lane) =>
    slow.filter((_, at) => at % CLOCK_LANES === lane),
  )
  const outcomes = new Map<Trial, TrialOutcome>()
  const firstLane = [...quick.filter(({ first }) => first), ...quick.filter(({ first }) => !first)]
  await runLane(firstLane, target, open, outcomes, stop)
  const ended = await Promise.allSettled(lanes.map((lane) => runLane(lane, null, open, outcomes, stop)))
  const failed = ended.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return {
    header,
    claims: claims.map((claim) => examineClaim(claim, triedOf(trials.get(claim.id) ?? [], outcomes))),
  }
}

function trialsOf(claims: readonly Claim[]): ReadonlyMap<string, readonly Trial[]> {
  const ids = new Set(claims.map(({ id }) => id))
  const families = [...new Set(claims.map(({ family }) => family))]
  return new Map(families.flatMap((family) => [...loadTrials(family)]).filter(([id]) => ids.has(id)))
}

/** Where actors cannot become other users, the trials that need this are left out, as in a run. */
const canMake = ({ scenario }: Trial, { identity }: TraceHeader) =>
  identity.changes === 'all' ||
  identity.changes === 'users' ||
  scenario.steps.every(({ call }) => call.name !== 'become')

const waitsForTheClock = ({ scenario }: Trial) =>
  scenario.steps.some(({ call }) => call.name === 'tick' || call.name === 'expires')

const triedOf = (trials: readonly Trial[], outcomes: ReadonlyMap<Trial, TrialOutcome>) =>
  trials.map((trial) => ({
    trial,
    outcome: outcomes.get(trial) ?? { is: 'not reached' as const, why: 'It was not begun.' },
  }))

/** Runs the trials one by one, from a new probe on where one failed; ends early where none can be started any more. */
async function runLane(
  trials: readonly Trial[],
  first: StartedTarget | null,
  open: () => Promise<StartedTarget>,
  outcomes: Map<Trial, TrialOutcome>,
  stop: AbortSignal,
): Promise<void> {
  let target = first
  try {
    for (const trial of trials) {
      if (stop.aborted) break
      let started = target !== null
      try {
        target ??= await open()
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
