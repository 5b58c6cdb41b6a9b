import type { Result } from '../expected.ts'
import { messageSleeping } from '../messages/sleeping.ts'
import { happens, type Moment } from '../moment.ts'
import { semaphoreSleeping } from '../semaphores/sleeping.ts'
import type { Sleeping } from '../sleeper.ts'
import { activityOf, idle, type Sleep, withProcess } from '../world.ts'
import { lendingSleeping } from './lending.ts'
import { waitSleeping } from './sleeping.ts'

/** A handler ran while the process was inside a call, asleep or stopped: the call decides how it comes back. */
export function interruptCall(moment: Moment, name: string, restart: boolean): void {
  const sleep = sleepOf(moment, name)
  if (sleep === undefined || restartIsDecided(moment, name)) return
  decideResult(moment, name, () => sleepingOf(sleep).interrupted(moment, name, sleep, restart))
  const after = activityOf(moment.world, name)
  if (after?.is === 'held' && after.on.in !== 'return') decideResult(moment, name, () => takeUp(moment, name))
}

/**
 * The process was stopped on its way to a handler with SA_RESTART: that the call begins again is decided, and handlers
 * that run first change nothing about it.
 */
export function decideRestart(moment: Moment, name: string): void {
  const activity = activityOf(moment.world, name)
  if (activity?.is === 'held' && activity.next === 'restarts')
    moment.world = withProcess(moment.world, name, { activity: { ...activity, decided: true } })
}

export function restartIsDecided(moment: Moment, name: string): boolean {
  const activity = activityOf(moment.world, name)
  return activity?.is === 'held' && activity.decided === true
}

/** A signal came that is ignored or blocked: who is asleep sleeps on. */
export function leaveAsleep(moment: Moment, name: string): void {
  const activity = activityOf(moment.world, name)
  if (activity?.is === 'asleep') sleepingOf(activity.on).ignored?.(moment)
}

/** A stop signal stopped the process. */
export function stopCall(moment: Moment, name: string): void {
  const sleep = sleepOf(moment, name)
  if (sleep !== undefined) sleepingOf(sleep).stopped(moment, name, sleep)
}

/** The process goes on in the call in which it was stopped. */
export function takeUp(moment: Moment, name: string): void {
  const activity = activityOf(moment.world, name)
  if (activity === undefined || activity.is === 'idle') return
  const held = activity.is === 'held' ? activity.next : 'no'
  sleepingOf(activity.on).continued(moment, name, activity.on, held)
}

/** The process ends inside a call. */
export function leaveForGood(moment: Moment, name: string): void {
  const sleep = sleepOf(moment, name)
  if (sleep !== undefined) sleepingOf(sleep).ended(moment, name, sleep)
}

/** The result of the call is decided; the process returns it when nothing keeps it from doing so. */
export function willReturn(moment: Moment, name: string, result: Result): void {
  moment.world = withProcess(moment.world, name, {
    activity: { is: 'asleep', on: { in: 'return', result } },
  })
}

/** Returns what was decided. */
export function leaveCall(moment: Moment, name: string): void {
  const sleep = sleepOf(moment, name)
  if (sleep?.in !== 'return') return
  happens(moment, { is: 'returned', actor: name, result: sleep.result })
  moment.world = withProcess(moment.world, name, { activity: idle })
}

/** What the process does returns at most decides the result: it may yet be stopped or killed on its way out. */
function decideResult(moment: Moment, name: string, act: () => void): void {
  const from = moment.events.length
  act()
  const at = moment.events.findIndex(
    (event, index) => index >= from && event.is === 'returned' && event.actor === name,
  )
  if (at < 0) return
  const [event] = moment.events.splice(at, 1)
  moment.ruleCounts.splice(at, 1)
  if (event?.is === 'returned') willReturn(moment, name, event.result)
}

function sleepOf(moment: Moment, name: string): Sleep | undefined {
  const activity = activityOf(moment.world, name)
  return activity === undefined || activity.is === 'idle' ? undefined : activity.on
}

/** Each family speaks for its own sleepers. */
function sleepingOf(sleep: Sleep): Sleeping<Sleep> {
  switch (sleep.in) {
    case 'semaphores':
      return semaphoreSleeping as unknown as Sleeping<Sleep>
    case 'messages':
      return messageSleeping as unknown as Sleeping<Sleep>
    case 'vfork':
      return lendingSleeping as unknown as Sleeping<Sleep>
    default:
      return waitSleeping as unknown as Sleeping<Sleep>
  }
}
