import type { Attachment } from '../../../model/shared-memory/state.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { AddressArgument } from '../../../model/vocabulary/shape.ts'
import type { Draw } from '../draw.ts'
import { anActor, type Setting } from '../setting.ts'
import { addressIn, aHolding, anyVariable, type Holding } from './addresses.ts'

/** A load or a store: of what was written, at the edges of size and pages, and where nothing is attached (any more). */
export function touch(setting: Setting, held: readonly Holding[]): Step | undefined {
  const { draw } = setting
  const holding = draw.chance(92) ? aHolding(draw, held) : undefined
  if (holding === undefined) return touchAnything(setting)
  const offset = offsetIn(setting, holding.attachment)
  return { actor: holding.actor, call: loadOrStore(draw, addressIn(draw, holding, offset)) }
}

const loadOrStore = (draw: Draw, address: AddressArgument): Call =>
  draw.chance(50)
    ? { name: 'load', address }
    : {
        name: 'store',
        address,
        byte: aByte(draw),
      }

function aByte(draw: Draw): number {
  const kind = draw.int(94)
  return kind < 80 ? 1 + draw.int(255) : kind < 90 ? 0 : draw.pick([256, 257, -1, 0x7fffffff])
}

function offsetIn({ draw, world }: Setting, { segment, pages, pieces }: Attachment): number {
  const { pageSize } = world.facts
  const { size = 0, contents = {} } = world.segments[segment] ?? {}
  const written = Object.keys(contents)
  const end = pages * pageSize
  const piece = pieces[draw.int(pieces.length)] ?? { first: 0, pages: 1 }
  const page = piece.first + draw.int(piece.pages)
  switch (draw.index(written.length === 0 ? offsets : offsetsWhereWritten)) {
    case 0:
      return Number(written[draw.int(written.length)])
    case 2:
      return Number(size) - 1
    case 3:
      return Number(size)
    case 4:
      return end - 1
    case 5:
      return page * pageSize + draw.pick([0, 1, pageSize - 1])
    case 6:
      return draw.int(end)
    case 7:
      return end
    case 8:
      return -1
    default:
      return 0
  }
}

const offsets = [0, 10, 8, 6, 4, 16, 4, 4, 1]
const offsetsWhereWritten = [45, ...offsets.slice(1)]

/** Somewhere: where something was, where another process has something, in the arena, at 0. */
function touchAnything(setting: Setting): Step | undefined {
  const { draw, world } = setting
  const { pageSize } = world.facts
  const base = anyVariable(setting)
  const address = draw.weighted<AddressArgument>([
    [base === undefined ? 0 : 8, { base: base ?? '', offset: draw.pick([0, 0, 1, pageSize]) }],
    [3, { base: 'arena', offset: draw.int(8) * pageSize }],
    [1, { base: 'null', offset: draw.pick([0, 8]) }],
  ])
  return { actor: anActor(setting), call: loadOrStore(draw, address) }
}
