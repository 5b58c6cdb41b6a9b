import { ALTER, EXECUTE, grants, isNegativeId, READ } from '../common/access.ts'
import { noteClass } from '../common/object-notes.ts'
import { choose, decide, fails, type Moment, note } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { type Errno, SHM_EXEC, SHM_RDONLY, SHM_REMAP } from '../vocabulary/names.ts'
import { identityOf, limitsOf } from '../world.ts'
import { attach } from './attach.ts'
import { leaveAgain } from './forced.ts'
import * as huge from './huge.ts'
import { attachmentsOf, holder } from './places.ts'
import * as clauses from './shmat-clauses.ts'
import {
  has,
  hasUnknownFlags,
  hugeAlignment,
  isAboveUser,
  isNull,
  isOccupied,
  isUnaligned,
  rangeContent,
  roundsToZero,
  type ShmatSituation,
  situationOf,
} from './shmat-situation.ts'
import { LARGE } from './shmget.ts'

/** shmat: the checks in Linux's order (ipc/shm.c, do_shmat), then the mapping. */
export function shmat(moment: Moment, actor: string, call: CallOf<'shmat'>): void {
  decide(moment, rules, situationOf(moment, actor, call))
}

const errors = 'POSIX.1-2024 shmat, ERRORS'
const linuxAttach = 'Linux ipc/shm.c, do_shmat'

/** An error; `observe` may tell that this time it is another one. */
const error = (
  about: Clause,
  errno: Errno,
  when: (situation: ShmatSituation) => boolean,
  observe: (situation: ShmatSituation) => Errno | undefined = () => undefined,
): Rule<ShmatSituation> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    fails(situation.moment, situation.actor, observe(situation) ?? errno)
    noteUnchanged(situation)
  },
})

/** An error that only Linux's extensions know: where they are unknown and nothing else is wrong, the attach goes on. */
const extensionError = (
  about: Clause,
  errno: Errno,
  when: (situation: ShmatSituation) => boolean,
): Rule<ShmatSituation> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    const { moment, actor, segment } = situation
    if (segment !== undefined && hasRoom(situation) && !lacks(situation, modeOf(situation)))
      if (choose(moment, about, 2) === 1) return attach(situation, segment)
    fails(moment, actor, errno)
    noteUnchanged(situation)
  },
})

/** What a failed attach leaves to be seen. */
const noteUnchanged = ({ moment, segment }: ShmatSituation) => {
  if (segment !== undefined) note(moment, clauses.failureChangesNothing)
}

const unaligned = error(
  clause(
    'shmat.address.unaligned-einval',
    'shall',
    'An address that is not page aligned is an error, unless SHM_RND rounds it.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  isUnaligned,
  (situation) => {
    if (!isNull(situation) && (lacks(situation, READ) || lacks(situation, modeOf(situation))))
      note(situation.moment, clauses.addressBeforePermission)
    return undefined
  },
)

const remapAtZero = error(
  clause(
    'shmat.remap.rounded-to-zero-einval',
    'linux',
    'With SHM_REMAP an address that SHM_RND rounds to 0 is an error.',
    linuxAttach,
  ),
  'EINVAL',
  (situation) => roundsToZero(situation) && has(situation, SHM_REMAP),
)

const remapNull = extensionError(
  clause('shmat.null.remap-einval', 'linux', 'SHM_REMAP without an address is an error.', 'shmat(2), ERRORS'),
  'EINVAL',
  (situation) => isNull(situation) && has(situation, SHM_REMAP),
)

const badId = error(
  clause(
    'shmat.id.invalid-einval',
    'shall',
    'The identifier of no living segment is an error.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ segment }) => segment === undefined,
  ({ moment, call }) => {
    if (typeof call.segment === 'string' && !isNegativeId(moment.world, call.segment)) {
      note(moment, clauses.laterInvalid)
      if (Object.keys(moment.world.segments).length > 0) note(moment, clauses.idNotReused)
    }
    return undefined
  },
)

const modeOf = (situation: ShmatSituation) => (has(situation, SHM_RDONLY) ? READ : READ | ALTER)

const lacks = ({ moment, actor, segment }: ShmatSituation, request: number) =>
  segment !== undefined && !grants(identityOf(moment.world, actor), segment.permission, request)

function observeRefusal(situation: ShmatSituation): undefined {
  const { moment, actor, segment } = situation
  if (segment !== undefined) noteClass(moment, actor, segment.permission, modeOf(situation))
}

const mayNotRead = error(
  clause(
    'shmat.rdonly.needs-read',
    'shall',
    'Attaching with SHM_RDONLY needs read permission.',
    `${errors}, [EACCES]`,
  ),
  'EACCES',
  (situation) => has(situation, SHM_RDONLY) && lacks(situation, READ),
  observeRefusal,
)

const mayNotReadAndWrite = error(
  clause(
    'shmat.readwrite.needs-both',
    'shall',
    'Attaching without SHM_RDONLY needs read and write permission.',
    `${errors}, [EACCES]`,
  ),
  'EACCES',
  (situation) => !has(situation, SHM_RDONLY) && lacks(situation, READ | ALTER),
  observeRefusal,
)

const mayNotExecute = extensionError(
  clause(
    'shmat.exec.needs-execute',
    'linux',
    'Attaching with SHM_EXEC needs execute permission besides.',
    'shmat(2)',
  ),
  'EACCES',
  (situation) => has(situation, SHM_EXEC) && lacks(situation, EXECUTE),
)

const wraps = error(
  clause(
    'shmat.address.wraps-einval',
    'shall',
    'An address so high that the segment would wrap around to 0 is an error.',
    `${errors}, [EINVAL]`,
    linuxAttach,
  ),
  'EINVAL',
  (situation) => !has(situation, SHM_REMAP) && wrapsAround(situation),
  // For a 32-bit process on a 64-bit kernel the sum does not wrap: ENOMEM.
  ({ moment }) => (choose(moment, wraps, 2, 'always') === 1 ? 'ENOMEM' : undefined),
)

const wrapsAround = ({ place, segment }: ShmatSituation) =>
  segment !== undefined && place.base === 'literal' && place.offset < 0 && segment.size >= -place.offset

const overlaps = error(
  clause(
    'shmat.address.overlap-einval',
    'may',
    'Without SHM_REMAP an address range that touches an existing mapping is an error, and the mapping stays.',
    `${errors}, [EINVAL]: illegal address`,
    'shmat(2), SHM_REMAP',
  ),
  'EINVAL',
  isOccupied,
  (situation) => {
    const { moment } = situation
    if (touchesPageTail(situation)) note(moment, clauses.partialPage)
    return choose(moment, overlaps, 2) === 1 ? 'ENOMEM' : undefined
  },
)

/** Whether the range meets another attachment only in the last page, which that one's segment does not fill. */
function touchesPageTail({ moment, actor, place, pages }: ShmatSituation): boolean {
  const { facts, segments } = moment.world
  const attachments = attachmentsOf(moment.world, actor)
  const variable = holder(attachments, place.base, place.offset / facts.pageSize, facts.pageSize)
  const met = attachments[variable]
  if (met === undefined || pages === 0) return false
  const size = Number(segments[met.segment]?.size ?? 0)
  return size % facts.pageSize !== 0 && place.offset === met.at.offset + (met.pages - 1) * facts.pageSize
}

const hugeUnaligned = error(
  huge.unaligned,
  'EINVAL',
  (situation) =>
    huge.isHuge(situation.segment) && !isNull(situation) && hugeAlignment(situation) === 'unaligned',
)

const aboveUser = error(
  clause(
    'shmat.address.above-user-enomem',
    'may',
    'An address above those that a process can have is an error.',
    `${errors}, [EINVAL]: illegal address`,
    'Linux mm/mmap.c, get_unmapped_area',
  ),
  'ENOMEM',
  (situation) =>
    situation.segment !== undefined &&
    isAboveUser(situation) &&
    (has(situation, SHM_REMAP) || !wrapsAround(situation)),
  ({ moment }) => (choose(moment, aboveUser, 2) === 1 ? 'EINVAL' : undefined),
)

const atZero = error(
  clause(
    'shmat.address.rnd-to-zero',
    'unspecified',
    'An address that SHM_RND rounds to 0 means address 0, where an unprivileged process cannot attach.',
    linuxAttach,
    'proc(5), vm.mmap_min_addr',
  ),
  'EPERM',
  (situation) => situation.segment !== undefined && roundsToZero(situation) && !has(situation, SHM_REMAP),
  ({ moment }) => ([undefined, 'EINVAL', 'ENOMEM'] as const)[choose(moment, atZero, 3)],
)

const hasRoom = (situation: ShmatSituation) =>
  situation.segment !== undefined &&
  !hugeUnaligned.when(situation) &&
  !isOccupied(situation) &&
  !isAboveUser(situation) &&
  !roundsToZero(situation)

const noAddressSpace = error(
  clause(
    'shmat.limit.address-space-enomem',
    'shall',
    'An attach that would exceed the address space of the process, on Linux RLIMIT_AS, is an error.',
    `${errors}, [ENOMEM]`,
    'setrlimit(2), RLIMIT_AS',
  ),
  'ENOMEM',
  (situation) => hasRoom(situation) && isOneTooMany(situation),
)

/** Whether the segment alone is more than the process may map. */
function isOneTooMany({ moment: { world }, actor, pages }: ShmatSituation): boolean {
  const { addressSpace } = limitsOf(world, actor)
  return addressSpace !== 'usual' && pages * world.facts.pageSize > addressSpace
}

const effect = (about: Clause, when: (situation: ShmatSituation) => boolean): Rule<ShmatSituation> => ({
  ...about,
  errno: 'none',
  when,
  outcome: (situation) => {
    const { moment, actor, segment } = situation
    if (segment === undefined) return
    if (huge.isHuge(segment) && isNull(situation)) note(moment, huge.anywhere)
    const refusal = possibleRefusal(situation)
    if (refusal !== 'none') {
      fails(moment, actor, refusal)
      return leaveAgain(moment, situation.name)
    }
    attach(situation, segment)
  },
})

const attachesAnywhere = effect(
  clause(
    'shmat.null.system-picks',
    'shall',
    'With a null address the system chooses a free range of whole pages.',
    'POSIX.1-2024 shmat, DESCRIPTION',
  ),
  (situation) => hasRoom(situation) && isNull(situation),
)

const attachesThere = effect(
  clause(
    'shmat.address.exact',
    'shall',
    'With an address, rounded if SHM_RND asks for it, the segment is attached exactly there.',
    'POSIX.1-2024 shmat, DESCRIPTION',
  ),
  hasRoom,
)

/** An error behind the permission check. */
function late(rule: Rule<ShmatSituation>): Rule<ShmatSituation> {
  const outcome = (situation: ShmatSituation) => {
    rule.outcome(situation)
    leaveAgain(situation.moment, situation.name)
  }
  return { ...rule, outcome }
}

/** What is in the way of an attach, in Linux's order of checks. */
export const refusals: readonly Rule<ShmatSituation>[] = [
  unaligned,
  remapAtZero,
  remapNull,
  badId,
  mayNotRead,
  mayNotReadAndWrite,
  mayNotExecute,
  ...[wraps, overlaps, hugeUnaligned, aboveUser, atZero, noAddressSpace].map(late),
]

export const rules: readonly Rule<ShmatSituation>[] = [...refusals, attachesAnywhere, attachesThere]

/** Errors that depend on what the model does not know: memory, what lies at an address, a system's own flags. */
function possibleRefusal(situation: ShmatSituation): Errno | 'none' {
  const { moment, actor, segment, call } = situation
  const { addressSpace } = limitsOf(moment.world, actor)
  if (addressSpace !== 'usual' && choose(moment, noAddressSpace, 2, 'always') === 1) {
    note(moment, noAddressSpace)
    return 'ENOMEM'
  }
  if (segment !== undefined && segment.size >= LARGE && choose(moment, clauses.noMemory, 2, 'always') === 1) {
    note(moment, clauses.noMemory)
    return 'ENOMEM'
  }
  if (!isNull(situation) && rangeContent(situation) === 'unknown')
    return (['none', 'EINVAL', 'ENOMEM', 'EPERM'] as const)[choose(moment, overlaps, 4, 'always')] ?? 'none'
  if (
    has(situation, SHM_REMAP) &&
    rangeContent(situation) === 'taken' &&
    choose(moment, clauses.remaps, 2) === 1
  )
    return 'EINVAL'
  if (!hasUnknownFlags(call) || choose(moment, clauses.unknownFlags, 2) === 0) return 'none'
  note(moment, clauses.unknownFlags)
  return 'EINVAL'
}
