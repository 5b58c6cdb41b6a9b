import type { Call } from '../../model/vocabulary/forms.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { endOf, type MadeStep } from './end-of.ts'
import type { Executed, Executor, PlannedStep } from './execution.ts'
import type { LitmusTest } from './litmus-test.ts'
import { objectsOf } from './objects.ts'
import type { End } from './proposition.ts'
import { chooseSchedules, type Schedule } from './schedules.ts'
import { type Seen, seenInRecording } from './seen.ts'

/** Scenarios that a probe gets at once. */
const BATCH = 100

/** One call at a time, in every order that the profile holds possible, or in a sample of these orders. */
export const steppedExecution: Executor = (test, target, { profile, runs, seed, stop }) => {
  const facts = factsOf(target.header)
  const { schedules, complete } = chooseSchedules(test, { profile, facts, runs, seed })
  async function* executed(): AsyncGenerator<Executed> {
    for (let from = 0; from < schedules.length && !stop.aborted; from += BATCH) {
      const plans = schedules.slice(from, from + BATCH).map((schedule) => stepsOf(test, schedule))
      const recordings = await target.run(
        plans.map((plan) => ({ title: test.name, steps: plan.map(({ step }) => step) })),
      )
      for (const [at, recording] of recordings.entries()) yield { planned: plans[at] ?? [], recording }
    }
  }
  return { complete, executed: executed() }
}

/** The steps of a schedule, one call at a time, behind the setup and before the looks. */
export function stepsOf(test: LitmusTest, schedule: Schedule): readonly PlannedStep[] {
  const made = test.columns.map(() => 0)
  const planned: PlannedStep[] = test.setup.map((step) => ({ step, place: 'setup' }))
  for (const at of schedule) {
    const column = test.columns[at]
    const number = made[at] ?? 0
    const call = column?.calls[number]
    if (column === undefined || call === undefined) continue
    made[at] = number + 1
    planned.push({ step: { actor: column.actor, call }, place: `${column.actor}.${number + 1}` })
  }
  const named = new Set(planned.flatMap(({ step: { call } }) => ('as' in call ? [call.as] : [])))
  const looks = objectsOf(test)
    .filter(({ name }) => named.has(name))
    .flatMap((object) => object.looks)
  return [
    ...planned,
    ...looks.map((look): PlannedStep => ({ step: { actor: test.observer, call: look.call }, place: look })),
  ]
}

/** What a recording of these steps came to. */
export function endOfRecording(test: LitmusTest, planned: readonly PlannedStep[], recording: Recording): End {
  const pids = new Map<number, string>()
  const calls: Record<string, Call> = {}
  const made = recording.steps.flatMap(({ events }, at): readonly MadeStep[] => {
    const its = planned[at]
    if (its === undefined) return []
    const { actor, call } = its.step
    if (formOf(call.name).pseudo !== true) calls[actor] = call
    const kind = formOf(call.name).makes
    for (const event of events)
      if (event.is === 'returned' && event.actor === actor && event.errno === 0 && 'as' in call)
        if (kind === 'process' || kind === 'thread') pids.set(Number(event.value), call.as)
    const seen = events.map(
      (event): Seen => seenInRecording(event, calls[event.actor], (pid) => pids.get(pid)),
    )
    return [{ ...its, seen }]
  })
  return endOf(test, made)
}

/** Whether a call could not be made where the schedule has it: the target took another way than the model that made it. */
export const hasStrayed = ({ steps }: Recording): boolean =>
  steps.some(({ events }) => events.some(({ is }) => is === 'skipped'))
