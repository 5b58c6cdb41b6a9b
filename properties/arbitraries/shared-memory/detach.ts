import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { AddressArgument } from '../../../model/vocabulary/shape.ts'
import { anActor, type Setting } from '../setting.ts'
import { addressIn, aHolding, anyVariable, holdings } from './addresses.ts'

/** shmdt: of what is attached, in any order; and of what is not, not any more, or not quite. */
export function detach(setting: Setting): Step | undefined {
  const { draw, world } = setting
  const held = holdings(setting)
  const cut = held.filter(({ attachment }) => attachment.replaced)
  const holding = draw.chance(85) ? aHolding(draw, cut.length > 0 && draw.chance(50) ? cut : held) : undefined
  if (holding === undefined)
    return { actor: anActor(setting), call: { name: 'shmdt', address: wrong(setting) } }
  const { pageSize } = world.facts
  const offset = draw.weighted<number>([
    [85, 0],
    [6, pageSize * (1 + draw.int(2))],
    [3, draw.pick([1, pageSize - 1])],
    [2, -pageSize],
  ])
  return { actor: holding.actor, call: { name: 'shmdt', address: addressIn(draw, holding, offset) } }
}

function wrong(setting: Setting): AddressArgument {
  const { draw, world } = setting
  const { pageSize } = world.facts
  const base = anyVariable(setting)
  return draw.weighted<AddressArgument>([
    [base === undefined ? 0 : 12, { base: base ?? '', offset: 0 }],
    [4, { base: 'arena', offset: draw.int(8) * pageSize }],
    [2, { base: 'null', offset: 0 }],
    [1, { base: 'literal', offset: draw.pick([1, pageSize, -pageSize, -1]) }],
  ])
}
