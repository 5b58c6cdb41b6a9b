import type { Moment } from '../moment.ts'
import { withEntry } from '../records.ts'
import { processOf, withProcess } from '../world.ts'
import { attachmentsOf } from './places.ts'
import { changeSegment, destroyIfUnused } from './segments.ts'
import { type Attachment, changedAttachment, changedPiece, type Piece, type Place } from './state.ts'

/** Successive pages of an address space. */
export type Range = Place & { readonly pages: number }

/** What becomes of an attachment. */
export interface Cut {
  readonly variable: string
  readonly before: Attachment
  readonly after: Attachment
}

/**
 * Takes pages off whatever is attached there, but for the attachment of one variable. Each cut inside a mapping counts
 * as an attach, each mapping that goes as a detach (Linux: shm_open and shm_close in ipc/shm.c). Returns what was hit.
 */
export function unmapPages(moment: Moment, actor: string, range: Range, except = ''): readonly Cut[] {
  const found: Cut[] = []
  const attachments = attachmentsOf(moment.world, actor)
  for (const variable in attachments) {
    const before = attachments[variable]
    if (before === undefined || variable === except || before.at.base !== range.base) continue
    const span = spanOf(moment, before, range)
    if (!before.pieces.some((piece) => isHit(piece, span))) continue
    const pieces = before.pieces.flatMap((piece) => cut(piece, span).filter((part) => !isHit(part, span)))
    const after = changedAttachment(before, { pieces, replaced: true })
    setAttachment(moment, actor, variable, after)
    const stamps = { lpid: processOf(moment.world, actor), dtime: moment.now }
    const isCut = before.pieces.some((piece) => cut(piece, span).length > 1)
    changeSegment(moment, before.segment, isCut ? { ...stamps, atime: moment.now } : stamps)
    destroyIfUnused(moment, before.segment)
    found.push({ variable, before, after })
  }
  return found
}

export function setAttachment(moment: Moment, actor: string, variable: string, to: Attachment): void {
  const attachments = withEntry(attachmentsOf(moment.world, actor), variable, to)
  moment.world = withProcess(moment.world, actor, { attachments })
}

/** Pages of an attachment, from its beginning: `from`, …, `to` - 1. */
export interface Span {
  readonly from: number
  readonly to: number
}

export function spanOf({ world }: Moment, { at }: Attachment, { offset, pages }: Range): Span {
  const from = (offset - at.offset) / world.facts.pageSize
  return { from, to: from + pages }
}

export const isHit = ({ first, pages }: Piece, { from, to }: Span): boolean =>
  from < first + pages && first < to

/** The piece before, within and behind the span. */
export function cut(piece: Piece, { from, to }: Span): readonly Piece[] {
  const { first, pages } = piece
  const end = first + pages
  const edges = [first, Math.min(end, Math.max(first, from)), Math.max(first, Math.min(end, to)), end]
  const parts: Piece[] = []
  for (let at = 0; at < 3; at++) {
    const [start = 0, stop = 0] = edges.slice(at, at + 2)
    if (stop > start) parts.push(changedPiece(piece, { first: start, pages: stop - start }))
  }
  return parts
}
