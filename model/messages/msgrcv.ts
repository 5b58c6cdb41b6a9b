import { grants, objectName, READ } from '../common/access.ts'
import { noteAccess } from '../common/object-notes.ts'
import { choose, decide, fails, type Moment, note } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import { type Errno, IPC_NOWAIT, LONG_MIN, MSG_COPY, MSG_EXCEPT } from '../vocabulary/names.ts'
import { identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { copies, copy } from './copy.ts'
import { noteBadId } from './msgsnd.ts'
import { fallAsleep } from './queue.ts'
import { accepts, matches, select, selectionOf } from './selection.ts'
import { roomAppeared, somethingChanged } from './settle.ts'
import type { Message, MsgrcvCall, Queue, Selection } from './state.ts'
import { isCut, takes } from './transmit.ts'

/** A call of msgrcv; `queue` is undefined where the identifier is not valid, `message` where none is selected. */
interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: MsgrcvCall
  readonly name: string
  readonly queue: Queue | undefined
  readonly selection: Selection
  readonly index: number
  readonly message: Message | undefined
}

/** What the checks look at that need no message. */
type Call = Pick<Situation, 'moment' | 'actor' | 'call' | 'queue'>

/** msgrcv: the checks in Linux's order (ipc/msg.c, do_msgrcv), then a message is taken or the caller sleeps. */
export function msgrcv(moment: Moment, actor: string, call: MsgrcvCall): void {
  const name = objectName(moment.world, call.queue)
  const queue = moment.world.queues[name]
  if ((call.flags & MSG_COPY) !== 0 && choose(moment, copies, 2) === 0) {
    copy({ moment, actor, call, queue }, [isNegativeSize], [isBadId, mayNotRead])
    return
  }
  if (call.size > moment.world.limits.msgmax) note(moment, roomy)
  const selection = selectionOf(call.type, heededFlags(moment, call))
  const index = queue === undefined ? -1 : select(queue.messages, selection)
  const message = queue?.messages[index]
  decide(moment, rules, { moment, actor, call, name, queue, selection, index, message })
}

/** MSG_EXCEPT is no flag of POSIX: other systems ignore it. */
const heededFlags = (moment: Moment, { type, flags }: MsgrcvCall) =>
  type > 0 && (flags & MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags

const errors = 'POSIX.1-2024 msgrcv, ERRORS'
const description = 'POSIX.1-2024 msgrcv, DESCRIPTION'

const fail =
  (errno: Errno) =>
  ({ moment, actor }: Call): void =>
    fails(moment, actor, errno)

const isNegativeSize: Rule<Call> = {
  ...clause(
    'msgrcv.msgsz.negative',
    'unspecified',
    'A size that is negative when seen as signed is an error.',
    'msgrcv(2), ERRORS, EINVAL',
    `${description}: above SSIZE_MAX the result is implementation-defined`,
  ),
  errno: 'EINVAL',
  when: ({ call }) => call.size < 0,
  outcome: fail('EINVAL'),
}

const isBadId: Rule<Call> = {
  ...clause('msgrcv.id', 'shall', 'The identifier of no living queue is an error.', `${errors}, [EINVAL]`),
  errno: 'EINVAL',
  when: ({ queue }) => queue === undefined,
  outcome: (situation) => fail(noteBadId(situation.moment, situation.call.queue))(situation),
}

const mayNotRead: Rule<Call> = {
  ...clause(
    'msgrcv.eacces',
    'shall',
    'Receiving needs read permission, also where there is nothing to receive.',
    `${errors}, [EACCES]`,
  ),
  errno: 'EACCES',
  when: ({ moment, actor, queue }) =>
    queue !== undefined && !grants(identityOf(moment.world, actor), queue.permission, READ),
  outcome: (situation) => {
    const { moment, actor, queue } = situation
    if (queue !== undefined) noteAccess(moment, actor, queue, READ)
    fail('EACCES')(situation)
  },
}

const isTooLong: Rule<Situation> = {
  ...clause(
    'msgrcv.e2big.message-stays',
    'shall',
    'A selected message longer than the buffer is an error without MSG_NOERROR: it stays where it is, and no other is looked for.',
    `${errors}, [E2BIG]`,
  ),
  errno: 'E2BIG',
  when: ({ call, message }) => message !== undefined && !accepts(call, message.size),
  outcome: (situation) => {
    fail('E2BIG')(situation)
    noteSelected(situation)
  },
}

const wouldSleep: Rule<Situation> = {
  ...clause(
    'msgrcv.enomsg',
    'shall',
    'With IPC_NOWAIT it is an error that no message is selected.',
    `${errors}, [ENOMSG]`,
  ),
  errno: 'ENOMSG',
  when: ({ call, queue, message }) =>
    queue !== undefined && message === undefined && (call.flags & IPC_NOWAIT) !== 0,
  outcome: (situation) => {
    noteUnselected(situation)
    fail('ENOMSG')(situation)
  },
}

const receives: Rule<Situation> = {
  ...clause(
    'msgrcv.return',
    'shall',
    'msgrcv returns the number of body bytes that it stored.',
    'POSIX.1-2024 msgrcv, RETURN VALUE',
  ),
  errno: 'none',
  when: (situation) => isAccepted(situation) && situation.call.name === 'msgrcv',
  outcome: receive,
}

const loses: Rule<Situation> = {
  ...clauses.lost,
  errno: 'none',
  when: (situation) => isAccepted(situation),
  outcome: receive,
}

const sleeps: Rule<Situation> = {
  ...clause(
    'msgrcv.block',
    'shall',
    'Without IPC_NOWAIT the receiver sleeps while no message is selected, whatever else is on the queue.',
    description,
  ),
  errno: 'none',
  when: () => true,
  outcome: (situation) => {
    const { moment, actor, call, name, queue, selection } = situation
    if (queue === undefined) return
    noteUnselected(situation)
    fallAsleep(moment, actor, { in: 'messages', does: 'receive', call, queue: name, selection })
    somethingChanged(moment, name)
  },
}

export const rules: readonly Rule<Situation>[] = [
  isNegativeSize,
  isBadId,
  mayNotRead,
  isTooLong,
  wouldSleep,
  receives,
  loses,
  sleeps,
]

const isAccepted = ({ call, message }: Situation) => message !== undefined && accepts(call, message.size)

function receive(situation: Situation): void {
  const { moment, actor, call, name, queue, index, message } = situation
  if (queue === undefined || message === undefined) return
  noteAccess(moment, actor, queue, READ)
  if (isOnlyOne(situation)) noteSelected(situation)
  if (call.name === 'msgrcv') note(moment, received)
  if (queue.receivers.length > 0) note(moment, newcomer)
  noteSelected(situation)
  if (isCut(call, message)) note(moment, truncates)
  takes(moment, name, actor, call, index)
  roomAppeared(moment, name)
}

/** Whether there was nothing to choose, so that a wrong message is hardly the fault of the selection. */
const isOnlyOne = ({ queue, selection: { mode } }: Situation) =>
  queue?.messages.length === 1 && (mode === 'any' || mode === 'equal')

/** Which clauses about selection does this message show? */
function noteSelected({ moment, call, queue, selection, message }: Situation): void {
  if (queue === undefined || message === undefined) return
  if (selection.mode === 'any') note(moment, zero)
  else if (selection.mode === 'equal') note(moment, positive)
  else if (selection.mode === 'except') note(moment, except)
  else {
    if (queue.messages.find(({ type }) => matches(selection, type)) !== message) note(moment, lowestType)
    if (message.type === selection.type && call.type !== LONG_MIN) note(moment, clauses.boundIncluded)
    if (call.type === LONG_MIN) note(moment, lowestLong)
  }
}

function noteUnselected({ moment, actor, call, queue }: Situation): void {
  if (queue === undefined) return
  noteAccess(moment, actor, queue, READ)
  if (queue.messages.length === 0) return
  if (call.type > 0) note(moment, (call.flags & MSG_EXCEPT) === 0 ? positive : except)
}

const zero = clause('msgrcv.select.zero', 'shall', 'Type 0 selects the oldest message.', description)
const positive = clause(
  'msgrcv.select.positive',
  'shall',
  'A positive type selects the oldest message of that type.',
  description,
)
const lowestType = clause(
  'msgrcv.select.negative.lowest-type-not-first',
  'shall',
  'A negative type selects the oldest message of the lowest type up to its absolute value, not the oldest of all these.',
  description,
)
const lowestLong = clause(
  'msgrcv.select.negative.min',
  'shall',
  'LONG_MIN, whose absolute value is no long, selects among messages of all types.',
  description,
  'Linux ipc/msg.c, convert_mode',
)
const except = clause(
  'msgrcv.select.except',
  'linux',
  'A positive type with MSG_EXCEPT selects the oldest message of any other type.',
  'msgrcv(2), DESCRIPTION, MSG_EXCEPT',
)
const truncates = clause(
  'msgrcv.noerror.truncate',
  'shall',
  'With MSG_NOERROR a body longer than the buffer is cut; the rest is lost and gives its room back.',
  description,
)
const roomy = clause(
  'msgrcv.msgsz.above-msgmax',
  'shall',
  'The buffer may be larger than any message.',
  description,
)
const received = clause(
  'msgrcv.ok',
  'shall',
  'The selected message is taken off the queue, and its type and body are stored.',
  description,
)
const newcomer = clause(
  'rcv.newcomer',
  'shall',
  'A new receiver takes a message that is there, although others sleep that want none of those there.',
  description,
)

export const msgrcvClauses = [
  zero,
  positive,
  lowestType,
  lowestLong,
  except,
  truncates,
  roomy,
  received,
  newcomer,
]
