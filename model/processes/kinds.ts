import { note } from '../moment.ts'
import { WALL, WCLONE, WNOTHREAD } from '../vocabulary/names.ts'
import { clones, threads } from './clauses/index.ts'
import { childrenOf, lifecycleOf } from './lifecycle.ts'
import type { Search } from './search.ts'
import type { WaitCall } from './state.ts'
import { isClone, isInReach, isOfKind, isOwnOnly, selects } from './waiting.ts'

/** The options of Linux about kinds of children. Where a process has one thread, `__WNOTHREAD` changes nothing. */
export const KINDS = WNOTHREAD | WALL | WCLONE

/** Whether the wait names kinds of children. */
export const namesKinds = (call: WaitCall): boolean => call.name !== 'wait' && (call.options & KINDS) !== 0

/** Some child would be one that the wait is about, were it of the other kind. */
export function missesKind({ moment: { world }, waiter, call, selector }: Search): boolean {
  return childrenOf(world, waiter).some(
    (child) => selects(world, selector, child) && !isOfKind(call, lifecycleOf(world, child)),
  )
}

/** Some child would be one that the wait is about, were it the thread's own. */
export function missesOthers({ moment: { world }, waiter, call, selector }: Search): boolean {
  return (
    isOwnOnly(call) &&
    childrenOf(world, waiter).some(
      (child) =>
        selects(world, selector, child) &&
        isOfKind(call, lifecycleOf(world, child)) &&
        !isInReach(world, waiter, call, child),
    )
  )
}

/** What a look at the children shows about their kinds. */
export function noteKinds(search: Search): void {
  const { moment, waiter, call, selector } = search
  const { world } = moment
  if (missesOthers(search)) note(moment, threads.ownOnly)
  if (missesKind(search)) note(moment, asks(call, WCLONE) ? clones.onlyClones : clones.otherSignal)
  if (!asks(call, WALL)) return
  const selected = childrenOf(world, waiter).filter((child) => selects(world, selector, child))
  if (asks(call, WCLONE) || selected.some((child) => isClone(lifecycleOf(world, child))))
    note(moment, clones.bothKinds)
}

const asks = (call: WaitCall, option: number) => call.name !== 'wait' && (call.options & option) !== 0
