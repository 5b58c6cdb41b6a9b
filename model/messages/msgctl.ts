import { grants, isNegativeId, mayChange, objectName, READ } from '../common/access.ts'
import {
  badUser,
  freeKey,
  givenAway,
  laterInvalid,
  negativeId,
  noPartialSet,
  ownersOnly,
  permissionAfter,
  removedAtOnce,
  setBadUser,
  setFields,
  sleepersRemoved,
  staleId,
  statNeedsRead,
} from '../common/control.ts'
import { privateNotFindable } from '../common/get.ts'
import { noteAccess, noteChange } from '../common/object-notes.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { without } from '../records.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import { changedWorld, identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { hasOtherMsgmnb, otherLimitThanNew } from './limits.ts'
import { receiversOf, sendersOf, setQueue } from './queue.ts'
import { bytesOn } from './room.ts'
import { settingsChanged } from './settings.ts'
import { changedQueue, type Queue } from './state.ts'
import { statusOf } from './status.ts'

type Command = 'IPC_STAT' | 'IPC_SET' | 'IPC_RMID' | 'other'
export type MsgctlCall = { [C in Command]: CallOf<`msgctl.${C}`> }[Command]

export interface Situation<C extends MsgctlCall = MsgctlCall> {
  readonly moment: Moment
  readonly actor: string
  readonly call: C
  readonly name: string
  readonly queue: Queue | undefined
}

type SetCall = CallOf<'msgctl.IPC_SET'>

/** msgctl: each command has its own list of checks, in Linux's order (ipc/msg.c, ksys_msgctl). */
export function msgctl(moment: Moment, actor: string, call: MsgctlCall): void {
  const name = objectName(moment.world, call.queue)
  const situation = { moment, actor, call, name, queue: moment.world.queues[name] }
  decide(moment, rulesOf[call.name] as readonly Rule<Situation>[], situation)
}

const errors = 'POSIX.1-2024 msgctl, ERRORS'
const description = 'POSIX.1-2024 msgctl, DESCRIPTION'

const error = <C extends MsgctlCall>(
  about: Clause,
  errno: Errno,
  when: (situation: Situation<C>) => boolean,
  alsoNote: (situation: Situation<C>) => void = () => {},
): Rule<Situation<C>> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    fails(situation.moment, situation.actor, errno)
    alsoNote(situation)
  },
})

const effect = <C extends MsgctlCall>(
  about: Clause,
  outcome: (situation: Situation<C> & { readonly queue: Queue }) => void,
): Rule<Situation<C>> => ({
  ...about,
  errno: 'none',
  when: ({ queue }) => queue !== undefined,
  outcome: (situation) => {
    if (hasQueue(situation)) outcome(situation)
  },
})

const hasQueue = <S extends { readonly queue: Queue | undefined }>(
  situation: S,
): situation is S & { readonly queue: Queue } => situation.queue !== undefined

export const isNegative = error(
  clause(
    'msgctl.id-negative',
    'shall',
    'A negative identifier or command is an error for every command.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ moment, call }) =>
    isNegativeId(moment.world, call.queue) || (call.name === 'msgctl.other' && call.command < 0),
  ({ moment, call }) => {
    if (isNegativeId(moment.world, call.queue)) note(moment, negativeId)
  },
)
export const isUnknown = error(
  staleId,
  'EINVAL',
  ({ queue }) => queue === undefined,
  ({ moment, call }) => {
    if (typeof call.queue === 'string') note(moment, laterInvalid)
  },
)
const badCommand = error(
  clause('msgctl.cmd-unknown', 'shall', 'A command that does not exist is an error.', `${errors}, [EINVAL]`),
  'EINVAL',
  () => true,
)

export const mayNotStat = error(
  statNeedsRead,
  'EACCES',
  ({ moment, actor, queue }) =>
    queue !== undefined && !grants(identityOf(moment.world, actor), queue.permission, READ),
  ({ moment, actor, queue }) => {
    if (queue !== undefined) noteAccess(moment, actor, queue, READ)
  },
)

const stats = effect<CallOf<'msgctl.IPC_STAT'>>(
  clause(
    'msgctl.stat',
    'shall',
    'IPC_STAT stores the permission, the number of messages, the limit, the last processes and the times.',
    description,
  ),
  ({ moment, actor, queue }) => {
    noteAccess(moment, actor, queue, READ)
    if (hasOtherMsgmnb(moment.world) && queue.limit !== moment.world.limits.msgmnb)
      note(moment, otherLimitThanNew)
    if (queue.permission.key === 0) note(moment, privateNotFindable)
    returns(moment, actor, 0, statusOf(moment, queue))
  },
)

export const mayNotChange = error(
  ownersOnly,
  'EPERM',
  ({ moment, actor, queue }) =>
    queue !== undefined && !mayChange(identityOf(moment.world, actor), queue.permission),
  ({ moment, actor, queue }) => noteChange(moment, actor, queue?.permission),
)

const raiseNeedsPrivilege = clause(
  'msgctl.set.qbytes-raise',
  'shall',
  'Without privilege the limit cannot be raised above MSGMNB, and then nothing is changed; up to there it can.',
  `${errors}, [EPERM]`,
  'msgctl(2), ERRORS, EPERM',
)
const raises = error<SetCall>(
  raiseNeedsPrivilege,
  'EPERM',
  ({ moment, call }) => isAboveMaximum(moment, call),
  (situation) => {
    if (badUser(situation.moment.world.facts, situation.call)) note(situation.moment, limitBeforeUser)
    if (hasOtherMsgmnb(situation.moment.world)) note(situation.moment, otherLimitThanNew)
    noteUnchanged(situation)
  },
)
/** By the wording of POSIX, and on other systems, every raise needs privilege. */
const raisesElsewhere: Rule<Situation<SetCall>> = {
  ...error<SetCall>(
    { ...raiseNeedsPrivilege, strength: 'may' },
    'EPERM',
    ({ queue, call }) => queue !== undefined && call.qbytes > queue.limit,
  ),
  elsewhere: true,
}
const limitZero = clause(
  'msgctl.set.qbytes-zero',
  'unspecified',
  'The limit can be 0.',
  'Linux ipc/msg.c, msgctl_down',
)
/** BSD refuses a limit of 0. */
const isZeroElsewhere: Rule<Situation<SetCall>> = {
  ...error<SetCall>(limitZero, 'EINVAL', ({ call }) => Number(call.qbytes) === 0),
  elsewhere: true,
}
const unknownUser = error<SetCall>(
  setBadUser,
  'EINVAL',
  ({ moment, call }) => badUser(moment.world.facts, call),
  noteUnchanged,
)

const isAboveMaximum = (moment: Moment, { qbytes }: SetCall) =>
  qbytes < 0 || qbytes > moment.world.limits.msgmnb

const sets = effect<SetCall>(
  clause('msgctl.set.fields', 'shall', 'IPC_SET changes uid, gid, mode, limit and ctime.', description),
  ({ moment, actor, call, name, queue }) => {
    const { facts } = moment.world
    const permission = permissionAfter(facts, queue.permission, call)
    const limit = Number(call.qbytes)
    note(moment, setFields)
    note(moment, clauses.ctimeSet)
    noteChange(moment, actor, queue.permission)
    if (permission.uid !== identityOf(moment.world, actor).uid) note(moment, givenAway)
    if (limit > queue.limit) note(moment, raiseNeedsPrivilege)
    if (limit > moment.world.facts.limits.msgmnb) note(moment, otherLimitThanNew)
    if (limit < bytesOn(queue)) note(moment, limitLowered)
    if (limit === 0) note(moment, limitZero)
    setQueue(moment, name, changedQueue(queue, { permission, limit, ctime: moment.now }))
    returns(moment, actor)
    if (queue.receivers.length === 0 && queue.senders.length === 0) return
    note(moment, setWakes)
    settingsChanged(moment, name)
  },
)

const removes = effect<CallOf<'msgctl.IPC_RMID'>>(
  clause(
    'msgctl.rmid',
    'shall',
    'IPC_RMID removes the queue and discards its messages; sleepers return EIDRM.',
    description,
  ),
  ({ moment, actor, name, queue }) => {
    note(moment, removedAtOnce)
    noteChange(moment, actor, queue.permission)
    const receivers = receiversOf(moment, queue)
    const senders = sendersOf(moment, queue)
    if (receivers.length > 0) note(moment, receiversEnd)
    if (senders.length > 0) note(moment, sendersEnd)
    const { world } = moment
    const kept = changedWorld(world, { queues: without(world.queues, name) })
    moment.world = freeKey(kept, 'queue', queue.permission.key)
    returns(moment, actor)
    for (const sleeper of [...receivers, ...senders]) {
      note(moment, sleepersRemoved)
      fails(moment, sleeper.name, 'EIDRM')
    }
  },
)

const rulesOf = {
  'msgctl.IPC_STAT': [isNegative, isUnknown, mayNotStat, stats],
  'msgctl.IPC_SET': [
    isNegative,
    isUnknown,
    mayNotChange,
    raises,
    raisesElsewhere,
    isZeroElsewhere,
    unknownUser,
    sets,
  ],
  'msgctl.IPC_RMID': [isNegative, isUnknown, mayNotChange, removes],
  'msgctl.other': [isNegative, badCommand],
} as const

export const rules: readonly Clause[] = [
  ...new Set<Clause>(
    Object.values(rulesOf)
      .flat()
      .filter((rule) => rule !== raisesElsewhere),
  ),
]

/** An IPC_SET that fails would have changed something. */
function noteUnchanged({ moment, call, queue }: Situation<SetCall>): void {
  if (queue === undefined) return
  const { facts } = moment.world
  const { uid, gid, mode } = permissionAfter(facts, queue.permission, call)
  const { permission } = queue
  const changes =
    uid !== permission.uid ||
    gid !== permission.gid ||
    mode !== permission.mode ||
    call.qbytes !== queue.limit
  if (changes) note(moment, noPartialSet)
}

const limitBeforeUser = clause(
  'msgctl.set.qbytes-order',
  'unspecified',
  'Where both the limit is too large and the user does not exist the limit is complained about.',
  'Linux ipc/msg.c, msgctl_down',
)
const limitLowered = clause(
  'msgctl.set.qbytes-lower',
  'may',
  'The limit can be set below the bytes on the queue: the messages stay, and sending waits until there is room again.',
  'Linux ipc/msg.c, msgctl_down',
)
const setWakes = clause(
  'msgctl.set.wakes',
  'unspecified',
  'IPC_SET makes sleeping receivers look again and sleeping senders that fit go on.',
  'Linux ipc/msg.c, msgctl_down',
)
const sendersEnd = clause(
  'snd.rmid',
  'shall',
  'Every sleeping sender returns with EIDRM when the queue is removed.',
  'POSIX.1-2024 msgsnd, ERRORS, [EIDRM]',
)
const receiversEnd = clause(
  'rcv.rmid',
  'shall',
  'Every sleeping receiver returns with EIDRM when the queue is removed, and the messages are gone.',
  'POSIX.1-2024 msgrcv, ERRORS, [EIDRM]',
)

export const msgctlClauses = [limitBeforeUser, limitLowered, setWakes, sendersEnd, receiversEnd]
