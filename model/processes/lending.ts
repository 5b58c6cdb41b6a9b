import { type Moment, note } from '../moment.ts'
import type { Sleeping } from '../sleeper.ts'
import { type World, withProcess } from '../world.ts'
import { clones } from './clauses/index.ts'
import { actionOf, isBlocked } from './lifecycle.ts'
import { defaultActionOf, isFatal, SIGKILL } from './signals.ts'
import type { Lending, Lifecycle } from './state.ts'

/** How the process is suspended while a child has its memory; undefined: it is not. */
export function lendingOf(world: World, name: string): Lending | undefined {
  const activity = world.processes[name]?.activity
  return activity?.is === 'asleep' && activity.on.in === 'vfork' ? activity.on : undefined
}

/** Nothing but a signal that ends it reaches who is suspended: the others wait. */
export const lendingSleeping: Sleeping<Lending> = {
  interrupted() {},
  stopped() {},
  continued() {},
  ended() {},
}

/**
 * Whether the signal ends who is suspended. It has to come first: Linux looks for a process that ends by it among those
 * that have no other signal to meet (kernel/signal.c, wants_signal; kernel/fork.c, wait_for_vfork_done).
 */
export const reaches = (lending: Lending, lifecycle: Lifecycle, signal: number): boolean =>
  signal === SIGKILL || (!lending.roused && endsAtOnce(lifecycle, signal))

/** A signal is pending now for who may be suspended. */
export function rouse(moment: Moment, name: string, lifecycle: Lifecycle, signal: number): void {
  const lending = lendingOf(moment.world, name)
  if (lending === undefined || isBlocked(lifecycle, signal)) return
  if (signal !== SIGKILL) note(moment, clones.signalsWait)
  if (endsAtOnce(lifecycle, signal)) return
  moment.world = withProcess(moment.world, name, {
    activity: { is: 'asleep', on: { ...lending, roused: true } },
  })
}

/** Whether the signal ends a process that does not run, and writes no core image first. */
export const endsAtOnce = (lifecycle: Lifecycle, signal: number): boolean =>
  !isBlocked(lifecycle, signal) &&
  isFatal(actionOf(lifecycle, signal), signal) &&
  defaultActionOf(signal) === 'terminate'
