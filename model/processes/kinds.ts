import { note } from '../moment.ts'
import { WALL, WCLONE, WNOTHREAD } from '../vocabulary/names.ts'
import { clones } from './clauses/index.ts'
import { childrenOf, lifecycleOf } from './lifecycle.ts'
import type { Search } from './search.ts'
import type { WaitCall } from './state.ts'
import { isClone, isOfKind, selects } from './waiting.ts'

/** The options of Linux about kinds of children. Where every process has one thread, `__WNOTHREAD` changes nothing. */
export const KINDS = WNOTHREAD | WALL | WCLONE

/** Whether the wait names kinds of children. */
export const namesKinds = (call: WaitCall): boolean => call.name !== 'wait' && (call.options & KINDS) !== 0

/** Some child would be one that the wait is about, were it of the other kind. */
export function missesKind({ moment: { world }, waiter, call, selector }: Search): boolean {
  return childrenOf(world, waiter).some(
    (child) => selects(world, selector, child) && !isOfKind(call, lifecycleOf(world, child)),
  )
}

/** What a look at the children shows about their kinds. */
export function noteKinds(search: Search): void {
  const { moment, waiter, call, selector } = search
  const { world } = moment
  if (missesKind(search)) note(moment, asks(call, WCLONE) ? clones.onlyClones : clones.otherSignal)
  if (!asks(call, WALL)) return
  const selected = childrenOf(world, waiter).filter((child) => selects(world, selector, child))
  if (asks(call, WCLONE) || selected.some((child) => isClone(lifecycleOf(world, child))))
    note(moment, clones.bothKinds)
}

const asks = (call: WaitCall, option: number) => call.name !== 'wait' && (call.options & option) !== 0
