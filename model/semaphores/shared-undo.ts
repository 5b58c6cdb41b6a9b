import { type Moment, note } from '../moment.ts'
import { changeLifecycle, lifecycleOf } from '../processes/lifecycle.ts'
import { clause } from '../rule.ts'
import { actorsOf, processOf, type Undo, type World, withProcess } from '../world.ts'

export const shares = clause(
  'undo.clone-sysvsem',
  'linux',
  'Processes that share adjustments have them applied when the last of them ends.',
  'clone(2), CLONE_SYSVSEM',
)
export const unshares = clause(
  'undo.unshare',
  'linux',
  'Who stops sharing adjustments has them applied at once, if nobody shares them any more.',
  'unshare(2), CLONE_SYSVSEM',
)

/** The actor that keeps the adjustments of this one: itself, unless it shares those of another. */
export const keeperOf = (world: World, name: string): string => {
  const thread = world.threads[name]
  if (thread !== undefined) return thread.undo === 'shared' ? keeperOf(world, thread.process) : name
  const keeper = lifecycleOf(world, name)?.undoKeeper ?? ''
  return keeper === '' ? name : keeper
}

/** The adjustments of an actor by set, its own or shared ones. */
export const undoOf = (world: World, name: string): Undo | undefined => keptBy(world, keeperOf(world, name))

/** The adjustments that an actor keeps for itself and others. */
export const keptBy = (world: World, keeper: string): Undo | undefined => {
  const undo = (world.processes[keeper] ?? world.threads[keeper])?.undo
  return undo === 'shared' ? undefined : undo
}

export const sharedByThreads = clause(
  'undo.threads',
  'shall',
  'The threads of a process share its adjustments, which are applied when the process ends.',
  'POSIX.1-2024 semop, DESCRIPTION',
)
export const threadsOwn = clause(
  'undo.thread-without-sysvsem',
  'linux',
  'A thread made without CLONE_SYSVSEM has adjustments of its own, applied when it ends.',
  'clone(2), CLONE_SYSVSEM',
)

/** Changes the adjustments of a process, and of all that share them. */
export function changeUndo(moment: Moment, name: string, undo: Undo): void {
  moment.world = withProcess(moment.world, keeperOf(moment.world, name), { undo })
}

/**
 * An actor shares its adjustments no longer, and has none. False: nobody shared them, and it still has them. Those that
 * threads share are their process's as long as one of them goes on.
 */
export function stopSharing(moment: Moment, name: string): boolean {
  const [heir, ...others] = sharersOf(moment.world, name)
  if (heir === undefined) return false
  const isOfThreads = processOf(moment.world, heir) === processOf(moment.world, name)
  if (Object.keys(undoOf(moment.world, name) ?? {}).length > 0)
    note(moment, isOfThreads ? sharedByThreads : shares)
  if (isOfThreads) return true
  const keeper = keeperOf(moment.world, name)
  if (keeper === name) {
    moment.world = withProcess(moment.world, heir, { undo: moment.world.processes[name]?.undo ?? {} })
    changeLifecycle(moment, heir, { undoKeeper: '' })
    for (const other of others) changeLifecycle(moment, other, { undoKeeper: heir })
    moment.world = withProcess(moment.world, name, { undo: {} })
  } else changeLifecycle(moment, name, { undoKeeper: '' })
  return true
}

/** The others that share the adjustments of an actor. */
function sharersOf(world: World, name: string): readonly string[] {
  const keeper = keeperOf(world, name)
  return actorsOf(world).filter(
    (other) => other !== name && hasUndo(world, other) && keeperOf(world, other) === keeper,
  )
}

/** A thread that has not ended; of a process its first one. */
function hasUndo({ processes }: World, actor: string): boolean {
  const lifecycle = processes[actor]?.lifecycle
  return lifecycle === undefined || (lifecycle.life !== 'zombie' && lifecycle.firstThread === 'lives')
}
