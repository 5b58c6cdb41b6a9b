import { ALTER, grants, READ } from '../common/access.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf, processOf, withProcess } from '../world.ts'
import { movedAway, otherMapping } from './mapping-clauses.ts'
import { attachmentsOf, contentOf, holder, isChosen, resolve } from './places.ts'
import { changeSegment, destroyIfUnused } from './segments.ts'
import * as clauses from './shmdt-clauses.ts'
import { type Attachment, type Attachments, changedAttachment, type Place } from './state.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'shmdt'>
  readonly place: Place
  readonly attachments: Attachments
  /** The variable of the attachment that begins at the address; '' if none does. */
  readonly base: string
}

/** shmdt: detaches what begins at the address (Linux ipc/shm.c, ksys_shmdt). */
export function shmdt(moment: Moment, actor: string, call: CallOf<'shmdt'>): void {
  const place = resolve(moment.world, actor, call.address)
  const attachments = attachmentsOf(moment.world, actor)
  const base = atBase(attachments, place)
  decide(moment, rules, { moment, actor, call, place, attachments, base })
}

/**
 * The attachment that begins at an address, also where its first page is gone. If several do, because of SHM_REMAP,
 * the one whose mapping comes first.
 */
export function atBase(attachments: Attachments, place: Place): string {
  let found = ''
  let first = Number.POSITIVE_INFINITY
  for (const name in attachments) {
    const attachment = attachments[name]
    const start = attachment?.pieces[0]?.first ?? Number.POSITIVE_INFINITY
    if (
      attachment?.at.base !== place.base ||
      attachment.at.offset !== place.offset ||
      attachment.segment === '' ||
      start >= first
    )
      continue
    found = name
    first = start
  }
  return found
}

const errors = 'POSIX.1-2024 shmdt, ERRORS'

const error = (
  about: Clause,
  when: (situation: Situation) => boolean,
  observe: (situation: Situation) => void = () => {},
): Rule<Situation> => ({
  ...about,
  errno: 'EINVAL',
  when,
  outcome: (situation) => {
    observe(situation)
    fails(situation.moment, situation.actor, 'EINVAL')
    note(situation.moment, clauses.failureChangesNothing)
  },
})

const isUnaligned = ({ moment, place }: Situation) => place.offset % moment.world.facts.pageSize !== 0

const unaligned = error(
  clause(
    'shmdt.unaligned.einval',
    'shall',
    'An address that is not page aligned is an error.',
    `${errors}, [EINVAL]`,
  ),
  isUnaligned,
)

const nullAddress = error(
  clause(
    'shmdt.null.einval',
    'shall',
    'A null address is an error where nothing is attached at 0.',
    `${errors}, [EINVAL]`,
  ),
  ({ place }) => place.base === 'literal' && place.offset === 0,
)

/** What lies at the address is not known: nothing, or any attachment that the kernel put somewhere. */
const unknown: Rule<Situation> = {
  ...clause(
    'shmdt.unknown',
    'unspecified',
    'What lies at an address that the kernel may have used again is not known.',
    'shmat(2): the system chooses the address',
  ),
  errno: 'none',
  when: (situation) => !isUnaligned(situation) && isUnknown(situation),
  outcome: (situation) => {
    const { moment, actor, attachments, base } = situation
    const may = Object.keys(attachments).filter((name) => isMovable(name, attachments[name]) || name === base)
    const chosen = may[choose(moment, unknown, may.length + 1, 'always') - 1]
    if (chosen === undefined) fails(moment, actor, 'EINVAL')
    else detach(situation, chosen)
  },
}

/** Whether the attachment lies where the kernel chose. */
export const isMovable = (name: string, attachment: Attachment | undefined): boolean =>
  attachment !== undefined && isChosen(name, attachment) && attachment.pieces.length > 0

function isUnknown({ moment, place, attachments }: Situation): boolean {
  const { pageSize } = moment.world.facts
  if (place.base === 'literal') return false
  const content = contentOf(attachments, place.base, place.offset / pageSize, 1, pageSize)
  return content === 'unknown' || (content === 'free' && mayBeginAnother(attachments, place.base))
}

/**
 * Where the kernel chose, it may have chosen the first pages of another attachment that were unmapped: the rest of that one
 * is detached by their address as well (Linux ipc/shm.c, ksys_shmdt).
 */
const mayBeginAnother = (attachments: Attachments, base: string): boolean =>
  base !== 'arena' &&
  Object.entries(attachments).some(
    ([name, attachment]) => isMovable(name, attachment) && attachment.overtaken,
  )

const detaches: Rule<Situation> = {
  ...clause(
    'shmdt.base.detaches',
    'shall',
    'The address of an attachment detaches it: no page of it is mapped any more.',
    'POSIX.1-2024 shmdt, DESCRIPTION',
  ),
  errno: 'none',
  // Where it is not known whether something begins there, the rule above has decided.
  when: ({ base }) => base !== '',
  outcome: (situation) => detach(situation, situation.base),
}

const notBase = error(
  clause(
    'shmdt.free.einval',
    'shall',
    'An address where no attachment begins is an error.',
    `${errors}, [EINVAL]: not the data segment start address of a shared memory segment`,
  ),
  (situation) =>
    situation.base === '' && !isUnknown(situation) && !isUnaligned(situation) && !nullAddress.when(situation),
  (situation) => {
    const { moment, call, place, attachments } = situation
    const { pageSize } = moment.world.facts
    if (holder(attachments, place.base, place.offset / pageSize, pageSize) !== '')
      return note(moment, isOther(situation) ? otherMapping : clauses.interior)
    const named = attachments[call.address.base]
    if (named === undefined || call.address.offset !== 0) return
    if (named.moved) return note(moment, movedAway)
    note(moment, named.replaced ? clauses.allUnmapped : clauses.twice)
  },
)

/** Whether memory that is no attachment lies at the address. */
function isOther({ moment, place, attachments }: Situation): boolean {
  const { pageSize } = moment.world.facts
  return attachments[holder(attachments, place.base, place.offset / pageSize, pageSize)]?.segment === ''
}

export const rules: readonly Rule<Situation>[] = [unaligned, nullAddress, unknown, detaches, notBase]

function detach({ moment, actor, attachments }: Situation, name: string): void {
  const attachment = attachments[name]
  if (attachment === undefined) return
  noteDetach(moment, actor, name, attachment)
  const keeps = whatStays(moment, actor, name, attachment)
  const recorded = choose(moment, clauses.updates, 2) === 0
  const detached = changedAttachment(attachment, { pieces: [], replaced: false })
  moment.world = withProcess(moment.world, actor, { attachments: withEntry(attachments, name, detached) })
  changeSegment(
    moment,
    attachment.segment,
    recorded ? { lpid: processOf(moment.world, actor), dtime: moment.now } : { dtime: moment.now },
  )
  const destroyed = destroyIfUnused(moment, attachment.segment)
  returns(moment, actor)
  note(moment, clauses.updates)
  for (const clause of keeps) note(moment, clause)
  if (destroyed) note(moment, clauses.lastDestroys)
  else if (attachment.segment in moment.world.segments && isUnattached(moment, attachment.segment))
    note(moment, clauses.lastKeeps)
}

const isUnattached = ({ world }: Moment, segment: string) =>
  Object.values(world.processes).every(({ attachments }) =>
    Object.values(attachments).every((other) => other.segment !== segment || other.pieces.length === 0),
  )

/** What bears on the result. */
function noteDetach(moment: Moment, actor: string, name: string, attachment: Attachment): void {
  const permission = moment.world.segments[attachment.segment]?.permission
  const request = attachment.writable ? READ | ALTER : READ
  if (permission !== undefined && !grants(identityOf(moment.world, actor), permission, request))
    note(moment, clauses.noPermission)
  if ((attachment.pieces[0]?.first ?? 0) > 0) note(moment, clauses.baseUnmapped)
  if (others(moment, actor, name).some(([, { at }]) => isSamePlace(at, attachment.at)))
    note(moment, clauses.baseTaken)
}

/** What the detach leaves as it is, and what goes as a whole: a later look will show it. */
function whatStays(
  { world }: Moment,
  actor: string,
  name: string,
  attachment: Attachment,
): readonly Clause[] {
  const { processes } = world
  const found: Clause[] = []
  if (attachment.pieces.length > 1) found.push(clauses.fragments)
  for (const process in processes)
    if (process !== actor && (processes[process]?.attachments[name]?.pieces.length ?? 0) > 0)
      found.push(clauses.childIndependent)
  if (others({ world }, actor, name).some(([, { segment }]) => segment === attachment.segment))
    found.push(clauses.oneOfMany)
  return found
}

const others = ({ world }: Pick<Moment, 'world'>, actor: string, name: string) =>
  Object.entries(attachmentsOf(world, actor)).filter(
    ([other, { pieces }]) => other !== name && pieces.length > 0,
  )

const isSamePlace = (a: Place, b: Place) => a.base === b.base && a.offset === b.offset
