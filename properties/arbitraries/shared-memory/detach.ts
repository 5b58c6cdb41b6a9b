import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { AddressArgument } from '../../../model/vocabulary/shape.ts'
import { anActor, type Setting } from '../setting.ts'
import { addressIn, aHolding, anyVariable, type Holding, losses } from './addresses.ts'

/** shmdt: of what is attached, in any order; and of what is not, not any more, or not quite. */
export function detach(setting: Setting, held: readonly Holding[]): Step | undefined {
  const { draw, world } = setting
  const holding = draw.chance(80) ? aHolding(draw, held) : undefined
  if (holding === undefined) return nothing(setting)
  const { pageSize } = world.facts
  const offset = draw.weighted<number>([
    [82, 0],
    [8, pageSize * (1 + draw.int(2))],
    [3, draw.pick([1, pageSize - 1])],
    [2, -pageSize],
  ])
  return { actor: holding.actor, call: { name: 'shmdt', address: addressIn(draw, holding, offset) } }
}

/** shmdt of what is not attached, or by somebody else. */
function nothing(setting: Setting): Step {
  const { draw } = setting
  const all = draw.chance(60) ? losses(setting) : []
  const replaced = all.filter(({ attachment }) => attachment.replaced)
  const lost = aHolding(draw, replaced.length > 0 ? replaced : all)
  if (lost !== undefined)
    return { actor: lost.actor, call: { name: 'shmdt', address: addressIn(draw, lost, 0) } }
  return { actor: anActor(setting), call: { name: 'shmdt', address: wrong(setting) } }
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
