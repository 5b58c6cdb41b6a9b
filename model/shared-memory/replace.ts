import type { Moment } from '../moment.ts'
import { withProcess } from '../world.ts'
import { attachmentsOf } from './places.ts'
import { changeSegment, destroyIfUnused } from './segments.ts'
import type { Attachment, Piece } from './state.ts'

/**
 * Takes the pages of a new attachment off the others of the process (SHM_REMAP). Each cut inside a mapping counts
 * as an attach, each mapping that goes as a detach (Linux: shm_open and shm_close in ipc/shm.c).
 */
export function replacePages(moment: Moment, actor: string, variable: string, by: Attachment): void {
  const { pageSize } = moment.world.facts
  const before = attachmentsOf(moment.world, actor)
  for (const name in before) {
    const other = before[name]
    if (other === undefined || name === variable || other.at.base !== by.at.base) continue
    const from = (by.at.offset - other.at.offset) / pageSize
    const to = from + by.pages
    if (!other.pieces.some((piece) => from < endOf(piece) && piece.first < to)) continue
    const pieces = other.pieces.flatMap((piece) => around(piece, from, to))
    const isCut = other.pieces.some((piece) => isInside(from, piece) || isInside(to, piece))
    const attachments = {
      ...attachmentsOf(moment.world, actor),
      [name]: { ...other, pieces, replaced: true },
    }
    moment.world = withProcess(moment.world, actor, { attachments })
    const stamps = { lpid: actor, dtime: moment.now }
    changeSegment(moment, other.segment, isCut ? { ...stamps, atime: moment.now } : stamps)
    destroyIfUnused(moment, other.segment)
  }
}

const endOf = ({ first, pages }: Piece) => first + pages
const isInside = (page: number, piece: Piece) => page > piece.first && page < endOf(piece)

/** What remains of a piece without the pages from…to-1. */
function around(piece: Piece, from: number, to: number): Piece[] {
  const end = endOf(piece)
  if (to <= piece.first || end <= from) return [piece]
  const before = { first: piece.first, pages: from - piece.first }
  const behind = { first: to, pages: end - to }
  return [before, behind].filter(({ pages }) => pages > 0)
}
