import type { Moment } from '../moment.ts'
import type { Call, CallOf } from '../vocabulary/forms.ts'
import type { AddressArgument } from '../vocabulary/shape.ts'
import type { World } from '../world.ts'
import { isHuge } from './huge.ts'
import { attachmentIn } from './mappings.ts'
import { attachmentsOf, contentOf, isWithin, resolve } from './places.ts'
import { cut, isHit, type Range, spanOf } from './replace.ts'
import { pagesOf } from './segments.ts'
import type { Attachment, Piece } from './state.ts'

type MappingCall =
  | CallOf<'munmap'>
  | CallOf<'mmap'>
  | CallOf<'mprotect'>
  | CallOf<'madvise.MADV_DONTFORK'>
  | CallOf<'mremap'>

const names: readonly string[] = ['munmap', 'mmap', 'mprotect', 'madvise.MADV_DONTFORK', 'mremap']

export const isMappingCall = (call: Call): call is MappingCall => names.includes(call.name)

/** Whether the model can say what becomes of the pages: they are known ones, and Linux merges none of the pieces. */
export function isMappingPredictable(world: World, actor: string, call: MappingCall): boolean {
  const moment = { world } as Moment
  const range = { ...resolve(world, actor, call.address), pages: call.pages }
  if (range.offset % world.facts.pageSize !== 0 || call.pages < (call.name === 'mremap' ? 0 : 1)) return false
  switch (call.name) {
    case 'munmap':
      return isKnown(world, actor, range) && !cutsGrown(moment, actor, range)
    case 'mmap':
      return range.base === 'arena' && isKnown(world, actor, range) && !cutsGrown(moment, actor, range)
    case 'mprotect':
      return isWhole(moment, actor, range, { protection: call.protection })
    case 'madvise.MADV_DONTFORK':
      return isWhole(moment, actor, range, { forks: false })
    case 'mremap':
      return canMove(moment, actor, range, call.newPages, call.to)
  }
}

function isKnown(world: World, actor: string, { base, offset, pages }: Range): boolean {
  const attachments = attachmentsOf(world, actor)
  return (
    base !== 'literal' &&
    isWithin(attachments, base, offset / world.facts.pageSize, pages) &&
    attachments[base]?.overtaken !== true
  )
}

/** Whether some of the pages of an attachment that is larger than its segment would be taken off it. */
export function cutsGrown(moment: Moment, actor: string, range: Range): boolean {
  return Object.values(attachmentsOf(moment.world, actor)).some((attachment) => {
    if (attachment.at.base !== range.base || !isGrown(moment, attachment)) return false
    const span = spanOf(moment, attachment, range)
    return attachment.pieces.some((piece) => isHit(piece, span) && cut(piece, span).length > 1)
  })
}

/** Or it is of huge pages, of which no part is taken. */
function isGrown({ world }: Moment, { segment: name, pages }: Attachment): boolean {
  const segment = world.segments[name]
  return segment !== undefined && (isHuge(segment) || pages > pagesOf(segment.size, world.facts.pageSize))
}

/** Whether all pages are mapped by one attachment, and no piece that is cut comes to lie beside its like. */
function isWhole(
  moment: Moment,
  actor: string,
  range: Range,
  change: Partial<Pick<Piece, 'protection' | 'forks'>>,
): boolean {
  const [, attachment] = attachmentIn(moment, actor, range)
  if (attachment === undefined || attachment.segment === '') return false
  const span = spanOf(moment, attachment, range)
  const parts = attachment.pieces.flatMap((piece) =>
    cut(piece, span).map((part, _, { length }) => ({
      ...part,
      ...(isHit(part, span) ? change : {}),
      isCut: length > 1 && isHit(piece, span),
      isHit: isHit(part, span),
    })),
  )
  const mapped = parts.reduce((sum, part) => sum + (part.isHit ? part.pages : 0), 0)
  if (mapped !== range.pages || (isGrown(moment, attachment) && parts.some(({ isCut }) => isCut)))
    return false
  return !parts.some((part, at) => {
    const next = parts[at + 1]
    if (next === undefined || part.first + part.pages !== next.first) return false
    const isAlike = part.protection === next.protection && part.forks === next.forks
    return isAlike && (part.isCut || next.isCut) && !isUnchanged(attachment, part, next)
  })
}

/** Both lie in one piece that stays as it is. */
const isUnchanged = ({ pieces }: Attachment, part: Piece, next: Piece): boolean =>
  pieces.some(
    (piece) =>
      piece.first <= part.first &&
      next.first + next.pages <= piece.first + piece.pages &&
      piece.protection === part.protection &&
      piece.forks === part.forks,
  )

/** Whether an attachment that is in one piece goes, as a whole or larger, to where nothing is; or is doubled there. */
function canMove(
  moment: Moment,
  actor: string,
  range: Range,
  newPages: number,
  to: AddressArgument,
): boolean {
  const { world } = moment
  const { pageSize } = world.facts
  const [, attachment] = attachmentIn(moment, actor, { ...range, pages: 1 })
  const [piece] = attachment?.pieces ?? []
  const isEntire =
    attachment !== undefined &&
    attachment.segment !== '' &&
    !isHuge(world.segments[attachment.segment]) &&
    attachment.at.offset === range.offset &&
    piece?.pages === attachment.pages
  if (!isEntire || (range.pages !== 0 && range.pages !== attachment.pages)) return false
  if (range.pages === 0 ? newPages !== attachment.pages : newPages < attachment.pages) return false
  const { base, offset } = resolve(world, actor, to)
  const isFree =
    contentOf(attachmentsOf(world, actor), base, offset / pageSize, newPages, pageSize) === 'free'
  return base === 'arena' && offset % pageSize === 0 && isFree
}
