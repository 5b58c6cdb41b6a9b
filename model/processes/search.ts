import type { Moment } from '../moment.ts'
import { childrenOf, lifecycleOf } from './lifecycle.ts'
import { noReport, type Report, type Selector, type WaitCall } from './state.ts'
import { isOwn, threadsOf } from './threads.ts'
import { isInReach, isOfKind, isWanted, selects, wantedBy } from './waiting.ts'

/** A wait looks at the children of its process. */
export interface Search {
  readonly moment: Moment
  readonly waiter: string
  readonly call: WaitCall
  readonly selector: Selector
}

/** The matching children that have a report of a wanted kind, in Linux's order. */
export function reporting(search: Search): readonly string[] {
  const wanted = wantedBy(search.call)
  const found = matching(search).filter((child) => isWanted(reportOf(search, child), wanted))
  return found.every((child) => isOfWaiter(search, child)) ? found : byThread(search, found)
}

/** Linux looks at the children of the thread itself first, then at those of the others in turn. */
function byThread({ moment: { world }, waiter }: Search, children: readonly string[]): readonly string[] {
  const threads = threadsOf(world, waiter)
  const at = threads.indexOf(waiter)
  const inTurn = [...threads.slice(at), ...threads.slice(0, at)]
  return inTurn.flatMap((thread) =>
    children.filter((child) => isOwn(world, thread, lifecycleOf(world, child))),
  )
}

/** No matching child could ever report what is asked for: there is none, or only zombies and ends are not asked for. */
export function isHopeless(search: Search): boolean {
  const { exited } = wantedBy(search.call)
  return matching(search).every((child) => !exited && isZombie(search, child))
}

export const matching = ({ moment: { world }, waiter, call, selector }: Search): readonly string[] =>
  childrenOf(world, waiter).filter(
    (child) =>
      selects(world, selector, child) &&
      isOfKind(call, lifecycleOf(world, child)) &&
      isInReach(world, waiter, call, child),
  )

/** Whether the thread that waits forked the child, or took it over. */
export const isOfWaiter = ({ moment: { world }, waiter }: Search, child: string): boolean =>
  isOwn(world, waiter, lifecycleOf(world, child))

export const reportOf = ({ moment }: Search, child: string): Report =>
  lifecycleOf(moment.world, child)?.report ?? noReport

const isZombie = ({ moment }: Search, child: string) => lifecycleOf(moment.world, child)?.life === 'zombie'
