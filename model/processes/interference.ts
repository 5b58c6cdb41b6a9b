import { undoOf } from '../semaphores/shared-undo.ts'
import type { World } from '../world.ts'
import { deliverable } from './deliver.ts'
import { adopterOf } from './end.ts'
import { actionOf, childrenOf, INIT, isBlocked, lifecycleOf } from './lifecycle.ts'
import { isFatal, SIGCHLD } from './signals.ts'
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
  const both = [one, other]
  const others = circleOf(unrest, other)
  if (
    circleOf(unrest, one).some(
      (name) => others.includes(name) && (both.includes(name) || isAttentive(world, name)),
    )
  )
    return true
  if (both.every((name) => holdsObjects(world, name))) return true
  return (
    both.some((name) => isEnding(unrest, name)) &&
    (isAnyStopped(world) || both.some((name) => mayBeOvertaken(unrest, name)))
  )
}

/** Leaves its call while somebody else ends, who may send it something that it meets first. */
export function mayBeOvertaken({ moment: { world } }: Unrest, name: string): boolean {
  const process = world.processes[name]
  if (process === undefined || process.activity.is === 'idle' || process.activity.on.in !== 'return')
    return false
  const isTold = childrenOf(world, name).some((child) => isClone(lifecycleOf(world, child)))
  return isTold || (process.lifecycle.deathSignal !== 0 && process.lifecycle.parent !== INIT)
}

/** The process, and who hears what becomes of it: its parent, and who would adopt its children. */
function circleOf(unrest: Unrest, name: string): readonly string[] {
  const parent = lifecycleOf(unrest.moment.world, name)?.parent ?? INIT
  return [name, parent, adopterOf(unrest, name)].filter((each) => each !== INIT)
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
    waitingOf(world, parent) !== undefined
  )
}

/** Is in a call on an object, or gives something back when it ends. */
function holdsObjects(world: World, name: string): boolean {
  const process = world.processes[name]
  if (process === undefined) return false
  const { activity, attachments } = process
  const undo = undoOf(world, name) ?? {}
  const isOnObject = activity.is !== 'idle' && ['semaphores', 'messages'].includes(activity.on.in)
  return isOnObject || Object.keys(undo).length + Object.keys(attachments).length > 0
}

/** Its group may be orphaned. */
const isAnyStopped = ({ processes }: World) =>
  Object.values(processes).some(({ lifecycle }) => lifecycle.life === 'stopped')

export function isEnding(unrest: Unrest, name: string): boolean {
  const lifecycle = lifecycleOf(unrest.moment.world, name)
  return (
    unrest.dying.has(name) ||
    deliverable(unrest.moment, name).some((signal) => isFatal(actionOf(lifecycle, signal), signal))
  )
}
