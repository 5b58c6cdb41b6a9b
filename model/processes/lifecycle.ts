import type { Moment } from '../moment.ts'
import { without } from '../records.ts'
import { changedWorld, processOf, type World, withProcess } from '../world.ts'
import { type Action, changedLifecycle, defaultAction, type Lifecycle } from './state.ts'

/** The driver: the parent of the root actors, and of the orphans that no subreaper adopts. */
export const INIT = 'init'

/** The lifecycle of a process that exists, as a zombie at least; that of a thread is that of its process. */
export const lifecycleOf = (world: World, name: string): Lifecycle | undefined =>
  world.processes[processOf(world, name)]?.lifecycle

/** Exists and has not ended. */
export const isAlive = (world: World, name: string): boolean => {
  const life = world.processes[name]?.lifecycle.life
  return life === 'running' || life === 'stopped'
}

export function changeLifecycle(moment: Moment, name: string, change: Partial<Lifecycle>): void {
  const lifecycle = lifecycleOf(moment.world, name)
  if (lifecycle === undefined) return
  moment.world = withProcess(moment.world, name, { lifecycle: changedLifecycle(lifecycle, change) })
}

/** The process is gone; its name stays the name of a pid that no process has. */
export function removeProcess(moment: Moment, name: string): void {
  moment.world = changedWorld(moment.world, { processes: without(moment.world.processes, name) })
}

/** The children of a process, whichever of its threads asks, in the order in which they came to be its children. */
export function childrenOf(world: World, actor: string): readonly string[] {
  const parent = processOf(world, actor)
  return Object.keys(world.processes)
    .filter((name) => world.processes[name]?.lifecycle.parent === parent)
    .sort((a, b) => rankOf(world, a) - rankOf(world, b))
}

const rankOf = (world: World, name: string) => world.processes[name]?.lifecycle.rank ?? 0

/** The rank of a child that is forked or adopted now. The driver's children are in no order. */
export function nextRank(world: World, parent: string): number {
  if (parent === INIT) return 0
  const youngest = childrenOf(world, parent).at(-1)
  return youngest === undefined ? 1 : rankOf(world, youngest) + 1
}

/** The members of a process group, zombies too. */
export const membersOf = (world: World, group: string): readonly string[] =>
  Object.keys(world.processes).filter((name) => world.processes[name]?.lifecycle.group === group)

/** The session of an existing group; undefined where no process is in the group. */
export function sessionOfGroup(world: World, group: string): string | undefined {
  const [member] = membersOf(world, group)
  return member === undefined ? undefined : lifecycleOf(world, member)?.session
}

/** The group and the session of a process; the driver has both to itself. */
export const placeOf = (world: World, name: string): { readonly group: string; readonly session: string } => {
  const lifecycle = lifecycleOf(world, name)
  return lifecycle === undefined ? { group: INIT, session: INIT } : lifecycle
}

export const actionOf = (lifecycle: Lifecycle | undefined, signal: number): Action =>
  lifecycle?.actions[signal] ?? defaultAction

export const isBlocked = (lifecycle: Lifecycle | undefined, signal: number): boolean =>
  lifecycle?.blocked.includes(signal) ?? false

export const isPending = (lifecycle: Lifecycle | undefined, signal: number): boolean =>
  lifecycle?.pending[signal] !== undefined
