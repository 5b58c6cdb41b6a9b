import type { Moment } from '../moment.ts'
import { activityOf, processOf, type World, withSet } from '../world.ts'
import { type Attempt, alters, attempt } from './attempt.ts'
import { undoOf } from './shared-undo.ts'
import { changedSet, type SemaphoreSet, type SemaphoreSleep } from './state.ts'

/** The sleep of a process that sleeps on semaphores. */
export function sleepOf({ world }: { readonly world: World }, sleeper: string): SemaphoreSleep | undefined {
  const activity = activityOf(world, sleeper)
  return activity?.is === 'asleep' && activity.on.in === 'semaphores' ? activity.on : undefined
}

/** What the array of a sleeper would come to in a world. */
export function tryIn(world: World, sleeper: string, sleep: SemaphoreSleep, now: number): Attempt {
  const set = world.sets[sleep.set]
  if (set === undefined) return { is: 'blocks', at: sleep.blocking }
  const caller = processOf(world, sleeper)
  return attempt(world.facts, set, sleep.operations, caller, undoOf(world, sleeper)?.[sleep.set], now)
}

/** Waits for zeros and alters nothing. */
export const onlyWaits = ({ operations }: SemaphoreSleep): boolean => !operations.some(alters)

/** Takes a sleeper off its set without waking it. */
export function leave(moment: Moment, sleeper: string, sleep: SemaphoreSleep): void {
  const set = moment.world.sets[sleep.set]
  if (set === undefined) return
  moment.world = withSet(moment.world, sleep.set, withoutSleeper(set, sleeper))
}

export const withoutSleeper = (set: SemaphoreSet, sleeper: string): SemaphoreSet =>
  changedSet(set, { sleepers: set.sleepers.filter((name) => name !== sleeper) })
