import {
  WALL,
  WCLONE,
  WCONTINUED,
  WEXITED,
  WNOHANG,
  WNOTHREAD,
  WNOWAIT,
  WUNTRACED,
} from '../vocabulary/names.ts'
import { activityOf, type World } from '../world.ts'
import { lifecycleOf } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'
import type { Lifecycle, Report, Selector, WaitCall, Waiting } from './state.ts'
import { isOwn } from './threads.ts'

/** What a wait asks for, whichever of the calls it is. */
export interface Wanted {
  readonly exited: boolean
  readonly stopped: boolean
  readonly continued: boolean
  readonly noHang: boolean
  readonly noWait: boolean
}

export function wantedBy(call: WaitCall): Wanted {
  const options = call.name === 'wait' ? 0 : call.options
  const has = (bit: number) => (options & bit) !== 0
  return {
    exited: call.name !== 'waitid' || has(WEXITED),
    stopped: has(WUNTRACED),
    continued: has(WCONTINUED),
    noHang: has(WNOHANG),
    noWait: has(WNOWAIT),
  }
}

/** Whether the report is of a kind that the wait asks for. */
export function isWanted(report: Report, wanted: Wanted): boolean {
  switch (report.is) {
    case 'none':
      return false
    case 'stopped':
      return wanted.stopped
    case 'continued':
      return wanted.continued
    default:
      return wanted.exited
  }
}

/** Whether a child is one that the wait is about. */
export function selects(world: World, selector: Selector, child: string): boolean {
  switch (selector.is) {
    case 'any':
      return true
    case 'one':
      return child === selector.process
    case 'group':
      return lifecycleOf(world, child)?.group === selector.group
  }
}

/** A child whose end sends another signal than SIGCHLD, or none. */
export const isClone = (lifecycle: Lifecycle | undefined): boolean =>
  lifecycle !== undefined && lifecycle.exitSignal !== SIGCHLD

/** Whether a child is of a kind that the wait is about (Linux kernel/exit.c, eligible_child). */
export function isOfKind(call: WaitCall, child: Lifecycle | undefined): boolean {
  if (call.name === 'wait') return !isClone(child)
  return (call.options & WALL) !== 0 || isClone(child) === ((call.options & WCLONE) !== 0)
}

/** Whether a wait that is about the children of its own thread only would find the child. */
export const isInReach = (world: World, waiter: string, call: WaitCall, child: string): boolean =>
  !isOwnOnly(call) || isOwn(world, waiter, lifecycleOf(world, child))

export const isOwnOnly = (call: WaitCall): boolean => call.name !== 'wait' && (call.options & WNOTHREAD) !== 0

/** The wait in which a running process sleeps. */
export function waitingOf(world: World, name: string): Waiting | undefined {
  const activity = activityOf(world, name)
  return activity?.is === 'asleep' && activity.on.in === 'wait' ? activity.on : undefined
}
