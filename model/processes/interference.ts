import type { Moment } from '../moment.ts'
import type { World } from '../world.ts'
import { deliverable } from './deliver.ts'
import { adopterOf } from './end.ts'
import { actionOf, childrenOf, INIT, isBlocked, lifecycleOf } from './lifecycle.ts'
import { isFatal, SIGCHLD } from './signals.ts'
import { waitingOf } from './waiting.ts'

/** Whether the order in which these processes act next could make a difference; true where that is not certain. */
export const interfere = (moment: Moment, names: readonly string[]): boolean =>
  names.some((one, index) => names.slice(index + 1).some((other) => doInterfere(moment, one, other)))

function doInterfere(moment: Moment, one: string, other: string): boolean {
  const { world } = moment
  const [first, second] = [told(world, one), told(world, other)]
  if (first.includes(other) || second.includes(one)) return true
  if (first.some((name) => second.includes(name) && isAttentive(world, name))) return true
  if ([one, other].every((name) => touchesObjects(world, name))) return true
  const ends = [one, other].map((name) => isEnding(moment, name))
  if (ends.some(Boolean) && isAnyoneStopped(world)) return true
  return ends.every(Boolean) && [one, other].every((name) => childrenOf(world, name).length > 0)
}

/** Who hears what becomes of a process: its parent, and who would adopt its children. */
function told(world: World, name: string): readonly string[] {
  const parent = lifecycleOf(world, name)?.parent ?? INIT
  return childrenOf(world, name).length === 0 ? [parent] : [parent, adopterOf(world, name)]
}

/** Notices in which order its children change: it has SIGCHLD signals in view, or waits. */
function isAttentive(world: World, parent: string): boolean {
  if (parent === INIT) return false
  const lifecycle = lifecycleOf(world, parent)
  const { disposition } = actionOf(lifecycle, SIGCHLD)
  return disposition === 'handler' || isBlocked(lifecycle, SIGCHLD) || waitingOf(world, parent) !== undefined
}

function touchesObjects(world: World, name: string): boolean {
  const process = world.processes[name]
  if (process === undefined) return false
  const { activity, undo, attachments } = process
  const isOnObject = activity.is !== 'idle' && ['semaphores', 'messages'].includes(activity.on.in)
  return isOnObject || Object.keys(undo).length + Object.keys(attachments).length > 0
}

function isEnding(moment: Moment, name: string): boolean {
  const lifecycle = lifecycleOf(moment.world, name)
  return deliverable(moment, name).some((signal) => isFatal(actionOf(lifecycle, signal), signal))
}

const isAnyoneStopped = (world: World) =>
  Object.values(world.processes).some(({ lifecycle }) => lifecycle.life === 'stopped')
