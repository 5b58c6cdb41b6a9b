import { pagesOf } from '../../../model/shared-memory/segments.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { PROT_EXEC, PROT_READ, PROT_WRITE } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Setting } from '../setting.ts'
import { addressIn, aHolding, type Holding } from './addresses.ts'

/** Pages of the arena where something may be moved to. */
const PAGES = 24

const kinds = [30, 30, 10, 8, 14, 20, 8]

/** A call on the pages of something attached, rather of something that has several. */
export function remap(setting: Setting, held: readonly Holding[]): Step | undefined {
  const { draw } = setting
  const large = held.filter(({ attachment }) => attachment.pages > 1)
  const holding = aHolding(draw, large.length > 0 && draw.chance(75) ? large : held)
  return holding === undefined ? undefined : { actor: holding.actor, call: callOn(setting, holding) }
}

function callOn(setting: Setting, holding: Holding): Call {
  const { draw, world, fresh } = setting
  const { pageSize } = world.facts
  const { first, count } = somePages(setting, holding)
  const address = addressIn(draw, holding, first * pageSize)
  if (isCode(holding) && draw.chance(25)) return { name: 'run', address }
  switch (draw.index(kinds)) {
    case 1:
      return {
        name: 'mprotect',
        address,
        pages: count,
        protection: draw.pick([0, PROT_READ, PROT_READ | PROT_WRITE, PROT_READ | PROT_WRITE]),
      }
    case 2:
      return { name: 'madvise.MADV_DONTFORK', address, pages: count }
    case 3:
      return { name: 'mmap', address, pages: count, as: fresh('X') }
    case 4:
      return move(setting, holding)
    case 5:
      return {
        name: 'read',
        address: addressIn(
          draw,
          holding,
          (first + draw.int(count)) * pageSize + draw.pick([0, 1, pageSize - 1]),
        ),
        byte: 1 + draw.int(255),
      }
    case 6:
      return { name: 'run', address }
    default:
      return { name: 'munmap', address, pages: count }
  }
}

const isCode = ({ attachment: { pieces } }: Holding) =>
  pieces.some(({ protection }) => (protection & PROT_EXEC) !== 0)

/** All pages, one or some of a piece, or pages that reach beyond. */
function somePages(
  { draw }: Setting,
  { attachment: { pages, pieces } }: Holding,
): {
  first: number
  count: number
} {
  if (draw.chance(25)) return { first: 0, count: pages }
  if (draw.chance(20)) return { first: pages - 1, count: 2 }
  const piece = pieces[draw.int(pieces.length)] ?? { first: 0, pages: 1 }
  if (draw.chance(25)) return { first: piece.first, count: piece.pages }
  const first = piece.first + draw.int(piece.pages)
  return { first, count: 1 + draw.int(draw.chance(85) ? piece.pages - (first - piece.first) : 4) }
}

function move({ draw, world, fresh }: Setting, holding: Holding): Call {
  const { pageSize } = world.facts
  const { pages, segment } = holding.attachment
  const isGrown = pages > pagesOf(world.segments[segment]?.size ?? 0, pageSize)
  const isCopy = draw.chance(35)
  return {
    name: 'mremap',
    address: addressIn(draw, holding, 0),
    pages: isCopy ? 0 : pages,
    newPages: isCopy || isGrown || draw.chance(60) ? pages : pages + 1 + draw.int(2),
    to: { base: 'arena', offset: draw.int(PAGES) * pageSize },
    as: fresh('X'),
  }
}
