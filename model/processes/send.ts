import { choose, type Moment, note } from '../moment.ts'
import { withEntry } from '../records.ts'
import { ending, sigchld, signalling, stopping } from './clauses/index.ts'
import { endsAtOnce, lendingOf, rouse } from './lending.ts'
import { actionOf, changeLifecycle, isBlocked, isPending, lifecycleOf } from './lifecycle.ts'
import { ignores, isFatal, isRealtime, isStopSignal, SIGCHLD, SIGCONT, SIGKILL } from './signals.ts'
import { leaveAsleep } from './sleepers.ts'
import type { Lifecycle, SignalInfo } from './state.ts'
import type { Unrest } from './unrest.ts'

/**
 * Generates a signal for a process; what the process does about it comes later (`act`). Tells whether the signal is
 * pending now.
 */
export function send(unrest: Unrest, target: string, signal: number, info: SignalInfo): boolean {
  const { moment } = unrest
  const before = lifecycleOf(moment.world, target)
  if (before === undefined || before.life === 'zombie' || unrest.dying.has(target)) return false
  if (isDoomed(moment, target, before)) return false
  if (isStopSignal(signal)) discard(moment, target, (pending) => pending === SIGCONT)
  if (signal === SIGCONT) continueProcess(unrest, target, before)
  const lifecycle = lifecycleOf(moment.world, target) ?? before
  if (isDropped(moment, lifecycle, signal)) {
    if (info.from === 'process' && signal !== SIGCONT) note(moment, signalling.ignoredDropped)
    if (info.from !== 'child') leaveAsleep(moment, target)
    return false
  }
  if (lifecycle.life === 'stopped' && isStopSignal(signal)) {
    note(moment, stopping.againNothing)
    return false
  }
  notePending(moment, target, lifecycle, signal)
  return enqueue(moment, target, lifecycle, signal, info)
}

/**
 * A running process that was sent a signal that ends it is about to end by that one, whatever else it is sent before it
 * does (Linux kernel/signal.c, complete_signal); signals that write a core image are no such ones. So is a stopped one
 * that was sent SIGKILL.
 */
function isDoomed(moment: Moment, target: string, lifecycle: Lifecycle): boolean {
  if (lifecycle.life !== 'running') return isPending(lifecycle, SIGKILL)
  const isMarked =
    lendingOf(moment.world, target)?.roused !== true &&
    Object.keys(lifecycle.pending).some((name) => endsAtOnce(lifecycle, Number(name)))
  // One that is about to meet other signals is not marked (wants_signal), and may be sent SIGKILL on top.
  const mayBeUnmarked = moment.isBeginning && !isPending(lifecycle, SIGKILL)
  return isMarked && !(mayBeUnmarked && choose(moment, signalling.deliveryOrder, 2, 'always') === 1)
}

/** Takes pending signals away from a process. */
export function discard(moment: Moment, target: string, which: (signal: number) => boolean): boolean {
  const pending = lifecycleOf(moment.world, target)?.pending ?? {}
  const kept = Object.entries(pending).filter(([signal]) => !which(Number(signal)))
  if (kept.length === Object.keys(pending).length) return false
  note(moment, signalling.opposites)
  changeLifecycle(moment, target, { pending: Object.fromEntries(kept) })
  return true
}

/** SIGCONT acts when it is sent, whatever its action. */
function continueProcess(unrest: Unrest, target: string, { life, report, ...before }: Lifecycle): void {
  const { moment } = unrest
  discard(moment, target, isStopSignal)
  if (life !== 'stopped') {
    note(moment, stopping.runningNoReport)
    return
  }
  note(moment, stopping.continues)
  const { disposition } = before.actions[SIGCONT] ?? { disposition: 'default' }
  if (disposition !== 'default' || before.blocked.includes(SIGCONT)) note(moment, stopping.stillContinues)
  changeLifecycle(moment, target, { life: 'running', report: { is: 'continued' } })
  unrest.continued.add(target)
  unrest.resumed.add(target)
}

/** An ignored signal does not become pending; where it is blocked, too, the standard leaves it open. */
function isDropped(moment: Moment, lifecycle: Lifecycle, signal: number): boolean {
  if (!ignores(actionOf(lifecycle, signal), signal)) return false
  if (!isBlocked(lifecycle, signal)) return true
  const isDefaultChild = signal === SIGCHLD && actionOf(lifecycle, signal).disposition === 'default'
  if (isDefaultChild) return false
  note(moment, signalling.ignoredBlocked)
  return choose(moment, signalling.ignoredBlocked, 2) === 1
}

function enqueue(
  moment: Moment,
  target: string,
  { pending }: Lifecycle,
  signal: number,
  info: SignalInfo,
): boolean {
  const before = pending[signal] ?? []
  if (before.length > 0) {
    const why = isRealtime(signal)
      ? signalling.realtimeQueues
      : signal === SIGCHLD
        ? sigchld.coalesces
        : signalling.pendsOnce
    note(moment, why)
    const isOther = choose(moment, why, 2) === 1
    if (isOther === isRealtime(signal)) return false
  }
  changeLifecycle(moment, target, { pending: withEntry(pending, signal, [...before, info]) })
  const lifecycle = lifecycleOf(moment.world, target)
  if (lifecycle !== undefined) rouse(moment, target, lifecycle, signal)
  return true
}

function notePending(moment: Moment, target: string, lifecycle: Lifecycle, signal: number): void {
  if (isBlocked(lifecycle, signal)) {
    note(moment, isStopSignal(signal) ? stopping.blockedNoStop : signalling.blockedPends)
    leaveAsleep(moment, target)
  } else if (lifecycle.life === 'stopped' && signal !== SIGKILL && !isPending(lifecycle, signal)) {
    if (isFatal(actionOf(lifecycle, signal), signal)) note(moment, ending.otherSignalWaits)
  }
}
