import { grants, objectName, READ } from '../common/access.ts'
import { permissionAfter } from '../common/control.ts'
import { noteClass } from '../common/object-notes.ts'
import { choose, decide, type Moment, note, returns } from '../moment.ts'
import { changedPermission } from '../permission.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf, withoutSegment } from '../world.ts'
import { maximumNotApplied } from './limits.ts'
import { leavesHuge, locks, mayNotLock, nothingLockable, unlocks } from './locking.ts'
import { attachmentsOf } from './places.ts'
import { changeSegment, countAttached, freeKey, idStillWorks, noteStillWorks, segmentOf } from './segments.ts'
import * as clauses from './shmctl-clauses.ts'
import {
  badCommand,
  mayNotRemove,
  mayNotSet,
  mayNotStat,
  negativeId,
  unknownId,
  unknownUser,
} from './shmctl-errors.ts'
import { effect, type ShmctlCall, type Situation } from './shmctl-rules.ts'
import { sizeExact } from './shmget-clauses.ts'
import type { Segment } from './state.ts'
import { statusOf } from './status.ts'

/** shmctl: each command has its own list of checks, in Linux's order (ipc/shm.c, ksys_shmctl). */
export function shmctl(moment: Moment, actor: string, call: ShmctlCall): void {
  const segment = segmentOf(moment.world, call.segment)
  const situation = { moment, actor, call, name: objectName(moment.world, call.segment), segment }
  decide(moment, rulesOf[call.name] as readonly Rule<Situation>[], situation)
}

const description = 'POSIX.1-2024 shmctl, DESCRIPTION'

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

/** What nobody has attached is destroyed above. */
const marksRemoved: Rule<Removing> = {
  ...clause(
    'shmctl.rmid.deferred-until-last-detach',
    'shall',
    'IPC_RMID of an attached segment leaves attachments and contents as they are, until the last one is gone.',
    description,
    'shmctl(2)',
  ),
  errno: 'none',
  when: ({ segment }) => segment !== undefined,
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

const rulesOf = {
  'shmctl.IPC_STAT': [negativeId, unknownId, mayNotStat, stats],
  'shmctl.IPC_SET': [negativeId, unknownId, mayNotSet, unknownUser, sets],
  'shmctl.IPC_RMID': [negativeId, unknownId, mayNotRemove, removes, marksRemoved],
  'shmctl.SHM_LOCK': [negativeId, unknownId, mayNotLock, nothingLockable, leavesHuge, locks],
  'shmctl.SHM_UNLOCK': [negativeId, unknownId, mayNotLock, leavesHuge, unlocks],
  'shmctl.other': [negativeId, badCommand],
} as const

export const rules: readonly Clause[] = [...new Set(Object.values(rulesOf).flat())]
