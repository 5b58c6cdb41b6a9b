import { type Moment, note } from '../moment.ts'
import { changeLifecycle, lifecycleOf } from '../processes/lifecycle.ts'
import { clause } from '../rule.ts'
import { type Process, type World, withProcess } from '../world.ts'

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

type Undo = Process['undo']

/** The process that keeps the adjustments of this one: itself, unless it shares those of another. */
export const keeperOf = (world: World, name: string): string => {
  const keeper = lifecycleOf(world, name)?.undoKeeper ?? ''
  return keeper === '' ? name : keeper
}

/** The adjustments of a process by set, its own or shared ones. */
export const undoOf = (world: World, name: string): Undo | undefined =>
  world.processes[keeperOf(world, name)]?.undo

/** Changes the adjustments of a process, and of all that share them. */
export function changeUndo(moment: Moment, name: string, undo: Undo): void {
  moment.world = withProcess(moment.world, keeperOf(moment.world, name), { undo })
}

/** A process shares its adjustments no longer, and has none. False: nobody shared them, and it still has them. */
export function stopSharing(moment: Moment, name: string): boolean {
  const [heir, ...others] = sharersOf(moment.world, name)
  if (heir === undefined) return false
  if (Object.keys(undoOf(moment.world, name) ?? {}).length > 0) note(moment, shares)
  const keeper = keeperOf(moment.world, name)
  if (keeper === name) {
    moment.world = withProcess(moment.world, heir, { undo: moment.world.processes[name]?.undo ?? {} })
    changeLifecycle(moment, heir, { undoKeeper: '' })
    for (const other of others) changeLifecycle(moment, other, { undoKeeper: heir })
    moment.world = withProcess(moment.world, name, { undo: {} })
  } else changeLifecycle(moment, name, { undoKeeper: '' })
  return true
}

/** The others that share the adjustments of a process. */
function sharersOf(world: World, name: string): readonly string[] {
  const keeper = keeperOf(world, name)
  return Object.keys(world.processes).filter(
    (other) =>
      other !== name &&
      world.processes[other]?.lifecycle.life !== 'zombie' &&
      keeperOf(world, other) === keeper,
  )
}
