import { ALTER, classGrants, READ } from '../common/access.ts'
import { noteClass } from '../common/object-notes.ts'
import type { Expected } from '../expected.ts'
import { note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import {
  PROT_EXEC,
  PROT_READ,
  PROT_WRITE,
  SHM_EXEC,
  SHM_RDONLY,
  SHM_REMAP,
  SHM_RND,
} from '../vocabulary/names.ts'
import { identityOf, processOf, withProcess } from '../world.ts'
import { maximumNotApplied } from './limits.ts'
import { attachmentsOf, overtake, touches } from './places.ts'
import { unmapPages } from './replace.ts'
import { changeSegment, countAttached, noteStillWorks } from './segments.ts'
import * as clauses from './shmat-clauses.ts'
import { has, hasUnknownFlags, isNull, rangeContent, type ShmatSituation } from './shmat-situation.ts'
import type { Attachment, Attachments, Place, Segment } from './state.ts'

/** Attaches the segment where the situation says; nothing is in the way any more. */
export function attach(situation: ShmatSituation, segment: Segment): void {
  const { moment, actor, call, name, pages } = situation
  noteAttach(situation, segment)
  const persists = Object.keys(segment.contents).length > 0 && countAttached(moment.world, name) === 0
  const at: Place = isNull(situation) ? { base: call.as, offset: 0 } : situation.place
  const { facts } = moment.world
  const before = attachmentsOf(moment.world, actor)
  const others = isNull(situation) ? overtake(before, facts.pageSize) : before
  const isWritable = !has(situation, SHM_RDONLY)
  const protection = PROT_READ | (isWritable ? PROT_WRITE : 0) | (has(situation, SHM_EXEC) ? PROT_EXEC : 0)
  const attachment: Attachment = {
    segment: name,
    at,
    pages,
    writable: isWritable,
    pieces: [{ first: 0, pages, protection, forks: true }],
    replaced: false,
    moved: false,
    overtaken: false,
  }
  moment.world = withProcess(moment.world, actor, { attachments: withEntry(others, call.as, attachment) })
  // Only SHM_REMAP comes here where something was.
  unmapPages(moment, actor, { ...at, pages }, call.as)
  changeSegment(moment, name, { lpid: processOf(moment.world, actor), atime: moment.now })
  returns(moment, actor, addressOf(at))
  note(moment, clauses.updates)
  if (persists) note(moment, clauses.persists)
}

const addressOf = ({ base, offset }: Place): Expected =>
  base === 'literal' ? offset : { is: 'address', of: base, offset }

function noteAttach(situation: ShmatSituation, segment: Segment): void {
  const { moment, actor, name, given, place } = situation
  const { world } = moment
  const attachments = attachmentsOf(world, actor)
  if (segment.size > world.limits.shmmax) note(moment, maximumNotApplied)
  if (isNull(situation)) {
    if (has(situation, SHM_RND)) note(moment, clauses.nullIgnoresRnd)
  } else {
    if (isAdjacent(situation, attachments)) note(moment, clauses.adjacent)
    if (given.offset !== place.offset) note(moment, clauses.roundsDown)
    else if (has(situation, SHM_RND)) note(moment, clauses.roundsAligned)
    if (has(situation, SHM_REMAP))
      note(moment, rangeContent(situation) === 'taken' ? clauses.remaps : clauses.remapFree)
  }
  const request = has(situation, SHM_RDONLY) ? READ : READ | ALTER
  noteClass(moment, actor, segment.permission, request)
  if (!classGrants(identityOf(moment.world, actor), segment.permission, request))
    note(moment, clauses.privileged)
  if (Object.values(attachments).some((other) => other.segment === name && other.pieces.length > 0))
    note(moment, clauses.repeatSeparate)
  noteStillWorks(moment, segment)
  if (segment.removal !== 'none') note(moment, clauses.afterRemoval)
  if (hasUnknownFlags(situation.call)) note(moment, clauses.unknownFlags)
}

function isAdjacent({ moment, place, pages }: ShmatSituation, attachments: Attachments): boolean {
  const { pageSize } = moment.world.facts
  const first = place.offset / pageSize
  return Object.values(attachments).some(
    (other) =>
      touches(other, place.base, first - 1, 1, pageSize) ||
      touches(other, place.base, first + pages, 1, pageSize),
  )
}
