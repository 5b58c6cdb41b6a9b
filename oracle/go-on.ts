import type { Outcome } from '../model/outcomes.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import type { Step } from '../model/vocabulary/scenario.ts'
import type { Candidate, Context } from './bindings.ts'
import { type Calls, matchEvent } from './match-step.ts'
import type { RecordedStep } from './trace/trace.ts'

/**
 * Where judging goes on after a deviation: the allowed outcomes in which the same processes came back, ended or
 * stopped, those first that agree on most events. None, if who sleeps and who runs is itself in dispute, or if the
 * step should have made something that later steps use.
 */
export function goOn(
  allowed: readonly Outcome[],
  observed: RecordedStep,
  step: Step,
  calls: Calls,
  before: readonly Candidate[],
  context: Context,
): readonly Candidate[] {
  if (formOf(step.call.name).makes !== undefined) return []
  const bindings = before[0]?.bindings
  if (bindings === undefined) return []
  const alike = allowed.filter(
    (outcome) =>
      outcome.events.length === observed.events.length &&
      outcome.events.every((expected) =>
        observed.events.some((seen) => seen.actor === expected.actor && seen.is === expected.is),
      ),
  )
  const agreement = (outcome: Outcome) =>
    outcome.events.filter((expected) =>
      observed.events.some(
        (seen) =>
          seen.actor === expected.actor &&
          matchEvent(expected, seen, calls, bindings, outcome.world, context) !== undefined,
      ),
    ).length
  const best = Math.max(...alike.map(agreement))
  return alike.filter((outcome) => agreement(outcome) === best).map(({ world }) => ({ world, bindings }))
}
