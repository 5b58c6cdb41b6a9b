import { choose, type Moment, note } from '../moment.ts'
import { withEntry } from '../records.ts'
import { activityOf } from '../world.ts'
import { autoreap, ending, interruption, orphans, sigchld, signalling, stopping } from './clauses/index.ts'
import { endProcess } from './end.ts'
import { lendingOf, reaches } from './lending.ts'
import { actionOf, changeLifecycle, isBlocked, lifecycleOf } from './lifecycle.ts'
import { lookAgain } from './look-again.ts'
import { isOrphaned } from './orphans.ts'
import {
  defaultActionOf,
  ignores,
  inOrder,
  isFatal,
  isStopSignal,
  SIGCHLD,
  SIGKILL,
  SIGSTOP,
} from './signals.ts'
import { decideRestart, interruptCall, leaveCall, restartIsDecided, stopCall, takeUp } from './sleepers.ts'
import { type Action, type Ending, noReport, type SignalInfo } from './state.ts'
import { tellOfChange } from './tell.ts'
import { isThreaded } from './threads.ts'
import { forget, type Unrest } from './unrest.ts'

/** What became of a process when it met its signals. */
type Met = 'nothing' | 'a handler' | 'a discarded stop' | 'its end or stop'

/**
 * A process that was woken goes on until it is at rest: it tells its parent that it was continued; or it looks at its
 * children if it waits for them, meets its signals, and leaves or takes up the call it is in (Linux
 * kernel/signal.c, get_signal).
 */
export function act(unrest: Unrest, name: string): void {
  const { moment } = unrest
  if (unrest.continued.delete(name)) {
    tellOfChange(unrest, name)
    return
  }
  const end = unrest.dying.get(name)
  if (end !== undefined) {
    endProcess(unrest, name, end)
    return
  }
  if (moment.isBeginning && losesReport(moment, name)) return
  lookAgain(unrest, name, deliverable(moment, name))
  const met = meetSignals(unrest, name)
  if (met === 'its end or stop') return
  const isResumed = unrest.resumed.delete(name)
  if (isResumed && (met === 'nothing' || restartIsDecided(moment, name))) takeUp(moment, name)
  if (met === 'a discarded stop') {
    stopCall(moment, name)
    takeUp(moment, name)
  }
  leaveCall(moment, name)
}

/**
 * A report that nobody has taken is gone before the stop or the end that comes next is there to be seen: SIGKILL takes it when
 * it is sent, and who looks for a stop first and for a continue then misses both where the one follows the other between
 * (Linux kernel/signal.c, complete_signal; kernel/exit.c, wait_consider_task).
 */
function losesReport(moment: Moment, name: string): boolean {
  const lifecycle = moment.world.processes[name]?.lifecycle
  if (lifecycle === undefined || lifecycle.report.is === 'none') return false
  const isNext = deliverable(moment, name).some(
    (signal) => isFatal(actionOf(lifecycle, signal), signal) || isStopSignal(signal),
  )
  if (isNext) changeLifecycle(moment, name, { report: noReport })
  return isNext
}

/**
 * The signals that a process would meet now: pending and not blocked. A stopped process meets SIGKILL only, one that is suspended
 * by vfork those that end it (Linux kernel/fork.c, wait_for_vfork_done). Further threads meet none: in a process that has
 * some, signals have no effect or end them all.
 */
export function deliverable(moment: Moment, name: string): readonly number[] {
  const lifecycle = moment.world.processes[name]?.lifecycle
  if (lifecycle === undefined) return []
  const pending = Object.keys(lifecycle.pending).map(Number)
  const lending = lendingOf(moment.world, name)
  if (lending !== undefined) return inOrder(pending.filter((signal) => reaches(lending, lifecycle, signal)))
  return inOrder(
    lifecycle.life === 'stopped'
      ? pending.filter((signal) => signal === SIGKILL)
      : pending.filter((signal) => !isBlocked(lifecycle, signal)),
  )
}

function meetSignals(unrest: Unrest, name: string): Met {
  let met: Met = 'nothing'
  for (;;) {
    const signal = nextSignal(unrest.moment, name)
    if (signal === 0) return met
    const now = meet(unrest, name, signal, met === 'a handler')
    if (now === 'its end or stop') return now
    if (met !== 'a handler' && now !== 'nothing') met = now
  }
}

function nextSignal(moment: Moment, name: string): number {
  const signals = deliverable(moment, name)
  if (signals[0] === SIGKILL) return SIGKILL
  if (signals.length > 1) note(moment, signalling.deliveryOrder)
  return signals[choose(moment, signalling.deliveryOrder, signals.length)] ?? 0
}

function meet(unrest: Unrest, name: string, signal: number, wasInterrupted: boolean): Met {
  const { moment } = unrest
  const info = takeFirst(moment, name, signal)
  const action = actionOf(lifecycleOf(moment.world, name), signal)
  const isFatalAtOnce = action.disposition === 'default' && defaultActionOf(signal) === 'terminate'
  if (!isFatalAtOnce && !ignores(action, signal) && isThreaded(moment.world, name))
    throw new Error(`what signal ${signal} does to several threads is not known`)
  if (action.disposition === 'handler') {
    runHandler(moment, name, signal, info)
    if (!wasInterrupted) {
      noteInterruption(moment, name, signal, info, action)
      interruptCall(moment, name, action.restart)
    }
    return 'a handler'
  }
  if (ignores(action, signal)) return 'nothing'
  if (isStopSignal(signal)) {
    const stopped = stop(unrest, name, signal)
    if (wasInterrupted) decideRestart(moment, name)
    return stopped
  }
  note(moment, signal === SIGKILL ? ending.killAlways : signalling.fatalEnds)
  beginToEnd(unrest, name, { is: 'killed', signal, core: dumpsCore(moment, signal) })
  return 'its end or stop'
}

/**
 * Before it is a zombie, a process that begins to end (Linux kernel/exit.c, do_group_exit) no longer counts as
 * continued, so that its parent may look and find neither; and it adopts nobody any more.
 */
function beginToEnd(unrest: Unrest, name: string, end: Ending): void {
  const { moment } = unrest
  const lifecycle = lifecycleOf(moment.world, name)
  const wasContinued = lifecycle?.report.is === 'continued'
  if (wasContinued) {
    note(moment, stopping.endOverwrites)
    changeLifecycle(moment, name, { report: noReport })
  }
  if (wasContinued || lifecycle?.subreaper === true) unrest.dying.set(name, end)
  else endProcess(unrest, name, end)
}

/** The core limit of the actors is 0, so that Linux writes none. */
function dumpsCore(moment: Moment, signal: number): boolean {
  if (defaultActionOf(signal) !== 'core') return false
  note(moment, ending.coreFlag)
  return choose(moment, ending.coreFlag, 2) === 1
}

function stop(unrest: Unrest, name: string, signal: number): Met {
  const { moment } = unrest
  const lifecycle = lifecycleOf(moment.world, name)
  if (lifecycle === undefined) return 'nothing'
  if (isOrphaned(moment.world, lifecycle.group, '')) {
    note(moment, signal === SIGSTOP ? orphans.sigstopStops : orphans.terminalStopDiscarded)
    if (signal !== SIGSTOP) return 'a discarded stop'
  }
  note(moment, stopping.stops)
  if (lifecycle.report.is === 'continued') {
    note(moment, stopping.stopOverwrites)
    note(moment, stopping.stopAtOnce)
  }
  forget(unrest, name)
  changeLifecycle(moment, name, { life: 'stopped', report: { is: 'stopped', signal } })
  stopCall(moment, name)
  tellOfChange(unrest, name)
  return 'its end or stop'
}

function runHandler(moment: Moment, name: string, signal: number, info: SignalInfo): void {
  const caught = lifecycleOf(moment.world, name)?.caught ?? {}
  const times = (caught[signal]?.times ?? 0) + 1
  changeLifecycle(moment, name, { caught: withEntry(caught, signal, { times, last: info }) })
  note(moment, signalling.handlerRuns)
  const isEnd =
    info.from === 'child' && (info.report.is === 'exited' || info.report.is === 'killed') ? info.pid : ''
  if (lifecycleOf(moment.world, isEnd)?.life === 'zombie') note(moment, sigchld.childWaitable)
}

function takeFirst(moment: Moment, name: string, signal: number): SignalInfo {
  const pending = lifecycleOf(moment.world, name)?.pending ?? {}
  const [first, ...queued] = pending[signal] ?? []
  const { [signal]: _, ...others } = pending
  changeLifecycle(moment, name, {
    pending: queued.length === 0 ? others : withEntry(others, signal, queued),
  })
  return first ?? { from: 'kernel' }
}

function noteInterruption(
  moment: Moment,
  name: string,
  signal: number,
  info: SignalInfo,
  { restart, noZombies }: Action,
): void {
  const activity = activityOf(moment.world, name)
  if (activity?.is !== 'asleep' || activity.on.in !== 'wait' || restart) return
  if (signal !== SIGCHLD || info.from !== 'child') return
  note(moment, noZombies ? autoreap.handlerOthersLeft : interruption.otherChild)
}
