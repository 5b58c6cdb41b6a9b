import { note } from '../moment.ts'
import { P_PIDFD } from '../vocabulary/names.ts'
import { identityOf, processOf } from '../world.ts'
import {
  autoreap,
  ending,
  exec,
  reparenting,
  sigchld,
  threads,
  waitid as waitidClauses,
  waiting,
} from './clauses/index.ts'
import { missesKind, noteKinds } from './kinds.ts'
import { actionOf, childrenOf, isBlocked, lifecycleOf } from './lifecycle.ts'
import { isOfWaiter, matching, type Search } from './search.ts'
import { SIGCHLD } from './signals.ts'
import type { Report } from './state.ts'
import { isThreaded, othersOf } from './threads.ts'
import { waitingOf, wantedBy } from './waiting.ts'

/** The call is one of those that look at the children of the caller. */
export function noteSearch(search: Search): void {
  const { moment, waiter, call, selector } = search
  noteKinds(search)
  if (call.name === 'wait') note(moment, waiting.isWaitpidAny)
  if (call.name === 'wait4') note(moment, waiting.asWaitpid)
  const isIdGiven = call.name === 'waitid' && selector.is === 'any' && call.id !== 0
  if (isIdGiven && childrenOf(moment.world, waiter).length > 0) note(moment, waitidClauses.allIgnoresId)
}

/** A report is being returned. */
export function noteReported(
  search: Search,
  child: string,
  report: Report,
  candidates: readonly string[],
): void {
  const { moment, waiter, selector } = search
  const process = processOf(moment.world, waiter)
  const { origin, execed } = lifecycleOf(moment.world, child) ?? { origin: process, execed: false }
  noteThreads(search, child, candidates)
  if (execed) note(moment, exec.identityKept)
  if (origin !== process) note(moment, reparenting.adopterWaits)
  else if (candidates.some((name) => lifecycleOf(moment.world, name)?.origin !== process))
    note(moment, reparenting.appended)
  if (report.is === 'stopped' || report.is === 'continued') noteChange(search, report.is)
  else noteEnd(search, child, report)
  if (selector.is === 'group' && (report.is === 'exited' || report.is === 'killed'))
    note(moment, ending.zombieGroupWaited)
  noteDisposition(search, report)
}

/** Whose child of several threads is reported, and who else waits. */
function noteThreads(search: Search, child: string, candidates: readonly string[]): void {
  const { moment, waiter, selector } = search
  if (!isThreaded(moment.world, waiter)) return
  if (!isOfWaiter(search, child)) note(moment, threads.anyThreadWaits)
  else if (candidates.some((name) => !isOfWaiter(search, name))) note(moment, threads.ownFirst)
  const isRivalled = othersOf(moment.world, waiter).some((other) => {
    const sleep = waitingOf(moment.world, other)
    return sleep?.selector.is === 'any'
  })
  if (isRivalled && selector.is === 'any') note(moment, threads.oneEach)
}

function noteChange({ moment, call }: Search, is: 'stopped' | 'continued'): void {
  if (call.name === 'waitid') {
    note(moment, is === 'stopped' ? waitidClauses.stopFields : waitidClauses.continueFields)
    if (wantedBy(call).noWait) note(moment, waitidClauses.leavesWaitable)
    return
  }
  note(moment, is === 'stopped' ? waiting.stopOnce : waiting.continueOnce)
  if (call.name === 'wait4') note(moment, waiting.usageOnStop)
}

function noteEnd(search: Search, child: string, report: Report): void {
  const { moment, waiter, call } = search
  if (report.is === 'killed') note(moment, ending.signalStatus)
  if (identityOf(moment.world, child).uid !== identityOf(moment.world, waiter).uid)
    note(moment, waiting.credentialsIrrelevant)
  if (call.name === 'waitid') {
    note(moment, waitidClauses.endFields)
    note(moment, wantedBy(call).noWait ? waitidClauses.leavesWaitable : waitidClauses.reaps)
    return
  }
  note(moment, waiting.reaps)
  if (report.is === 'exited' && call.location === 0) note(moment, ending.lowEightBits)
  const isOneOfSeveral = childrenOf(moment.world, waiter).some(
    (name) => name !== child && lifecycleOf(moment.world, name)?.life === 'zombie',
  )
  if (isOneOfSeveral) note(moment, waiting.eachOnce)
}

function noteDisposition({ moment, waiter, call }: Search, report: Report): void {
  const lifecycle = lifecycleOf(moment.world, waiter)
  const { disposition, noZombies } = actionOf(lifecycle, SIGCHLD)
  const isChange = report.is === 'stopped' || report.is === 'continued'
  if (isBlocked(lifecycle, SIGCHLD)) {
    note(moment, sigchld.noWaitEffect)
    if (call.name !== 'waitid') note(moment, waiting.blockedIrrelevant)
  }
  if (disposition === 'handler') note(moment, sigchld.noWaitEffect)
  if (disposition === 'ignore') note(moment, isChange ? autoreap.stopsReported : autoreap.oldZombieKept)
  else if (noZombies && !isChange) note(moment, autoreap.oldZombieKept)
}

/** No matching child can report. */
export function noteHopeless(search: Search): void {
  const { moment, waiter, call, selector } = search
  if (
    selector.is === 'one' &&
    selector.process !== '' &&
    lifecycleOf(moment.world, selector.process) === undefined
  )
    note(moment, ending.reapedUnknown)
  if (selector.is === 'one' && isThreadOfChild(search, selector.process)) note(moment, threads.threadId)
  if (call.name === 'waitid') {
    note(moment, matching(search).length > 0 ? waitidClauses.onlyOtherEvents : waitidClauses.noChild)
    if (call.idtype === P_PIDFD) note(moment, waitidClauses.pidfdBad)
    return
  }
  if (childrenOf(moment.world, waiter).length === 0) note(moment, waiting.noChildren)
  if (selector.is === 'one' && !missesKind(search)) note(moment, waiting.notAChild)
}

const isThreadOfChild = ({ moment: { world }, waiter }: Search, name: string) =>
  world.threads[name] !== undefined && childrenOf(world, waiter).includes(processOf(world, name))

/** Matching children exist, none has what is asked for. */
export function noteNothing(search: Search): void {
  const { moment, waiter, call } = search
  const { disposition, noZombies } = actionOf(lifecycleOf(moment.world, waiter), SIGCHLD)
  if (!wantedBy(call).stopped)
    for (const child of matching(search))
      if (lifecycleOf(moment.world, child)?.report.is === 'stopped') note(moment, waiting.stopNeedsOption)
  if (call.name === 'waitid') return
  if (wantedBy(call).stopped && matching(search).some((child) => isToldStopped(search, child)))
    note(moment, waiting.stopOnce)
  if (!wantedBy(call).noHang) return
  note(moment, waiting.wnohangZero)
  if (disposition === 'ignore' || noZombies) note(moment, autoreap.wnohangZero)
}

/** Whether the child is stopped, and somebody was told of it. */
function isToldStopped({ moment: { world } }: Search, child: string): boolean {
  const lifecycle = lifecycleOf(world, child)
  return lifecycle?.life === 'stopped' && lifecycle.report.is !== 'stopped'
}
