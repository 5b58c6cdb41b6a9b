import { undoOf } from '../semaphores/shared-undo.ts'
import { attachmentsOf } from '../shared-memory/places.ts'
import { activityOf, idle, processOf, type World } from '../world.ts'
import { deliverable } from './deliver.ts'
import { adopterOf } from './end.ts'
import { actionOf, childrenOf, INIT, isBlocked, lifecycleOf, membersOf, placeOf } from './lifecycle.ts'
import { isFatal, SIGCHLD } from './signals.ts'
import { threadsOf } from './threads.ts'
import type { Unrest } from './unrest.ts'
import { isClone, waitingOf } from './waiting.ts'

/**
 * Of the processes that have something to do, those among which the order can make a difference: with the first one,
 * or with one of them. The others can as well go before or after.
 */
export function entangled(unrest: Unrest, ready: readonly string[]): readonly string[] {
  const found = new Set(ready.slice(0, 1))
  for (const one of found) // the loop also visits what it adds
    for (const other of ready) if (!found.has(other) && interfere(unrest, one, other)) found.add(other)
  return [...found]
}

/** Whether the order in which two processes act next could make a difference; true where that is not certain. */
function interfere(unrest: Unrest, one: string, other: string): boolean {
  const { world } = unrest.moment
  if (processOf(world, one) === processOf(world, other)) return true
  const ends = [one, other].map((name) => isEnding(unrest, name))
  if (ends.some(Boolean) && [one, other].some((name) => mayBeOvertaken(unrest, name))) return true
  const [first, second] = [told(unrest, one), told(unrest, other)]
  const areKin =
    (first.includes(processOf(world, other)) && notices(unrest, other)) ||
    (second.includes(processOf(world, one)) && notices(unrest, one))
  if (areKin && !(ends.every(Boolean) && bothVanish(unrest, one, other))) return true
  if (first.some((name) => second.includes(name) && isAttentive(unrest, name))) return true
  if ([one, other].every((name) => touchesObjects(world, name))) return true
  return ends.some(Boolean) && shareStoppedGroup(world, one, other)
}

/** Leaves its call while somebody else ends, who may send it something that it meets first. */
export function mayBeOvertaken({ moment: { world } }: Unrest, name: string): boolean {
  const activity = activityOf(world, name)
  const lifecycle = lifecycleOf(world, name)
  if (lifecycle === undefined || activity === undefined) return false
  if (activity.is === 'idle' || activity.on.in !== 'return') return false
  const isTold = childrenOf(world, name).some((child) => isClone(lifecycleOf(world, child)))
  return isTold || (lifecycle.deathSignal !== 0 && lifecycle.parent !== INIT)
}

/** Who hears what becomes of a process: its parent, and who would adopt its children. */
function told(unrest: Unrest, name: string): readonly string[] {
  const { world } = unrest.moment
  const parent = lifecycleOf(world, name)?.parent ?? INIT
  return childrenOf(world, name).length === 0 ? [parent] : [parent, adopterOf(unrest, name)]
}

/** Nobody of the scenario is left to see which of them ended first. */
const bothVanish = (unrest: Unrest, one: string, other: string) =>
  [one, other].every((name) => adopterOf(unrest, name) === INIT)

/** What a child tells makes a difference to what the process itself is about to do. */
const notices = (unrest: Unrest, parent: string): boolean =>
  isEnding(unrest, parent) || isAttentive(unrest, parent) || goesOnWaiting(unrest.moment.world, parent)

/** Was stopped in a wait, and looks at its children again. */
function goesOnWaiting(world: World, name: string): boolean {
  const activity = activityOf(world, name)
  return activity?.is === 'held' && activity.on.in === 'wait'
}

/** Notices in which order its children change: it has SIGCHLD signals in view, or waits; and lives on to tell. */
function isAttentive(unrest: Unrest, parent: string): boolean {
  const { world } = unrest.moment
  if (parent === INIT || (isEnding(unrest, parent) && adopterOf(unrest, parent) === INIT)) return false
  const lifecycle = lifecycleOf(world, parent)
  const { disposition } = actionOf(lifecycle, SIGCHLD)
  const hasClones = childrenOf(world, parent).some((child) => isClone(lifecycleOf(world, child)))
  const isSignalled = disposition === 'handler' || isBlocked(lifecycle, SIGCHLD) || hasClones
  return isSignalled || threadsOf(world, parent).some((thread) => waitingOf(world, thread) !== undefined)
}

function touchesObjects(world: World, name: string): boolean {
  if (Object.keys(attachmentsOf(world, name)).length > 0) return true
  return threadsOf(world, name).some((thread) => {
    const activity = activityOf(world, thread) ?? idle
    const isOnObject = activity.is !== 'idle' && ['semaphores', 'messages'].includes(activity.on.in)
    return isOnObject || Object.keys(undoOf(world, thread) ?? {}).length > 0
  })
}

/** The process of the actor is about to end. */
export function isEnding(unrest: Unrest, actor: string): boolean {
  const name = processOf(unrest.moment.world, actor)
  const lifecycle = lifecycleOf(unrest.moment.world, name)
  return (
    unrest.dying.has(name) ||
    deliverable(unrest.moment, name).some((signal) => isFatal(actionOf(lifecycle, signal), signal))
  )
}

/** Both are in, or have children in, a group with a stopped member, which may be orphaned. */
function shareStoppedGroup(world: World, one: string, other: string): boolean {
  const groups = groupsOf(world, other)
  return groupsOf(world, one).some(
    (group) =>
      groups.includes(group) &&
      membersOf(world, group).some((name) => lifecycleOf(world, name)?.life === 'stopped'),
  )
}

const groupsOf = (world: World, name: string): readonly string[] =>
  [name, ...childrenOf(world, name)].map((each) => placeOf(world, each).group)
