import { type FormName, formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { TraceEvent } from './trace.ts'

/** Who is inside which call, while the events of a recording pass by. */
export interface CallsInProgress {
  begin(step: Step): void
  /** The call that the actor is in, if any. */
  callOf(actor: string): FormName | undefined
  see(event: TraceEvent): void
  /** Who is asleep inside a call now, in the order in which the calls began. */
  asleep(): string[]
}

export function callsInProgress(): CallsInProgress {
  const calls = new Map<string, FormName>()
  const stopped = new Set<string>()
  /** Whose call began with the last step; an actor still inside a call begins no other. */
  let caller = ''
  return {
    begin({ actor, call }) {
      caller = ''
      if (formOf(call.name).pseudo === true || calls.has(actor)) return
      calls.set(actor, call.name)
      caller = actor
    },
    callOf: (actor) => calls.get(actor),
    see({ is, actor }) {
      if (is === 'stopped') stopped.add(actor)
      else if (is === 'continued') stopped.delete(actor)
      else if (is !== 'skipped' || actor === caller) calls.delete(actor)
      if (is === 'ended') stopped.delete(actor)
    },
    asleep: () => [...calls.keys()].filter((actor) => !stopped.has(actor)),
  }
}
