import { initialWorld } from '../model/initial.ts'
import { canAct, type Outcome, outcomes } from '../model/outcomes.ts'
import type { Profile } from '../model/profile.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../model/vocabulary/scenario.ts'
import { type Bindings, type Candidate, type Context, initialBindings } from './bindings.ts'
import { factsOf } from './judge.ts'
import { matchStep } from './match-step.ts'
import type { RecordedStep, Recording, TraceHeader } from './trace/trace.ts'
import { callsAt } from './words.ts'

/** A step of a recording: what was seen, what was allowed, and what of that explains it. */
export interface AccountStep {
  readonly step: Step
  readonly observed: RecordedStep
  readonly allowed: readonly AllowedOutcome[]
  /** Those of `allowed` that explain what was seen; none where it deviates. */
  readonly explaining: readonly Outcome[]
}

/** An outcome, and what was known of the kernel's choices when the step began. */
export interface AllowedOutcome {
  readonly outcome: Outcome
  readonly bindings: Bindings
}

/** A recording told up to its first deviation, which is the last step then. */
export interface Account {
  readonly header: TraceHeader
  readonly context: Context
  readonly steps: readonly AccountStep[]
  /** Index of the step that deviates, -1: none does. */
  readonly deviating: number
  /** Why it ends before that, and before the recording; empty if it does not. */
  readonly reason: string
}

/** Follows a recording as `judge` does, and keeps what was allowed at every step. */
export function accountOf(recording: Recording, header: TraceHeader, profile: Profile): Account {
  const context: Context = { header, recording }
  const { steps } = recording.scenario
  const told: AccountStep[] = []
  let candidates: readonly Candidate[] = [
    { world: initialWorld(factsOf(header), rootActors), bindings: initialBindings(header) },
  ]
  const end = (deviating: number, reason: string): Account => ({
    ...{ header, context, steps: told },
    ...{ deviating, reason },
  })
  for (const [at, step] of steps.entries()) {
    const observed = recording.steps[at]
    if (observed === undefined)
      return end(-1, recording.problem || `the recording ends before step ${at + 1}`)
    const able = candidates.filter(({ world }) => isPseudo(step) || canAct(world, step.actor))
    if (able.length === 0) return end(-1, `step ${at + 1} could not be given`)
    const calls = callsAt(steps, at)
    const allowed = able.flatMap(({ world, bindings }) =>
      outcomes(world, step.actor, step.call, at + 1, profile).map((outcome) => ({ outcome, bindings })),
    )
    const next = allowed.flatMap(({ outcome, bindings }) => {
      const bound = matchStep(outcome, observed, calls, bindings, context)
      return bound === undefined ? [] : [{ world: outcome.world, bindings: bound, outcome }]
    })
    told.push({ step, observed, allowed, explaining: next.map(({ outcome }) => outcome) })
    if (next.length === 0) return end(at, '')
    if (next.length > CANDIDATES_MAX)
      return end(-1, `step ${at + 1}: more than ${CANDIDATES_MAX} explanations`)
    candidates = next
  }
  return end(-1, '')
}

const CANDIDATES_MAX = 1_000

const isPseudo = ({ call }: Step) => formOf(call.name).pseudo === true
