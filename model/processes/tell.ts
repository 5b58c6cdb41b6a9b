import { choose, type Moment, note } from '../moment.ts'
import { identityOf, type World } from '../world.ts'
import { autoreap, clones, ending, reparenting, sigchld, usage } from './clauses/index.ts'
import { actionOf, childrenOf, INIT, isBlocked, lifecycleOf, removeProcess } from './lifecycle.ts'
import { send } from './send.ts'
import { isSignal, SIGCHLD } from './signals.ts'
import { type Action, type Lifecycle, noReport, type Report } from './state.ts'
import { threadsOf } from './threads.ts'
import type { Unrest } from './unrest.ts'
import { hasUsed, usageOf } from './usage.ts'
import { selects, waitingOf } from './waiting.ts'

/** A zombie tells its parent, which may be a new one; where the parent wants no zombies it is gone. */
export function tellOfEnd(unrest: Unrest, child: string): void {
  const { moment } = unrest
  const { parent, report } = lifecycleOf(moment.world, child) ?? { parent: INIT, report: noReport }
  if (parent === INIT) {
    removeProcess(moment, child)
    return
  }
  const { ruid } = identityOf(moment.world, child)
  const lifecycle = lifecycleOf(moment.world, parent)
  const action = actionOf(lifecycle, SIGCHLD)
  wake(unrest, parent, child)
  const signal = endSignal(moment, child)
  if (signal !== SIGCHLD) {
    tellOfCloneEnd(unrest, child, signal)
    return
  }
  const told = toldOf(moment, child, report)
  if (action.disposition === 'ignore') vanish(moment, child, autoreap.ignored)
  else if (action.noZombies) vanish(moment, child, autoreap.noChildWait)
  else noteZombie(moment, action, lifecycle)
  const isSignalled = !action.noZombies || choose(moment, autoreap.noChildWait, 2) === 0
  if (isSignalled) signalParent(unrest, parent, child, ruid, told)
}

/** What the end of a child sends; 0: nothing. */
function endSignal(moment: Moment, child: string): number {
  const { exitSignal = SIGCHLD, parentExeced = false } = lifecycleOf(moment.world, child) ?? {}
  if (exitSignal === SIGCHLD || !parentExeced) return exitSignal
  note(moment, clones.toNewImage)
  return SIGCHLD
}

/** The end of a child with a signal of its own: it is a zombie whatever becomes of SIGCHLD. */
function tellOfCloneEnd(unrest: Unrest, child: string, signal: number): void {
  const { moment } = unrest
  const { parent, report } = lifecycleOf(moment.world, child) ?? { parent: INIT, report: noReport }
  const action = actionOf(lifecycleOf(moment.world, parent), SIGCHLD)
  note(moment, ending.zombieUntilWaited)
  note(moment, clones.delivered)
  if (action.disposition === 'ignore' || action.noZombies) note(moment, clones.exempt)
  const { ruid: uid } = identityOf(moment.world, child)
  if (isSignal(signal))
    send(unrest, parent, signal, { from: 'child', pid: child, uid, report: toldOf(moment, child, report) })
}

/** A process that was stopped or continued tells its parent. */
export function tellOfChange(unrest: Unrest, child: string): void {
  const { moment } = unrest
  const { parent, report } = lifecycleOf(moment.world, child) ?? { parent: INIT, report: { is: 'none' } }
  if (parent === INIT) return
  const lifecycle = lifecycleOf(moment.world, parent)
  const { disposition, quietStops } = actionOf(lifecycle, SIGCHLD)
  const isSeen = disposition === 'handler' || isBlocked(lifecycle, SIGCHLD)
  const isSent = report.is !== 'continued' || !isSeen || choose(moment, sigchld.continueSent, 2) === 0
  if (disposition === 'ignore') note(moment, autoreap.stopsReported)
  else if (quietStops) note(moment, sigchld.quietStops)
  if (!quietStops && isSent) signalParent(unrest, parent, child, identityOf(moment.world, child).ruid, report)
  wake(unrest, parent, child)
}

/** The end of an adopted zombie, as its adopter sees it. */
export function noteAdoptedZombie(moment: Moment, child: string, adopter: string): void {
  if (adopter === INIT) note(moment, reparenting.zombieReapedByInit)
  else if (lifecycleOf(moment.world, child) === undefined) note(moment, reparenting.zombieIgnored)
  else note(moment, reparenting.zombieWaitable)
}

function noteZombie(moment: Moment, action: Action, parent: Lifecycle | undefined): void {
  note(moment, ending.zombieUntilWaited)
  if (action.disposition !== 'default') return
  note(moment, autoreap.defaultDiffers)
  if (parent?.actions[SIGCHLD] !== undefined) note(moment, autoreap.restored)
}

function vanish(moment: Moment, child: string, why: typeof autoreap.ignored): void {
  note(moment, why)
  if (hasUsed(usageOf(lifecycleOf(moment.world, child)))) note(moment, usage.autoreapedNotCounted)
  removeProcess(moment, child)
}

/** The end of a child as its signal tells it. */
function toldOf(moment: Moment, child: string, report: Report): Report {
  const { firstCode = -1 } = lifecycleOf(moment.world, child) ?? {}
  if (firstCode === -1) return report
  note(moment, sigchld.firstThreadTold)
  return { is: 'exited', code: firstCode }
}

function signalParent(unrest: Unrest, parent: string, child: string, uid: number, report: Report): void {
  const { moment } = unrest
  const lifecycle = lifecycleOf(moment.world, parent)
  const { disposition } = actionOf(lifecycle, SIGCHLD)
  if (disposition === 'ignore') {
    if (!isBlocked(lifecycle, SIGCHLD)) return
    note(moment, sigchld.ignoredNever)
    if (choose(moment, sigchld.ignoredNever, 2) === 0) return
  }
  if (
    !send(unrest, parent, SIGCHLD, {
      from: 'child',
      pid: child,
      uid,
      report,
    })
  )
    return
  if (disposition === 'default') note(moment, sigchld.defaultPends)
  note(moment, sentClause(report))
}

const sentClause = ({ is }: Report) =>
  is === 'stopped' ? sigchld.stopSent : is === 'continued' ? sigchld.continueSent : sigchld.endSent

/** All threads of the parent that wait for the child look again. */
function wake(unrest: Unrest, parent: string, child: string): void {
  const { world } = unrest.moment
  for (const waiter of threadsOf(world, parent)) if (isAwaited(world, waiter, child)) unrest.woken.add(waiter)
}

/**
 * Linux wakes a sleeping wait only for a child that it is about (kernel/exit.c, child_wait_callback); one that is about
 * the children of its own thread only sleeps on as if it were not woken. Where the
 * standard lets a wait for a child that is gone sleep on, the ends of others concern it too.
 */
function isAwaited(world: World, waiter: string, child: string): boolean {
  const sleep = waitingOf(world, waiter)
  if (sleep === undefined) return false
  const { selector } = sleep
  const isGone = selector.is === 'one' && !childrenOf(world, waiter).includes(selector.process)
  return isGone || selects(world, selector, child)
}
