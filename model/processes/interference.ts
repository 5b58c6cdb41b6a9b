import { undoOf } from '../semaphores/shared-undo.ts'
import { attachmentsOf } from '../shared-memory/places.ts'
import { activityOf, idle, processOf, type World } from '../world.ts'
import { deliverable } from './deliver.ts'
import { adopterOf } from './end.ts'
import { actionOf, childrenOf, INIT, isBlocked, lifecycleOf } from './lifecycle.ts'
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
    for (const other of ready) if (interfere(unrest, one, other)) found.add(other)
  return [...found]
}

/** Whether the order in which two processes act next could make a difference; true where that is not certain. */
function interfere(unrest: Unrest, one: string, other: string): boolean {
  const { world } = unrest.moment
  const both = [one, other]
  const others = circleOf(unrest, other)
  if (
    circleOf(unrest, one).some(
      (name) =>
        others.includes(name) &&
        (both.some((each) => processOf(world, each) === name) || isAttentive(world, name)),
    )
  )
    return true
  if (both.every((name) => holdsObjects(world, name))) return true
  if (
    both.every((name) => leavesChildren(unrest, name)) &&
    adopterOf(unrest, one) === adopterOf(unrest, other)
  )
    return true
  return (
    both.some((name) => isEnding(unrest, name)) &&
    (isAnyStopped(world) || both.some((name) => mayBeOvertaken(unrest, name)))
  )
}

/** Leaves its call while somebody else ends, who may send it something that it meets first. */
export function mayBeOvertaken({ moment: { world } }: Unrest, name: string): boolean {
  const activity = activityOf(world, name) ?? idle
  if (activity.is === 'idle' || activity.on.in !== 'return') return false
  const isTold = childrenOf(world, name).some((child) => isClone(lifecycleOf(world, child)))
  const lifecycle = lifecycleOf(world, name)
  return isTold || ((lifecycle?.deathSignal ?? 0) !== 0 && lifecycle?.parent !== INIT)
}

/** The process, and who hears what becomes of it: its parent, and who would adopt its children. */
function circleOf(unrest: Unrest, actor: string): readonly string[] {
  const name = processOf(unrest.moment.world, actor)
  const parent = lifecycleOf(unrest.moment.world, name)?.parent ?? INIT
  return [name, parent, adopterOf(unrest, name)].filter((each) => each !== INIT)
}

/** Is about to leave children to somebody, who finds them in the order in which they came. */
function leavesChildren(unrest: Unrest, actor: string): boolean {
  const name = processOf(unrest.moment.world, actor)
  const { moment } = unrest
  return (
    isEnding(unrest, name) && childrenOf(moment.world, name).length > 0 && adopterOf(unrest, name) !== INIT
  )
}

/** Notices in which order its children change: it has SIGCHLD signals in view, or waits. */
function isAttentive(world: World, parent: string): boolean {
  const lifecycle = lifecycleOf(world, parent)
  const { disposition } = actionOf(lifecycle, SIGCHLD)
  const hasClones = childrenOf(world, parent).some((child) => isClone(lifecycleOf(world, child)))
  return (
    disposition === 'handler' ||
    isBlocked(lifecycle, SIGCHLD) ||
    hasClones ||
    threadsOf(world, parent).some((thread) => waitingOf(world, thread) !== undefined)
  )
}

/** Is in a call on an object, or gives something back when it ends. */
function holdsObjects(world: World, name: string): boolean {
  if (Object.keys(attachmentsOf(world, name)).length > 0) return true
  return threadsOf(world, name).some((thread) => {
    const activity = activityOf(world, thread) ?? idle
    const isOnObject = activity.is !== 'idle' && ['semaphores', 'messages'].includes(activity.on.in)
    return isOnObject || Object.keys(undoOf(world, thread) ?? {}).length > 0
  })
}

/** Its group may be orphaned. */
const isAnyStopped = ({ processes }: World) =>
  Object.values(processes).some(({ lifecycle }) => lifecycle.life === 'stopped')

/** The process of the actor is about to end. */
export function isEnding(unrest: Unrest, actor: string): boolean {
  const name = processOf(unrest.moment.world, actor)
  const lifecycle = lifecycleOf(unrest.moment.world, name)
  return (
    unrest.dying.has(name) ||
    deliverable(unrest.moment, name).some((signal) => isFatal(actionOf(lifecycle, signal), signal))
  )
}
