import type { Result } from '../expected.ts'
import { choose, type Moment, note } from '../moment.ts'
import { withEntry } from '../records.ts'
import { sigchld, waitid as waitidClauses, waiting } from './clauses/index.ts'
import { changeLifecycle, childrenOf, lifecycleOf, removeProcess } from './lifecycle.ts'
import { noteHopeless, noteNothing, noteReported, noteSearch } from './notes.ts'
import { failure, nothingResult, reportResult } from './results.ts'
import { isHopeless, matching, reporting, reportOf, type Search } from './search.ts'
import { SIGCHLD } from './signals.ts'
import { noReport, type Report } from './state.ts'
import { countUsage } from './usage.ts'
import { wantedBy } from './waiting.ts'

/**
 * One look at the children (Linux kernel/exit.c, __do_wait): a report is taken; without a child that could ever
 * report, the wait fails; else there is nothing yet.
 */
export function look(search: Search): Result | 'nothing' {
  noteSearch(search)
  if (reporting(search).length > 0) return takeReport(search)
  return isHopeless(search) ? giveUp(search) : 'nothing'
}

/** Takes a report, any of them where the order is open. */
function takeReport(search: Search): Result {
  const { moment, call } = search
  const children = reporting(search)
  const why = call.name === 'waitid' ? waitidClauses.order : waiting.order
  const child = children[choose(moment, why, children.length)] ?? ''
  if (children.length > 1) note(moment, why)
  const report = reportOf(search, child)
  noteReported(search, child, report, children)
  const result = reportResult(moment, call, child, report)
  if (!wantedBy(call).noWait && !isKept(moment, result)) use(search, child, report)
  return result
}

/** Elsewhere a report that could not be stored may be there still. */
const isKept = (moment: Moment, { errno }: Result) =>
  errno === 'EFAULT' && choose(moment, waiting.badStatus, 2) === 1

/** The wait fails, or (where zombies are left that it does not ask for) goes on. */
function giveUp(search: Search): Result | 'nothing' {
  const { moment, call } = search
  noteHopeless(search)
  const isOpen = matching(search).length > 0
  if (isOpen && choose(moment, waitidClauses.onlyOtherEvents, 2) === 1) return 'nothing'
  return failure(moment, call, 'ECHILD')
}

/** Nothing to report, and WNOHANG. */
export function nothingYet(search: Search): Result {
  noteNothing(search)
  return nothingResult(search.moment, search.call)
}

/** A report is there once. */
function use({ moment, waiter, call }: Search, child: string, { is }: Report): void {
  if (is === 'stopped' || is === 'continued') changeLifecycle(moment, child, { report: noReport })
  else {
    countUsage(moment, waiter, child)
    removeProcess(moment, child)
  }
  if (call.name !== 'waitid') discardPending(moment, waiter, child)
}

/** The standard discards the SIGCHLD of a status that was waited for; Linux lets it pend. */
function discardPending(moment: Moment, waiter: string, child: string): void {
  const lifecycle = lifecycleOf(moment.world, waiter)
  const pending = lifecycle?.pending[SIGCHLD]
  if (lifecycle === undefined || pending === undefined) return
  note(moment, sigchld.survivesReaping)
  if (choose(moment, sigchld.survivesReaping, 2) === 0) return
  const others = pending.filter((info) => info.from !== 'child' || info.pid !== child)
  const isLast = !childrenOf(moment.world, waiter).some(
    (name) => lifecycleOf(moment.world, name)?.report.is !== 'none',
  )
  const kept = pending.length > 1 ? others : isLast ? [] : pending
  const { [SIGCHLD]: _, ...rest } = lifecycle.pending
  changeLifecycle(moment, waiter, { pending: kept.length === 0 ? rest : withEntry(rest, SIGCHLD, kept) })
}
