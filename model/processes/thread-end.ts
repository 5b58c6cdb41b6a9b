import { choose, type Moment, note } from '../moment.ts'
import { without } from '../records.ts'
import { undoOf } from '../semaphores/shared-undo.ts'
import { applyUndo } from '../semaphores/undo.ts'
import { noteThreadEnd } from '../shared-memory/lifecycle.ts'
import { activityOf, changedWorld, processOf, type World } from '../world.ts'
import { threads as clauses } from './clauses/index.ts'
import { anyOrder } from './clauses/order.ts'
import { changeLifecycle, childrenOf, lifecycleOf, nextRank } from './lifecycle.ts'
import { lookAgain } from './look-again.ts'
import { leaveForGood } from './sleepers.ts'
import { asParentThread, isOwn, othersOf, threadsOf } from './threads.ts'
import { forget, type Unrest } from './unrest.ts'
import { waitingOf } from './waiting.ts'

/** A thread ends, and others of its process go on. */
export function endThread(unrest: Unrest, actor: string): void {
  const { moment } = unrest
  forget(unrest, actor)
  noteThreadEnd(moment, actor)
  applyUndo(moment, actor)
  const [heir] = othersOf(moment.world, actor)
  if (heir !== undefined) handOver(moment, actor, heir)
  removeThread(moment, actor)
}

/**
 * All threads of a process end, in any order, on Linux mostly first the one that calls `_exit`: what becomes of all but the
 * last. Returns the last one, which is in no call any more.
 */
export function endOthers(unrest: Unrest, process: string, caller: string): string {
  const { moment } = unrest
  const all = threadsOf(moment.world, process)
  if (all.length > 1) refuseUndecided(moment.world, all)
  for (const actor of all) leaveForGood(moment, actor)
  let left = caller === '' ? all : [caller, ...all.filter((actor) => actor !== caller)]
  while (left.length > 1) {
    const isOpen = left.filter((actor) => leavesTraces(moment.world, actor)).length > 1
    const next = left[isOpen ? choose(moment, anyOrder, left.length, 'always') : 0] ?? process
    lookAgain(unrest, next, [])
    endThread(unrest, next)
    left = left.filter((actor) => actor !== next)
  }
  const last = left[0] ?? process
  // Who is woken in a wait looks once more, also to end: by now it may have the children of the others.
  if (all.length > 1) lookAgain(unrest, last, [])
  return last
}

/** The thread is not there any more. */
export function removeThread(moment: Moment, actor: string): void {
  const { world } = moment
  if (world.threads[actor] === undefined) changeLifecycle(moment, actor, { firstThread: 'ended' })
  else moment.world = changedWorld(world, { threads: without(world.threads, actor) })
}

/** The oldest thread that is left takes over the children of the one that ends; they come last among its own. */
function handOver(moment: Moment, actor: string, heir: string): void {
  const parentThread = asParentThread(moment.world, heir)
  for (const child of childrenOf(moment.world, actor)) {
    if (!isOwn(moment.world, actor, lifecycleOf(moment.world, child))) continue
    note(moment, clauses.takenOver)
    const rank = nextRank(moment.world, processOf(moment.world, actor))
    changeLifecycle(moment, child, { parentThread, rank })
  }
}

/** Whether it can be seen later when the thread ended. */
const leavesTraces = (world: World, actor: string): boolean =>
  waitingOf(world, actor) !== undefined ||
  Object.keys(undoOf(world, actor) ?? {}).length > 0 ||
  childrenOf(world, actor).some((child) => isOwn(world, actor, lifecycleOf(world, child)))

const hasOwnUndo = (world: World, actor: string) => (world.threads[actor]?.undo ?? 'shared') !== 'shared'

/** A sleeper that is about to end may be woken once more by the adjustments of a thread that ends before it does. */
function refuseUndecided(world: World, all: readonly string[]): void {
  const isAsleep = all.some((actor) => {
    const activity = activityOf(world, actor)
    return activity?.is === 'asleep' && activity.on.in === 'semaphores'
  })
  if (isAsleep && all.some((actor) => hasOwnUndo(world, actor)))
    throw new Error('which of several threads with adjustments of their own ends first is not known')
}
