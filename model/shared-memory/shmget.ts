import { classBits, createdPermission, EXECUTE, foldedRequest, grants, READ } from '../common/access.ts'
import { argumentBeforeLimit, countOf, noteFoundWhenFull, objectsKept } from '../common/full.ts'
import { execBitsCount, findKey, type GetSituation, keyspacesSeparate, noteKey } from '../common/get.ts'
import { newId } from '../common/new-ids.ts'
import { error } from '../common/refusal.ts'
import { idOf } from '../expected.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { type Errno, IPC_CREAT, IPC_EXCL } from '../vocabulary/names.ts'
import type { Long } from '../vocabulary/shape.ts'
import { identityOf, processOf, withAlias, withSegment } from '../world.ts'
import * as huge from './huge.ts'
import { asksForHuge, backingOf, isNoSize, lacksPages, mayUseHuge } from './huge.ts'
import { countPages, hasAllSegments, maximumNotApplied, noteAllSegments, removedCounts } from './limits.ts'
import { pagesOf } from './segments.ts'
import * as clauses from './shmget-clauses.ts'
import type { Segment } from './state.ts'

interface Situation extends GetSituation {
  readonly call: CallOf<'shmget'>
  /** The size as C sees it: unsigned. */
  readonly size: Long
  readonly segment: Segment | undefined
}

/** shmget: the checks in Linux's order (ipc/util.c, ipcget; ipc/shm.c, newseg). */
export function shmget(moment: Moment, actor: string, call: CallOf<'shmget'>): void {
  const existing = findKey(moment.world.segments, call.key)
  const segment = moment.world.segments[existing]
  const permission = segment?.permission
  decide(moment, rules, {
    moment,
    actor,
    call,
    size: unsigned(call.size, moment.world.facts.longBytes),
    existing,
    segment,
    permission,
  })
}

/** From this size on (bytes) the system may be short of memory, or of what its limits leave. */
export const LARGE = 2 ** 26

const description = 'POSIX.1-2024 shmget, DESCRIPTION'
const errors = 'POSIX.1-2024 shmget, ERRORS'

const has = ({ call }: Situation, bits: number) => (call.flags & bits) === bits

const exists = error<Situation>(
  clause(
    'shmget.existing.creat-excl-eexist',
    'shall',
    'A key in use with IPC_CREAT and IPC_EXCL is an error, whatever else is wrong.',
    `${errors}, [EEXIST]`,
  ),
  'EEXIST',
  (situation) => situation.segment !== undefined && has(situation, IPC_CREAT | IPC_EXCL),
)

const tooLarge = error<Situation>(
  clause(
    'shmget.existing.size-above-einval',
    'shall',
    'Asking for more bytes than the existing segment has is an error, also where its last page has room.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ segment, size }) => segment !== undefined && size > segment.size,
  (situation) => {
    if (refused.when(situation) || refusedFolded.when(situation))
      note(situation.moment, clauses.sizeBeforePermission)
  },
)

/** The bits that are asked for the caller's own class, as POSIX numbers them: owner, since all actors are one user. */
const ownRequest = ({ call }: Situation) => (call.flags >> 6) & 7 & ~EXECUTE

const refused = error<Situation>(
  clause(
    'get.perm-check',
    'shall',
    'The low nine flag bits, folded into one request, must be granted by the class of the caller.',
    `${errors}, [EACCES]`,
    'shmget(2)',
  ),
  'EACCES',
  (situation) => lacks(situation, ownRequest(situation)),
)

const refusedFolded = error<Situation>(
  clause(
    'shmget.existing.bits-folded',
    'may',
    'The three octal digits of the flags are one request, which the class of the caller must grant.',
    `${errors}, [EACCES]`,
    'Linux ipc/util.c, ipcperms',
  ),
  'EACCES',
  (situation) => lacks(situation, foldedRequest(situation.call.flags)),
  (situation) => {
    if (!lacks(situation, foldedRequest(situation.call.flags) & ~EXECUTE))
      note(situation.moment, execBitsCount)
  },
)

const lacks = ({ moment, actor, permission }: Situation, request: number) =>
  permission !== undefined && !grants(identityOf(moment.world, actor), permission, request)

const found: Rule<Situation> = {
  ...clause(
    'shmget.existing.returns-id',
    'shall',
    'A key in use returns the identifier of its segment and changes nothing.',
    description,
  ),
  errno: 'none',
  when: ({ segment }) => segment !== undefined,
  outcome: (situation) => {
    const { moment, actor, call, existing, permission } = situation
    if (permission === undefined) return
    noteFound(situation)
    const asked = call.flags & 0o777
    if ((asked & ~permission.mode) !== 0 && !lacks(situation, foldedRequest(asked))) {
      note(moment, refusedFolded)
      if (choose(moment, refusedFolded, 2) === 1) return fails(moment, actor, 'EACCES')
    }
    if (ignoresUnknownFlags(situation)) {
      moment.world = withAlias(moment.world, call.as, existing)
      returns(moment, actor, idOf(existing))
      if (has(situation, IPC_CREAT) && asked !== permission.mode) note(moment, clauses.modeUnchanged)
    }
  },
}

function noteFound(situation: Situation): void {
  const { moment, actor, call, size, permission, segment } = situation
  if (permission === undefined || segment === undefined) return
  const { segments, limits } = moment.world
  noteFoundWhenFull(moment, countOf(segments), limits.shmmni)
  noteKey(moment, call.key)
  if (segment.size > limits.shmmax) note(moment, maximumNotApplied)
  if (size !== 0) note(moment, clauses.sizeNotAbove)
  if (has(situation, IPC_EXCL)) note(moment, clauses.exclAlone)
  const asked = call.flags & 0o777
  const granted = classBits(identityOf(moment.world, actor), permission)
  if (asked === 0 && (granted & 6) !== 6) note(moment, clauses.nothingAsked)
  if (asked !== 0 && (foldedRequest(asked) & READ) === 0 && (granted & READ) === 0)
    note(moment, clauses.writeOnly)
  if (size === 0) note(moment, clauses.sizeZero)
}

const isCreated = ({ call, existing }: Situation) =>
  existing === '' && (call.key === 'private' || (call.flags & IPC_CREAT) !== 0)

const missing = error<Situation>(
  clause(
    'shmget.missing.no-creat-enoent',
    'shall',
    'An unused key without IPC_CREAT is an error, with IPC_EXCL or without, whatever the size.',
    `${errors}, [ENOENT]`,
  ),
  'ENOENT',
  (situation) => situation.existing === '' && !isCreated(situation),
  (situation) => {
    if (hadKey(situation)) note(situation.moment, clauses.removedKeyMissing)
  },
)

/** Whether a removed segment had the key. */
const hadKey = ({ moment, call }: Situation) => moment.world.freedKeys.includes(`segment ${call.key}`)

const sizeZero = error<Situation>(
  clause(
    'shmget.create.size-zero-einval',
    'shall',
    'A segment of no bytes cannot be made.',
    `${errors}, [EINVAL]: less than the minimum, which Linux makes 1`,
  ),
  'EINVAL',
  (situation) => isCreated(situation) && situation.size === 0,
  noteBeforeLimit,
)

/** An argument is wrong where no segment could be made anyway. */
function noteBeforeLimit({ moment }: Situation): void {
  if (hasAllSegments(moment.world)) note(moment, argumentBeforeLimit)
}

const aboveMaximum = error<Situation>(
  clause(
    'shmget.create.size-above-shmmax-einval',
    'shall',
    'A segment larger than SHMMAX cannot be made.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  (situation) => isCreated(situation) && situation.size > situation.moment.world.limits.shmmax,
  noteBeforeLimit,
)

const exceeds = ({ moment: { world }, size }: Situation, which: 'all' | 'not removed') =>
  countPages(world, which) + pagesOf(size, world.facts.pageSize) > world.limits.shmall

const tooManyPages = error<Situation>(
  clause(
    'shmget.create.shmall-enospc',
    'may',
    'A segment with which there would be more than SHMALL pages cannot be made.',
    'shmget(2), ERRORS, ENOSPC',
  ),
  'ENOSPC',
  (situation) => isCreated(situation) && exceeds(situation, 'all'),
  (situation) => {
    const { moment } = situation
    if (!exceeds(situation, 'not removed')) note(moment, removedCounts)
    if (countPages(moment.world) > moment.world.limits.shmall) note(moment, objectsKept)
  },
)

const aboveFileSize = error<Situation>(
  clause(
    'shmget.create.file-size-limit',
    'shall',
    'A segment of 2^63 bytes or more cannot be made, also where SHMMAX allows it.',
    `${errors}, [EINVAL]`,
    'Linux mm/shmem.c, __shmem_file_setup',
  ),
  'EINVAL',
  (situation) => isCreated(situation) && situation.size >= 2n ** 63n,
)

const wouldBeHuge = (situation: Situation) => isCreated(situation) && asksForHuge(situation.call)

/** An error about huge pages. Systems that have none may not know the flag, and refuse or ignore it. */
const hugeError = (
  about: Clause,
  errno: Errno,
  when: (situation: Situation) => boolean,
): Rule<Situation> => ({
  ...about,
  errno,
  when: (situation) => wouldBeHuge(situation) && when(situation),
  outcome: (situation) => {
    const { moment, actor } = situation
    const chosen = choose(moment, about, hasAllSegments(moment.world) ? 2 : 3)
    if (chosen === 2) makeSegment(situation, 'ordinary')
    else fails(moment, actor, chosen === 1 ? 'EINVAL' : errno)
  },
})

const hugeBadSize = hugeError(huge.badSize, 'EINVAL', ({ moment, call }) =>
  isNoSize(call, moment.world.facts),
)

const hugeUnprivileged = hugeError(
  huge.unprivileged,
  'EPERM',
  ({ moment, actor }) => !mayUseHuge(identityOf(moment.world, actor), moment.world.facts),
)

const hugeWithoutPages = hugeError(huge.noPages, 'ENOMEM', ({ moment, call, size }) =>
  lacksPages(call, size, moment.world.facts),
)

const tooManySegments: Rule<Situation> = {
  ...clause(
    'shmget.create.shmmni-enospc',
    'shall',
    'A segment more than SHMMNI cannot be made; removed segments count while they are attached.',
    `${errors}, [ENOSPC]`,
  ),
  errno: 'ENOSPC',
  when: (situation) => isCreated(situation) && hasAllSegments(situation.moment.world),
  outcome: ({ moment, actor, size }) => {
    noteAllSegments(moment)
    const isShort = size >= LARGE && choose(moment, clauses.memoryRefused, 2, 'always') === 1
    fails(moment, actor, isShort ? 'ENOMEM' : 'ENOSPC')
  },
}

const creates = (about: Clause, when: (situation: Situation) => boolean): Rule<Situation> => ({
  ...about,
  errno: 'none',
  when: (situation) => isCreated(situation) && when(situation),
  outcome: (situation) => {
    const { moment, actor, size } = situation
    if (moment.world.facts.longBytes === 4 && size >= 2 ** 31) note(moment, clauses.sizeUnsigned)
    if (size >= LARGE) {
      const shortage = choose(moment, clauses.memoryRefused, 3, 'always')
      if (shortage > 0) {
        note(moment, clauses.memoryRefused)
        return fails(moment, actor, shortage === 1 ? 'ENOMEM' : 'ENOSPC')
      }
    }
    const backing = whatOf(situation)
    if (backing !== 'none') makeSegment(situation, backing)
  },
})

/** What the new segment is made of; `none`: the call has failed. */
function whatOf(situation: Situation): Segment['backing'] | 'none' {
  const { moment, actor, call } = situation
  if (!asksForHuge(call)) return ignoresUnknownFlags(situation) ? 'ordinary' : 'none'
  note(moment, huge.made)
  const chosen = choose(moment, huge.made, 3)
  if (chosen === 2) return 'ordinary'
  if (chosen === 1) {
    fails(moment, actor, 'EINVAL')
    return 'none'
  }
  const backing = backingOf(call)
  // Others use the pool, too.
  if (backing !== 'huge' || choose(moment, huge.noPages, 2, 'always') === 0) return backing
  note(moment, huge.noPages)
  fails(moment, actor, 'ENOMEM')
  return 'none'
}

function makeSegment(situation: Situation, backing: Segment['backing']): void {
  const { moment, actor, call, size } = situation
  noteCreated(situation)
  const segment: Segment = {
    permission: createdPermission(identityOf(moment.world, actor), call.key, call.flags),
    size,
    contents: {},
    backing,
    removal: 'none',
    locked: false,
    cpid: processOf(moment.world, actor),
    lpid: '',
    atime: 0,
    dtime: 0,
    ctime: moment.now,
  }
  moment.world = withSegment(moment.world, call.as, segment)
  returns(moment, actor, newId(moment, 'segments', call.as))
  note(moment, clauses.fields)
  if ((call.flags & ~0o777) !== 0) note(moment, clauses.modeLowBits)
  if ((call.flags & 0o022) !== 0) note(moment, clauses.umaskIgnored)
}

const createsPrivate = creates(
  clause(
    'shmget.private.always-creates',
    'shall',
    'With key IPC_PRIVATE every call makes a new segment, which no key finds.',
    description,
  ),
  ({ call }) => call.key === 'private',
)

const createsByKey = creates(
  clause(
    'shmget.missing.creat-creates',
    'shall',
    'With an unused key and IPC_CREAT a segment is made that the key finds from then on.',
    description,
  ),
  ({ call }) => call.key !== 'private',
)

function noteCreated(situation: Situation): void {
  const { moment, call } = situation
  const { sets, queues } = moment.world
  note(moment, clauses.idFresh)
  noteKey(moment, call.key)
  if (call.key === 'private') {
    if (!has(situation, IPC_CREAT)) note(moment, clauses.privateNeedsNoCreat)
    if (has(situation, IPC_CREAT | IPC_EXCL)) note(moment, clauses.privateIgnoresExcl)
  } else {
    if (hadKey(situation)) note(moment, clauses.removedKeyNew)
    if (findKey(sets, call.key) !== '' || findKey(queues, call.key) !== '') note(moment, keyspacesSeparate)
  }
}

/** Flags without a meaning have none on Linux; elsewhere they may be an error, which then has been given. */
function ignoresUnknownFlags({ moment, actor, call }: Situation): boolean {
  if ((call.flags & ~(0o777 | IPC_CREAT | IPC_EXCL)) === 0) return true
  note(moment, clauses.unknownFlags)
  if (choose(moment, clauses.unknownFlags, 2) === 0) return true
  fails(moment, actor, 'EINVAL')
  return false
}

export const rules: readonly Rule<Situation>[] = [
  exists,
  tooLarge,
  refused,
  refusedFolded,
  found,
  missing,
  sizeZero,
  aboveMaximum,
  tooManyPages,
  aboveFileSize,
  hugeBadSize,
  hugeUnprivileged,
  hugeWithoutPages,
  tooManySegments,
  createsPrivate,
  createsByKey,
]

function unsigned(size: Long, longBytes: number): Long {
  if (size >= 0) return size
  const wrapped = BigInt.asUintN(longBytes * 8, BigInt(size))
  return wrapped > Number.MAX_SAFE_INTEGER ? wrapped : Number(wrapped)
}
