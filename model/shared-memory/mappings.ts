import { decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { PROT_READ, PROT_WRITE } from '../vocabulary/names.ts'
import { processOf } from '../world.ts'
import * as clauses from './mapping-clauses.ts'
import { attachmentsOf, resolve } from './places.ts'
import { type Cut, cut, isHit, type Range, setAttachment, spanOf, unmapPages } from './replace.ts'
import { changeSegment } from './segments.ts'
import { type Attachment, changedAttachment, changedPiece, type Piece } from './state.ts'

type PagesCall = CallOf<'munmap'> | CallOf<'mprotect'> | CallOf<'madvise.MADV_DONTFORK'> | CallOf<'mmap'>

const rangeOf = (moment: Moment, actor: string, { address, pages }: PagesCall | CallOf<'mremap'>): Range => ({
  ...resolve(moment.world, actor, address),
  pages,
})

/** munmap: whatever is attached in the pages loses them. */
export function munmap(moment: Moment, actor: string, call: CallOf<'munmap'>): void {
  const hit = unmapPages(moment, actor, rangeOf(moment, actor, call)).filter(isOfSegment)
  for (const each of hit) note(moment, unmapClause(each))
  if (hit.length > 1 && hit.every(({ after }) => after.pieces.length > 0)) note(moment, clauses.spanning)
  returns(moment, actor)
}

const isOfSegment = ({ before }: Cut) => before.segment !== ''

function unmapClause({ before, after }: Cut) {
  if (after.pieces.length === 0) return clauses.wholeDetaches
  return after.pieces.length > before.pieces.length ? clauses.middleAdds : clauses.edgeKeeps
}

/** mmap with MAP_FIXED: other memory takes the pages. */
export function mmap(moment: Moment, actor: string, call: CallOf<'mmap'>): void {
  const { base, offset, pages } = rangeOf(moment, actor, call)
  const at = { base, offset }
  const hit = unmapPages(moment, actor, { ...at, pages }).filter(isOfSegment)
  if (hit.length > 0) note(moment, clauses.overDetaches)
  setAttachment(moment, actor, call.as, {
    segment: '',
    at,
    pages,
    writable: false,
    pieces: [{ first: 0, pages, protection: PROT_READ, forks: true }],
    replaced: false,
    moved: false,
    overtaken: false,
  })
  returns(moment, actor, { is: 'address', of: base, offset })
}

interface Protecting {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'mprotect'>
  readonly variable: string
  readonly attachment: Attachment
}

/** mprotect, of pages of one attachment. */
export function mprotect(moment: Moment, actor: string, call: CallOf<'mprotect'>): void {
  const [variable, attachment] = attachmentIn(moment, actor, rangeOf(moment, actor, call))
  if (attachment === undefined) fails(moment, actor, 'ENOMEM')
  else decide(moment, protectRules, { moment, actor, call, variable, attachment })
}

const mayNotWrite: Rule<Protecting> = {
  ...clauses.readOnlyStays,
  errno: 'EACCES',
  when: ({ call, attachment }) => (call.protection & PROT_WRITE) !== 0 && !attachment.writable,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EACCES'),
}

const protects: Rule<Protecting> = {
  ...clauses.protectNone,
  errno: 'none',
  when: () => true,
  outcome: ({ moment, actor, call, variable, attachment }) => {
    const { protection } = call
    const count = attachment.pieces.length
    const after = changePieces(moment, actor, variable, rangeOf(moment, actor, call), { protection })
    if (after.length > count) note(moment, clauses.splitAdds)
    if (after.length > 1 && after.every((piece) => piece.protection === protection))
      note(moment, clauses.notMerged)
    returns(moment, actor)
  },
}

const protectRules = [mayNotWrite, protects]

/** madvise with MADV_DONTFORK, of pages of one attachment. */
export function dontFork(moment: Moment, actor: string, call: CallOf<'madvise.MADV_DONTFORK'>): void {
  const range = rangeOf(moment, actor, call)
  const [variable, attachment] = attachmentIn(moment, actor, range)
  if (attachment === undefined) {
    fails(moment, actor, 'ENOMEM')
    return
  }
  const after = changePieces(moment, actor, variable, range, { forks: false })
  if (after.length > attachment.pieces.length) note(moment, clauses.adviceSplits)
  returns(moment, actor)
}

/** The attachment that has pages of the range. */
export function attachmentIn(
  moment: Moment,
  actor: string,
  range: Range,
): readonly [variable: string, attachment: Attachment | undefined] {
  const attachments = attachmentsOf(moment.world, actor)
  for (const variable in attachments) {
    const attachment = attachments[variable]
    if (attachment?.at.base !== range.base) continue
    const span = spanOf(moment, attachment, range)
    if (attachment.pieces.some((piece) => isHit(piece, span))) return [variable, attachment]
  }
  return ['', undefined]
}

/** Changes the pages of the range, which may have to be pieces of their own for that; each new one counts as an attach. */
function changePieces(
  moment: Moment,
  actor: string,
  variable: string,
  range: Range,
  change: Partial<Pick<Piece, 'protection' | 'forks'>>,
): readonly Piece[] {
  const attachment = attachmentsOf(moment.world, actor)[variable]
  if (attachment === undefined) return []
  const span = spanOf(moment, attachment, range)
  const pieces = attachment.pieces.flatMap((piece) => {
    const changed = changedPiece(piece, change)
    const isSame = changed.protection === piece.protection && changed.forks === piece.forks
    if (isSame || !isHit(piece, span)) return [piece]
    return cut(piece, span).map((part) => (isHit(part, span) ? changedPiece(part, change) : part))
  })
  setAttachment(moment, actor, variable, changedAttachment(attachment, { pieces }))
  if (pieces.length > attachment.pieces.length)
    changeSegment(moment, attachment.segment, { lpid: processOf(moment.world, actor), atime: moment.now })
  return pieces
}

/** mremap, of an attachment as a whole, to where nothing is: the attachment that it becomes has the new variable. */
export function mremap(moment: Moment, actor: string, call: CallOf<'mremap'>): void {
  const [variable, attachment] = attachmentIn(moment, actor, {
    ...rangeOf(moment, actor, call),
    pages: Math.max(1, call.pages),
  })
  if (attachment === undefined) {
    fails(moment, actor, 'EFAULT')
    return
  }
  const { base, offset } = resolve(moment.world, actor, call.to)
  const pieces = attachment.pieces.map((piece) => changedPiece(piece, { first: 0, pages: call.newPages }))
  const moved = changedAttachment(attachment, {
    at: { base, offset },
    pages: call.newPages,
    pieces,
    overtaken: false,
  })
  const isMove = call.pages > 0
  if (isMove)
    setAttachment(moment, actor, variable, changedAttachment(attachment, { pieces: [], moved: true }))
  setAttachment(moment, actor, call.as, moved)
  note(moment, isMove ? clauses.moves : clauses.duplicates)
  const stamps = { lpid: processOf(moment.world, actor), atime: moment.now }
  changeSegment(moment, attachment.segment, isMove ? { ...stamps, dtime: moment.now } : stamps)
  returns(moment, actor, { is: 'address', of: base, offset })
}
