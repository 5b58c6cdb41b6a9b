import { grants, isNegativeId, isOwner, mayChange, objectName, READ } from '../common/access.ts'
import { badUser, permissionAfter } from '../common/control.ts'
import { hasSuccessor } from '../common/new-ids.ts'
import { noteClass, noteStranger } from '../common/object-notes.ts'
import { type Identity, isCapable } from '../identity.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { changedPermission, type Permission } from '../permission.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_IPC_LOCK, type Errno } from '../vocabulary/names.ts'
import { identityOf, limitsOf, type World, withoutSegment } from '../world.ts'
import { maximumNotApplied } from './limits.ts'
import { attachmentsOf } from './places.ts'
import {
  changeSegment,
  countAttached,
  freeKey,
  idStillWorks,
  noteStillWorks,
  pagesOf,
  segmentOf,
} from './segments.ts'
import { laterInvalid } from './shmat-clauses.ts'
import * as clauses from './shmctl-clauses.ts'
import { idNotReused, sizeExact } from './shmget-clauses.ts'
import type { Segment } from './state.ts'
import { statusOf } from './status.ts'

type Command = 'IPC_STAT' | 'IPC_SET' | 'IPC_RMID' | 'SHM_LOCK' | 'SHM_UNLOCK' | 'other'
export type ShmctlCall = { [C in Command]: CallOf<`shmctl.${C}`> }[Command]

export interface Situation<C extends ShmctlCall = ShmctlCall> {
  readonly moment: Moment
  readonly actor: string
  readonly call: C
  readonly name: string
  readonly segment: Segment | undefined
}

/** shmctl: each command has its own list of checks, in Linux's order (ipc/shm.c, ksys_shmctl). */
export function shmctl(moment: Moment, actor: string, call: ShmctlCall): void {
  const segment = segmentOf(moment.world, call.segment)
  const situation = { moment, actor, call, name: objectName(moment.world, call.segment), segment }
  decide(moment, rulesOf[call.name] as readonly Rule<Situation>[], situation)
}

/**
 * Bytes that an actor can lock on any system: a quarter of the smallest usual RLIMIT_MEMLOCK (64 KiB), since the
 * limit is one for all processes of the user.
 */
const LOCKABLE = 16384

const errors = 'POSIX.1-2024 shmctl, ERRORS'
const description = 'POSIX.1-2024 shmctl, DESCRIPTION'

const error = <C extends ShmctlCall>(
  about: Clause,
  errno: Errno,
  when: (situation: Situation<C>) => boolean,
  observe: (situation: Situation<C>) => void = () => {},
): Rule<Situation<C>> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    observe(situation)
    fails(situation.moment, situation.actor, errno)
  },
})

const effect = <C extends ShmctlCall>(
  about: Clause,
  outcome: (situation: Situation<C> & { readonly segment: Segment }) => void,
): Rule<Situation<C>> => ({
  ...about,
  errno: 'none',
  when: ({ segment }) => segment !== undefined,
  outcome: (situation) => {
    if (!hasSegment(situation)) return
    noteStillWorks(situation.moment, situation.segment)
    outcome(situation)
  },
})

const hasSegment = <S extends { readonly segment: Segment | undefined }>(
  situation: S,
): situation is S & { readonly segment: Segment } => situation.segment !== undefined

export const negativeId = error(
  clause(
    'shmctl.id.negative-einval',
    'shall',
    'A negative identifier is an error for every command.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ moment, call }) => isNegativeId(moment.world, call.segment),
)

export const unknownId = error(
  clause(
    'shmctl.id.unknown-einval',
    'shall',
    'The identifier of no living segment is an error.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ segment }) => segment === undefined,
  ({ moment, call }) => {
    if (typeof call.segment === 'number') return
    note(moment, laterInvalid)
    if (call.name === 'shmctl.IPC_STAT') note(moment, clauses.statDestroyed)
    if (hasSuccessor(moment.world, call.segment, moment.world.segments)) note(moment, clauses.staleId)
    if (Object.keys(moment.world.segments).length > 0) note(moment, idNotReused)
  },
)

const badCommand = error(
  clause(
    'shmctl.command.unknown-einval',
    'shall',
    'A command that does not exist is an error.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  () => true,
)

export const mayNotStat: Rule<Situation> = error(
  clause(
    'shmctl.stat.needs-read',
    'shall',
    'IPC_STAT needs read permission, of the owner too.',
    `${errors}, [EACCES]`,
  ),
  'EACCES',
  ({ moment, actor, segment }) =>
    segment !== undefined && !grants(identityOf(moment.world, actor), segment.permission, READ),
  ({ moment, actor, segment }) => {
    if (segment !== undefined) noteClass(moment, actor, segment.permission, READ)
  },
)

const stats = effect<CallOf<'shmctl.IPC_STAT'>>(
  clause(
    'shmctl.stat.reports-all',
    'shall',
    'IPC_STAT stores permission, size, processes, attachments and times, and changes nothing.',
    description,
  ),
  ({ moment, actor, name, segment }) => {
    const { facts, limits } = moment.world
    if (segment.size > limits.shmmax) note(moment, maximumNotApplied)
    if (segment.removal !== 'none') {
      note(moment, clauses.statRemoved)
      note(moment, clauses.ctimeUnchanged)
    }
    if (Number(segment.size) % facts.pageSize !== 0) note(moment, sizeExact)
    const { permission } = segment
    noteClass(moment, actor, permission, READ)
    returns(moment, actor, 0, statusOf(moment, name, segment))
  },
)

const unknownUser: Rule<Situation<CallOf<'shmctl.IPC_SET'>>> = error(
  clause(
    'shmctl.set.bad-uid-einval',
    'unspecified',
    'IPC_SET to an id that does not exist in the user namespace is an error and changes nothing.',
    'Linux ipc/util.c, ipc_update_perm',
  ),
  'EINVAL',
  ({ moment, call, segment }) => segment !== undefined && badUser(moment.world.facts, call),
)

const sets = effect<CallOf<'shmctl.IPC_SET'>>(
  clause(
    'shmctl.set.updates',
    'shall',
    'IPC_SET replaces uid, gid and the low nine bits of the mode, and sets ctime.',
    description,
  ),
  ({ moment, actor, call, name, segment }) => {
    const { facts } = moment.world
    const permission = permissionAfter(facts, segment.permission, call)
    if (segment.removal !== 'none') note(moment, clauses.setRemoved)
    if (!grants(identityOf(moment.world, actor), segment.permission, READ))
      note(moment, clauses.setNeedsNoRead)
    const caller = identityOf(moment.world, actor)
    if (segment.permission.uid !== caller.uid && segment.permission.cuid === caller.uid)
      note(moment, clauses.creatorKeepsRights)
    if (permission.uid !== segment.permission.uid && permission.uid !== caller.uid)
      note(moment, clauses.givesAway)
    changeSegment(moment, name, { permission, ctime: moment.now })
    returns(moment, actor)
    if ((call.mode & ~0o777) !== 0) note(moment, clauses.otherFieldsIgnored)
    if (segment.removal !== 'none' || segment.locked) note(moment, clauses.flagsKept)
  },
)

type Removing = Situation<CallOf<'shmctl.IPC_RMID'>>

const isAttached = ({ moment, name }: Removing) => countAttached(moment.world, name) > 0

const refused = <C extends ShmctlCall>(
  about: Clause,
  isAllowed: (caller: Identity, permission: Permission) => boolean,
): Rule<Situation<C>> =>
  error(
    about,
    'EPERM',
    ({ moment, actor, segment }) =>
      segment !== undefined && !isAllowed(identityOf(moment.world, actor), segment.permission),
    ({ moment, actor, segment }) => {
      if (segment !== undefined) noteStranger(moment, actor, segment.permission)
    },
  )

export const mayNotSet: Rule<Situation> = refused(
  clause(
    'shmctl.set.not-owner-eperm',
    'shall',
    'IPC_SET needs the owner, the creator or privilege; permission to write does not help.',
    `${errors}, [EPERM]`,
  ),
  mayChange,
)
const mayNotRemove: Rule<Removing> = refused(
  clause(
    'shmctl.rmid.not-owner-eperm',
    'shall',
    'IPC_RMID needs the owner, the creator or privilege; nothing happens to the segment otherwise.',
    `${errors}, [EPERM]`,
  ),
  mayChange,
)
const mayNotLock: Rule<Situation<CallOf<'shmctl.SHM_LOCK'> | CallOf<'shmctl.SHM_UNLOCK'>>> = refused(
  clause(
    'shmctl.lock.stranger-eperm',
    'linux',
    'SHM_LOCK and SHM_UNLOCK need the owner, the creator or CAP_IPC_LOCK.',
    'shmctl(2)',
  ),
  (caller, permission) => isOwner(caller, permission) || isCapable(caller, CAP_IPC_LOCK),
)

const removes: Rule<Removing> = {
  ...clause(
    'shmctl.rmid.unattached-destroys',
    'shall',
    'IPC_RMID of a segment that nobody has attached destroys it at once.',
    description,
  ),
  errno: 'none',
  when: (situation) => situation.segment !== undefined && !isAttached(situation),
  outcome: ({ moment, actor, name, segment }) => {
    if (segment === undefined) return
    noteRemoval(moment, actor, segment)
    freeKey(moment, segment.permission.key)
    moment.world = withoutSegment(moment.world, name)
    returns(moment, actor)
    note(moment, clauses.bufferIgnored)
  },
}

const marksRemoved: Rule<Removing> = {
  ...clause(
    'shmctl.rmid.deferred-until-last-detach',
    'shall',
    'IPC_RMID of an attached segment leaves attachments and contents as they are, until the last one is gone.',
    description,
    'shmctl(2)',
  ),
  errno: 'none',
  when: (situation) => situation.segment !== undefined && isAttached(situation),
  outcome: ({ moment, actor, name, segment }) => {
    if (segment === undefined) return
    noteRemoval(moment, actor, segment)
    noteStillWorks(moment, segment)
    if (segment.removal !== 'none') note(moment, clauses.removedAgain)
    const ctime = choose(moment, clauses.ctimeUnchanged, 2) === 0 ? segment.ctime : moment.now
    if (segment.removal === 'none') {
      const { permission } = segment
      freeKey(moment, permission.key)
      const removal = choose(moment, idStillWorks, 2) === 0 ? 'pending' : 'id gone'
      changeSegment(moment, name, { permission: changedPermission(permission, { key: 0 }), removal, ctime })
    } else changeSegment(moment, name, { ctime })
    returns(moment, actor)
    if (isAttachedElsewhere(moment, actor, name)) note(moment, clauses.removedForOthers)
    if (segment.removal === 'none' && segment.permission.key !== 0) note(moment, clauses.keyBecomesPrivate)
  },
}

function noteRemoval(moment: Moment, actor: string, { permission }: Segment): void {
  const { uid } = identityOf(moment.world, actor)
  if (permission.uid !== uid && permission.cuid === uid) note(moment, clauses.creatorMayRemove)
}

/** Whether another process than the actor has the segment attached. */
const isAttachedElsewhere = ({ world }: Moment, actor: string, name: string) =>
  Object.keys(world.processes).some(
    (process) =>
      process !== actor &&
      Object.values(attachmentsOf(world, process)).some(
        ({ segment, pieces }) => segment === name && pieces.length > 0,
      ),
  )

const nothingLockable = error<CallOf<'shmctl.SHM_LOCK'>>(
  clause(
    'shmctl.lock.zero-limit-eperm',
    'linux',
    'With RLIMIT_MEMLOCK 0 the owner may unlock a segment but not lock it.',
    'shmctl(2), ERRORS, EPERM',
  ),
  'EPERM',
  ({ moment, actor, segment }) => segment !== undefined && mayLockNothing(moment, actor),
)

const mayLockNothing = ({ world }: Moment, actor: string) =>
  limitsOf(world, actor).locked === 0 && !isCapable(identityOf(world, actor), CAP_IPC_LOCK)

const locks = effect<CallOf<'shmctl.SHM_LOCK'>>(
  clause(
    'shmctl.lock.owner-or-creator',
    'linux',
    'The owner and the creator may lock a segment, up to the limit of lockable memory, whatever the mode.',
    'shmctl(2)',
  ),
  ({ moment, actor, name, segment }) => {
    if (isRefusedElsewhere(moment, actor)) return
    if (!segment.locked && lockedBytes(moment) + bytesOf(moment, segment) > lockable(moment.world, actor)) {
      if (choose(moment, clauses.overLimit, 2, 'always') === 1) {
        note(moment, clauses.overLimit)
        return fails(moment, actor, 'ENOMEM')
      }
    }
    note(moment, segment.locked ? clauses.lockIdempotent : clauses.lockSetsFlag)
    if (segment.removal !== 'none') note(moment, clauses.lockRemoved)
    changeSegment(moment, name, { locked: true })
    returns(moment, actor)
  },
)

const unlocks = effect<CallOf<'shmctl.SHM_UNLOCK'>>(
  clause(
    'shmctl.unlock.owner-or-creator',
    'linux',
    'The owner and the creator may unlock a segment, whatever the mode.',
    'shmctl(2)',
  ),
  ({ moment, actor, name, segment }) => {
    if (isRefusedElsewhere(moment, actor)) return
    if (mayLockNothing(moment, actor)) note(moment, nothingLockable)
    note(moment, segment.locked ? clauses.unlockClearsFlag : clauses.unlockNotLocked)
    changeSegment(moment, name, { locked: false })
    returns(moment, actor)
  },
)

/** Locking is no part of POSIX: systems lack it, or leave it to the privileged. */
function isRefusedElsewhere(moment: Moment, actor: string): boolean {
  const index = choose(moment, clauses.lockSetsFlag, 3)
  if (index > 0) fails(moment, actor, index === 1 ? 'EINVAL' : 'EPERM')
  return index > 0
}

/** Bytes that the actor can lock without doubt. */
export function lockable(world: World, actor: string): number {
  const { locked } = limitsOf(world, actor)
  return locked === 'usual' ? LOCKABLE : Math.min(locked, LOCKABLE)
}

const bytesOf = ({ world: { facts } }: Moment, { size }: Segment) =>
  pagesOf(size, facts.pageSize) * facts.pageSize

export function lockedBytes(moment: Pick<Moment, 'world'>): number {
  const { segments, facts } = moment.world
  let bytes = 0
  for (const name in segments) {
    const segment = segments[name]
    if (segment?.locked) bytes += pagesOf(segment.size, facts.pageSize) * facts.pageSize
  }
  return bytes
}

const rulesOf = {
  'shmctl.IPC_STAT': [negativeId, unknownId, mayNotStat, stats],
  'shmctl.IPC_SET': [negativeId, unknownId, mayNotSet, unknownUser, sets],
  'shmctl.IPC_RMID': [negativeId, unknownId, mayNotRemove, removes, marksRemoved],
  'shmctl.SHM_LOCK': [negativeId, unknownId, mayNotLock, nothingLockable, locks],
  'shmctl.SHM_UNLOCK': [negativeId, unknownId, mayNotLock, unlocks],
  'shmctl.other': [negativeId, badCommand],
} as const

export const rules: readonly Clause[] = [...new Set(Object.values(rulesOf).flat())]
