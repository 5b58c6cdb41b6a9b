import { formOf } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { isMet } from '../../oracle/line-expectations.ts'
import type { RecordedStep, Recording, TraceEvent, TraceHeader } from '../../oracle/trace/trace.ts'
import { callsAt, describeObserved } from '../../oracle/words.ts'
import { type Bound, type Fields, isFulfilled } from './conditions.ts'
import type { Check, ScenarioTrial } from './trial.ts'

/**
 * How a trial came out. `not reached`: the situation that it is about did not come about, so that it says nothing.
 * `why`: the line and what happened instead.
 */
export type TrialOutcome =
  | { readonly is: 'as expected' }
  | { readonly is: 'otherwise' | 'not reached'; readonly why: string }

/** Holds what was recorded of a trial against what its file expects. */
export function holdAgainst(trial: ScenarioTrial, recording: Recording, header: TraceHeader): TrialOutcome {
  if (recording.problem !== '') return { is: 'not reached', why: recording.problem }
  let bound: Bound = { arena: header.arena, init: header.initPid }
  for (const check of trial.checks) {
    const seen = recording.steps[check.step]
    const step = trial.scenario.steps[check.step]
    if (seen === undefined || step === undefined || seen.events.some(({ is }) => is === 'skipped'))
      return { is: 'not reached', why: `\`${check.text}\`, but the step could not be made.` }
    const calls = callsAt(trial.scenario.steps, check.step)
    const fields = fieldsOf(check, seen, trial.scenario)
    bound = { ...bound, ...madeBy(check, fields, trial.scenario) }
    if (check.is === 'name') bound = { ...bound, [check.name]: fields[check.field] }
    else if (!isAsSaid(check, seen.events, fields, bound, header))
      return {
        is: check.decides ? 'otherwise' : 'not reached',
        why: `\`${check.text}\`, but ${describeObserved(step, seen, calls)}.`,
      }
  }
  return { is: 'as expected' }
}

const isAsSaid = (
  check: Exclude<Check, { is: 'name' }>,
  events: readonly TraceEvent[],
  fields: Fields,
  bound: Bound,
  header: TraceHeader,
) =>
  check.is === 'expectation'
    ? isMet(check.expectation, events)
    : isFulfilled(check.condition, fields, bound, header)

/** What the actor's call gave back at this step, and the second in which it did; nothing if it did not return. */
function fieldsOf({ actor, step }: Check, { events, seconds }: RecordedStep, scenario: Scenario): Fields {
  const event = events.find((each) => each.actor === actor && each.is === 'returned')
  if (event?.is !== 'returned') return {}
  const call = callsAt(scenario.steps, step)[actor]
  const outputs = call === undefined ? [] : formOf(call.name).outputs
  const named = (event.out ?? []).map((value, at) => [outputs[at]?.name ?? `out${at}`, value])
  return { ...Object.fromEntries(named), value: event.value, now: seconds }
}

function madeBy({ actor, step }: Check, { value }: Fields, scenario: Scenario): Bound {
  const call = callsAt(scenario.steps, step)[actor]
  return call !== undefined && 'as' in call && value !== undefined ? { [call.as]: value } : {}
}
