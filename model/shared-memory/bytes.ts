import { ALTER, grants, READ } from '../common/access.ts'
import { anything, type Expected } from '../expected.ts'
import { choose, happens, type Moment, note, returns } from '../moment.ts'
import { withEntry, without } from '../records.ts'
import { clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { PROT_READ, PROT_WRITE, signals } from '../vocabulary/names.ts'
import { identityOf } from '../world.ts'
import { noPageFaults } from './huge.ts'
import { growBeyond, protectNone } from './mapping-clauses.ts'
import { attachmentsOf, contentOf, holder, resolve } from './places.ts'
import { changeSegment, mappedPages } from './segments.ts'
import { isMovable } from './shmdt.ts'
import { contentsZero, pageTail } from './shmget-clauses.ts'
import type { Attachment, Place, Segment } from './state.ts'

type Access = CallOf<'load'> | CallOf<'store'>

/** The signal that an access raises, and the code in its siginfo. */
interface Fault {
  readonly signal: number
  readonly code: number
}

const segv = (code: number): Fault => ({ signal: signals.SIGSEGV, code })
const SEGV_MAPERR = segv(1)
const SEGV_ACCERR = segv(2)
/** What Linux on x86 says about addresses that no process can have. */
const SI_KERNEL = segv(128)
const BUS_ADRERR: Fault = { signal: signals.SIGBUS, code: 2 }

/** load and store: one byte of memory, read or written by the process itself. */
export function access(moment: Moment, actor: string, call: Access): void {
  const { pageSize } = moment.world.facts
  const place = resolve(moment.world, actor, call.address)
  const page = Math.floor(place.offset / pageSize)
  const attachments = attachmentsOf(moment.world, actor)
  const attachment = attachments[holder(attachments, place.base, page, pageSize)]
  if (attachment !== undefined) touch(moment, actor, call, attachment, place.offset - attachment.at.offset)
  else if (contentOf(attachments, place.base, page, 1, pageSize) === 'unknown')
    accessUnknown(moment, actor, call, place)
  else {
    note(moment, unmapped)
    fault(moment, actor, SEGV_MAPERR)
  }
}

function touch(moment: Moment, actor: string, call: Access, attachment: Attachment, offset: number): void {
  if (attachment.segment === '') {
    touchOther(moment, actor, call)
    return
  }
  const segment = moment.world.segments[attachment.segment]
  const fails = segment && refusal(moment, actor, call, attachment, segment, offset)
  if (segment === undefined || fails !== undefined) fault(moment, actor, fails ?? SEGV_MAPERR)
  else if (call.name === 'load') load(moment, actor, attachment, segment, offset)
  else store(moment, actor, attachment, segment, offset, call.byte & 0xff)
}

/** Other memory holds nothing but 0, and cannot be written. */
function touchOther(moment: Moment, actor: string, call: Access): void {
  if (call.name === 'load') returns(moment, actor)
  else fault(moment, actor, SEGV_ACCERR)
}

/** What an access to a mapped page raises; undefined for nothing. */
function refusal(
  moment: Moment,
  actor: string,
  call: Access,
  attachment: Attachment,
  segment: Segment,
  offset: number,
): Fault | undefined {
  const { writable } = attachment
  const { pageSize } = moment.world.facts
  const page = Math.floor(offset / pageSize)
  const piece = attachment.pieces.find(({ first, pages }) => first <= page && page < first + pages)
  const needed = call.name === 'load' ? PROT_READ : PROT_READ | PROT_WRITE
  if (piece !== undefined && (needed & ~piece.protection) !== 0) {
    note(moment, call.name !== 'load' && !writable ? readOnlyFaults : protectNone)
    return SEGV_ACCERR
  }
  if (lacksPage(moment, segment)) {
    note(moment, noPageFaults)
    return BUS_ADRERR
  }
  if (page >= mappedPages(segment, moment.world.facts)) {
    note(moment, growBeyond)
    return BUS_ADRERR
  }
  if (offset >= segment.size) {
    note(moment, pageTail)
    if (choose(moment, pageTail, 2) === 1) return SEGV_MAPERR
  }
  if (!grants(identityOf(moment.world, actor), segment.permission, writable ? READ | ALTER : READ))
    note(moment, onlyAtAttach)
  return undefined
}

/** Whether there is no huge page: certainly where there are none at all, else it is for others to say. */
function lacksPage(moment: Moment, { backing }: Segment): boolean {
  if (backing !== 'huge, unreserved') return false
  const { available } = moment.world.facts.hugePages
  return available === 0 || choose(moment, noPageFaults, 2, 'always') === 1
}

function load(moment: Moment, actor: string, attachment: Attachment, segment: Segment, offset: number): void {
  note(moment, loads)
  const byte = segment.contents[offset] ?? 0
  if (byte === 0) note(moment, contentsZero)
  else {
    if (isElsewhere(moment, actor, attachment.segment)) note(moment, shared)
    if (!attachment.writable && hasWritable(moment, actor, attachment.segment)) note(moment, readOnlySees)
  }
  returns(moment, actor, byte)
}

function store(
  moment: Moment,
  actor: string,
  attachment: Attachment,
  { contents }: Segment,
  offset: number,
  byte: number,
): void {
  note(moment, stores)
  const changed = byte === 0 ? without(contents, String(offset)) : withEntry(contents, offset, byte)
  changeSegment(moment, attachment.segment, { contents: changed })
  returns(moment, actor)
}

/** Whether another process has the segment attached. */
const isElsewhere = ({ world }: Moment, actor: string, segment: string) =>
  Object.keys(world.processes).some(
    (name) =>
      name !== actor && Object.values(attachmentsOf(world, name)).some((other) => isOf(other, segment)),
  )

const hasWritable = ({ world }: Moment, actor: string, segment: string) =>
  Object.values(attachmentsOf(world, actor)).some((other) => isOf(other, segment) && other.writable)

const isOf = (attachment: Attachment, segment: string) =>
  attachment.segment === segment && attachment.pieces.length > 0

/** More pages than these of one attachment are not considered where an access may hit any of them. */
const PAGES_MAX = 64

/** What lies at the address is not known: nothing, other memory, or a page of what the kernel put somewhere. */
function accessUnknown(moment: Moment, actor: string, call: Access, { offset }: Place): void {
  const { pageSize } = moment.world.facts
  const attachments = attachmentsOf(moment.world, actor)
  const within = ((offset % pageSize) + pageSize) % pageSize
  const hits = Object.entries(attachments).flatMap(([name, attachment]) =>
    isMovable(name, attachment)
      ? attachment.pieces.flatMap(({ first, pages }) =>
          Array.from({ length: Math.min(pages, PAGES_MAX) }, (_, page) => ({
            attachment,
            offset: (first + page) * pageSize + within,
          })),
        )
      : [],
  )
  const faults = [SEGV_MAPERR, SEGV_ACCERR, SI_KERNEL]
  const index = choose(moment, unknownAddress, faults.length + 1 + hits.length, 'always')
  note(moment, unknownAddress)
  const raised = faults[index]
  const hit = hits[index - faults.length - 1]
  if (raised !== undefined) fault(moment, actor, raised)
  else if (hit !== undefined) touch(moment, actor, call, hit.attachment, hit.offset)
  else returns(moment, actor, elsewhere(call))
}

const elsewhere = (call: Access): Expected => (call.name === 'load' ? anything : 0)

const fault = (moment: Moment, actor: string, raised: Fault): void =>
  happens(moment, { is: 'faulted', actor, ...raised })

const description = 'POSIX.1-2024 shmat, DESCRIPTION'

const loads = clause(
  'load.attached.reads',
  'shall',
  'A byte that is read through an attachment is the last one written there, by whomever.',
  description,
)
const stores = clause(
  'store.attached.writes',
  'shall',
  'A byte that is written through an attachment for reading and writing is written to the segment.',
  description,
)
const unmapped = clause(
  'access.unmapped.faults',
  'shall',
  'An access where nothing is attached raises SIGSEGV with SEGV_MAPERR.',
  'POSIX.1-2024 2.4.3 Signal Actions; <signal.h>, SIGSEGV',
)
const unknownAddress = clause(
  'access.unknown-address',
  'unspecified',
  'What an access finds at an address that the kernel may have used again is not known.',
  'shmat(2): the system chooses the address',
)
const readOnlyFaults = clause(
  'shmat.rdonly.write-faults',
  'shall',
  'A store through an attachment with SHM_RDONLY raises SIGSEGV with SEGV_ACCERR.',
  description,
  'POSIX.1-2024 <signal.h>, SIGSEGV',
)
const readOnlySees = clause(
  'shmat.rdonly.sees-writes',
  'shall',
  'A read-only attachment shows what is written through another attachment of the segment.',
  description,
)
const shared = clause(
  'shmat.contents.shared',
  'shall',
  'All processes that have a segment attached see one memory.',
  description,
)
const onlyAtAttach = clause(
  'shmat.permission.only-at-attach',
  'may',
  'An attachment keeps its rights when the permission of the segment changes.',
  'Linux ipc/shm.c: permission is checked by shmat only',
)

export const byteClauses = [
  loads,
  stores,
  unmapped,
  unknownAddress,
  readOnlyFaults,
  readOnlySees,
  shared,
  onlyAtAttach,
]
