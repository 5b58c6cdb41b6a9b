import { P_ALL, P_PGID } from '../vocabulary/names.ts'
import type { ProcessArgument } from '../vocabulary/shape.ts'
import type { World } from '../world.ts'
import { lifecycleOf } from './lifecycle.ts'
import type { Selector, WaitCall } from './state.ts'
import { targetOf } from './targets.ts'

/** Which children a wait is about that begins now. */
export function selectorOf(world: World, waiter: string, call: WaitCall): Selector {
  if (call.name === 'wait') return { is: 'any' }
  if (call.name !== 'waitid') return byPid(world, waiter, call.process)
  if (call.idtype === P_ALL) return { is: 'any' }
  const target = targetOf(call.id)
  if (call.idtype === P_PGID)
    return target.is === 'zero' ? ownGroup(world, waiter) : { is: 'group', group: nameOf(target) }
  const pidfd = typeof call.id === 'string' ? lifecycleOf(world, waiter)?.pidfds[call.id] : undefined
  return { is: 'one', process: pidfd?.process ?? nameOf(target) }
}

function byPid(world: World, waiter: string, argument: ProcessArgument): Selector {
  const target = targetOf(argument)
  switch (target.is) {
    case 'all':
      return { is: 'any' }
    case 'zero':
      return ownGroup(world, waiter)
    case 'group':
      return { is: 'group', group: target.name }
    default:
      return { is: 'one', process: nameOf(target) }
  }
}

const ownGroup = (world: World, waiter: string): Selector => ({
  is: 'group',
  group: lifecycleOf(world, waiter)?.group ?? '',
})

const nameOf = (target: ReturnType<typeof targetOf>) => ('name' in target ? target.name : '')
