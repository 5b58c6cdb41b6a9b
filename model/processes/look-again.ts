import { choose, type Moment, note } from '../moment.ts'
import {
  autoreap,
  interruption,
  reparenting,
  threads,
  waitid as waitidClauses,
  waiting,
} from './clauses/index.ts'
import { actionOf, childrenOf, lifecycleOf } from './lifecycle.ts'
import { look } from './look.ts'
import { isHopeless, matching, reporting, type Search } from './search.ts'
import { SIGCHLD } from './signals.ts'
import { willReturn } from './sleepers.ts'
import { isThreaded } from './threads.ts'
import type { Unrest } from './unrest.ts'
import { waitingOf } from './waiting.ts'

/**
 * A sleeping wait is woken, by a child or by a signal: it looks at its children first. `due`: the signals that its
 * process is about to meet.
 */
export function lookAgain(unrest: Unrest, name: string, due: readonly number[]): void {
  const { moment } = unrest
  const search = searchOf(moment, name)
  unrest.woken.delete(name)
  if (search === undefined) return
  const handlers = due.map((signal) => actionOf(lifecycleOf(moment.world, name), signal))
  const isCaught = handlers.some(({ disposition }) => disposition === 'handler')
  const isInterrupted = handlers.some(({ disposition, restart }) => disposition === 'handler' && !restart)
  if (reporting(search).length > 0) {
    if (isCaught) note(moment, interruption.statusWins)
    if (isInterrupted && choose(moment, interruption.statusWins, 2) === 1) return
    noteWake(search)
  } else if (isHopeless(search)) {
    if (isThreaded(moment.world, name)) note(moment, threads.oneWinner)
    if (sleepsOn(search, isCaught, isInterrupted)) return
  } else return
  const result = look(search)
  if (result !== 'nothing') willReturn(moment, name, result)
}

/**
 * At rest: a sleeper that Linux does not wake, although it could return by now, may be woken elsewhere. Asked once in
 * a step.
 */
export function mayReturn(unrest: Unrest, name: string): void {
  const { moment } = unrest
  const search = searchOf(moment, name)
  if (search === undefined || unrest.undisturbed.has(name)) return
  unrest.undisturbed.add(name)
  const isReported = reporting(search).length > 0
  if (!isReported && !isHopeless(search)) return
  const { is } = search.selector
  const why = is === 'any' ? reparenting.stopSurvives : isReported ? waiting.judgedAtReport : waiting.allLeft
  note(moment, why)
  if (choose(moment, why, 2) === 0) return
  const result = look(search)
  if (result !== 'nothing') willReturn(moment, name, result)
}

function searchOf(moment: Moment, waiter: string): Search | undefined {
  const sleep = waitingOf(moment.world, waiter)
  return sleep === undefined ? undefined : { moment, waiter, call: sleep.call, selector: sleep.selector }
}

function noteWake(search: Search): void {
  const { moment } = search
  for (const child of reporting(search)) {
    const is = lifecycleOf(moment.world, child)?.report.is
    if (is === 'stopped') note(moment, waiting.stopWakes)
    if (is === 'continued') note(moment, waiting.continueWakes)
  }
}

/** No child is left that the wait could be about: why, and whether another choice would be to sleep on. */
function sleepsOn(search: Search, isCaught: boolean, isInterrupted: boolean): boolean {
  const { moment, waiter, selector } = search
  const { disposition, noZombies } = actionOf(lifecycleOf(moment.world, waiter), SIGCHLD)
  if (matching(search).length > 0) {
    // That it may sleep on is left open where it gives up, see `look`.
    note(moment, waitidClauses.endsUnasked)
    return false
  }
  const areOthersLeft = childrenOf(moment.world, waiter).length > 0
  if (disposition !== 'ignore' && !noZombies) {
    if (selector.is === 'group') note(moment, waiting.allLeft)
    if (isCaught) note(moment, interruption.statusWins)
    return isInterrupted && choose(moment, waiting.allLeft, 2) === 1
  }
  if (areOthersLeft) {
    note(moment, autoreap.specificEarly)
    return choose(moment, autoreap.specificEarly, 2) === 1
  }
  note(moment, autoreap.blocksThenEchild)
  if (isCaught) note(moment, autoreap.handlerLastChild)
  return isInterrupted && choose(moment, autoreap.handlerLastChild, 2) === 1
}
