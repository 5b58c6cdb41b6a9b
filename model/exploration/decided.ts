import type { Result } from '../expected.ts'
import type { Call } from '../vocabulary/forms.ts'
import type { World } from '../world.ts'
import type { Transition } from './invariant.ts'

/** A call whose result was decided in a step; the process may yet be stopped before it returns. */
export interface Decided {
  readonly process: string
  readonly call: Call
  readonly result: Result
}

/** The calls whose results were decided in the step: the actor's own, and those of sleepers. */
export function decidedIn({ before, step, outcome }: Transition): readonly Decided[] {
  const found: Decided[] = []
  for (const event of outcome.events) {
    if (event.is !== 'returned') continue
    const call = callOf(before, event.actor) ?? (event.actor === step.actor ? step.call : undefined)
    if (call !== undefined && !isLeaving(before, event.actor))
      found.push({ process: event.actor, call, result: event.result })
  }
  for (const process in before.processes) {
    const call = callOf(before, process)
    const activity = outcome.world.processes[process]?.activity
    if (call === undefined || activity === undefined || activity.is === 'idle') continue
    if (activity.on.in === 'return') found.push({ process, call, result: activity.on.result })
  }
  return found
}

/** The call in which a process sleeps or is held, if its result is open. */
function callOf(world: World, process: string): Call | undefined {
  const activity = world.processes[process]?.activity
  if (
    activity === undefined ||
    activity.is === 'idle' ||
    activity.on.in === 'return' ||
    activity.on.in === 'vfork'
  )
    return undefined
  return activity.on.call
}

function isLeaving(world: World, process: string): boolean {
  const activity = world.processes[process]?.activity
  return activity !== undefined && activity.is !== 'idle' && activity.on.in === 'return'
}

/** Processes that lived before the step and do not any more. */
export const endedIn = ({ before, outcome }: Transition): readonly string[] =>
  Object.keys(before.processes).filter(
    (name) =>
      before.processes[name]?.lifecycle.life !== 'zombie' &&
      (outcome.world.processes[name]?.lifecycle.life ?? 'zombie') === 'zombie',
  )
