import { ALTER, grants, isNegativeId, objectName } from '../common/access.ts'
import { laterInvalid, negativeId, staleId } from '../common/control.ts'
import { noteAccess } from '../common/object-notes.ts'
import { choose, decide, fails, type Moment, note } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { type Errno, IPC_NOWAIT } from '../vocabulary/names.ts'
import type { IdArgument } from '../vocabulary/shape.ts'
import { identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { fallAsleep } from './queue.ts'
import { bytesOn, fits, hasRoom, waitedFor, whyFull } from './room.ts'
import { somethingChanged } from './settle.ts'
import type { Message, Queue } from './state.ts'
import { transmit } from './transmit.ts'

/** A call of msgsnd; `queue` is undefined where the identifier is not valid, `goes` whether the message has room. */
export interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'msgsnd'>
  readonly name: string
  readonly queue: Queue | undefined
  readonly message: Message
  readonly goes: boolean
}

/** msgsnd: the checks in Linux's order (ipc/msg.c, do_msgsnd), then the message is sent or the caller sleeps. */
export function msgsnd(moment: Moment, actor: string, call: CallOf<'msgsnd'>): void {
  decide(moment, rules, situationOf(moment, actor, call))
}

export function situationOf(moment: Moment, actor: string, call: CallOf<'msgsnd'>): Situation {
  const name = objectName(moment.world, call.queue)
  const queue = moment.world.queues[name]
  const message = messageOf(call)
  const goes = queue !== undefined && hasRoom(moment, queue, message)
  return { moment, actor, call, name, queue, message, goes }
}

/** The message as it is copied at the time of the call. */
function messageOf({ type, size, fill }: CallOf<'msgsnd'>): Message {
  const bytes = Number(size)
  return { type, size: bytes, fill: bytes === 0 ? -1 : fill & 0xff, overwritten: false }
}

const errors = 'POSIX.1-2024 msgsnd, ERRORS'
const description = 'POSIX.1-2024 msgsnd, DESCRIPTION'
const linuxSend = 'Linux ipc/msg.c, do_msgsnd'

const fail =
  (errno: Errno) =>
  ({ moment, actor }: Situation): void =>
    fails(moment, actor, errno)

export const isTooLarge: Rule<Situation> = {
  ...clause(
    'msgsnd.msgsz.max',
    'shall',
    'A message larger than MSGMAX is an error, whatever the limit of the queue.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: ({ moment, call }) => call.size > moment.world.limits.msgmax,
  outcome: (situation) => {
    if (situation.message.size === situation.moment.world.limits.msgmax + 1)
      note(situation.moment, clauses.largestMessage)
    fail('EINVAL')(situation)
  },
}

export const isNegativeSize: Rule<Situation> = {
  ...clause(
    'msgsnd.msgsz.negative',
    'shall',
    'A size that is negative when seen as signed is an error.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: ({ call }) => call.size < 0,
  outcome: fail('EINVAL'),
}

export const isBadType: Rule<Situation> = {
  ...clause('msgsnd.mtype', 'shall', 'A message type below 1 is an error.', `${errors}, [EINVAL]`),
  errno: 'EINVAL',
  when: ({ call }) => call.type < 1,
  outcome: fail('EINVAL'),
}

export const isBadId: Rule<Situation> = {
  ...clause('msgsnd.id', 'shall', 'The identifier of no living queue is an error.', `${errors}, [EINVAL]`),
  errno: 'EINVAL',
  when: ({ queue }) => queue === undefined,
  outcome: (situation) => fail(noteBadId(situation.moment, situation.call.queue))(situation),
}

export const mayNotWrite: Rule<Situation> = {
  ...clause(
    'msgsnd.eacces',
    'shall',
    'Sending needs write permission, also where the queue is full.',
    `${errors}, [EACCES]`,
  ),
  errno: 'EACCES',
  when: ({ moment, actor, queue }) =>
    queue !== undefined && !grants(identityOf(moment.world, actor), queue.permission, ALTER),
  outcome: (situation) => {
    const { moment, actor, queue } = situation
    if (queue !== undefined) noteAccess(moment, actor, queue, ALTER)
    fail('EACCES')(situation)
  },
}

/** Elsewhere (BSD, illumos) a message that could never be sent is an invalid argument; Linux waits for a larger limit. */
const isInvalidElsewhere: Rule<Situation> = {
  ...clauses.largerThanQueue,
  errno: 'EINVAL',
  when: ({ queue, message }) => queue !== undefined && message.size > queue.limit,
  outcome: fail('EINVAL'),
  elsewhere: true,
}

export const wouldSleep: Rule<Situation> = {
  ...clause(
    'msgsnd.full.eagain',
    'shall',
    'With IPC_NOWAIT a full queue is an error, and nothing changes.',
    `${errors}, [EAGAIN]`,
  ),
  errno: 'EAGAIN',
  when: (situation) => isFull(situation) && (situation.call.flags & IPC_NOWAIT) !== 0,
  outcome: (situation) => {
    noteFull(situation)
    fail('EAGAIN')(situation)
  },
}

const sleeps: Rule<Situation> = {
  ...clause('msgsnd.block', 'shall', 'Without IPC_NOWAIT the sender sleeps on a full queue.', description),
  errno: 'none',
  when: (situation) => isFull(situation) && (situation.call.flags & IPC_NOWAIT) === 0,
  outcome: (situation) => {
    const { moment, actor, call, name, message } = situation
    noteFull(situation)
    fallAsleep(moment, actor, { in: 'messages', does: 'send', call, queue: name, message })
  },
}

const sends: Rule<Situation> = {
  ...clause(
    'msgsnd.return',
    'shall',
    'msgsnd returns 0 when it has sent.',
    'POSIX.1-2024 msgsnd, RETURN VALUE',
  ),
  errno: 'none',
  // What has no room is refused above, or sleeps.
  when: ({ queue }) => queue !== undefined,
  outcome: ({ moment, actor, name, queue, message }) => {
    if (queue === undefined) return
    noteAccess(moment, actor, queue, ALTER)
    note(moment, sent)
    if (queue.senders.length > 0) note(moment, clauses.newcomer)
    if (bytesOn(queue) === queue.limit) note(moment, clauses.emptyAtLimit)
    if (message.size === 0) note(moment, emptyMessage)
    transmit(moment, name, actor, message)
    somethingChanged(moment, name)
  },
}

export const rules: readonly Rule<Situation>[] = [
  isTooLarge,
  isNegativeSize,
  isBadType,
  isBadId,
  mayNotWrite,
  isInvalidElsewhere,
  wouldSleep,
  sleeps,
  sends,
]

const isFull = ({ queue, goes }: Situation) => queue !== undefined && !goes

function noteFull({ moment, actor, queue, message }: Situation): void {
  if (queue === undefined || fits(queue, message.size)) return
  noteAccess(moment, actor, queue, ALTER)
  note(moment, whyFull(queue, message.size))
  if (waitedFor(moment, queue, message)) note(moment, clauses.fullBeatsReceiver)
}

/** Notes what an identifier of no living queue shows. POSIX allows EIDRM too where the queue was removed. */
export function noteBadId(moment: Moment, id: IdArgument): 'EINVAL' | 'EIDRM' {
  const isNegative = isNegativeId(moment.world, id)
  note(moment, isNegative ? negativeId : staleId)
  if (isNegative || typeof id === 'number') return 'EINVAL'
  note(moment, laterInvalid)
  return choose(moment, laterInvalid, 2) === 0 ? 'EINVAL' : 'EIDRM'
}

const sent = clause(
  'msgsnd.ok',
  'shall',
  'A message that fits is appended to the queue, or received by a process that waits for it.',
  description,
)
const emptyMessage = clause(
  'msgsnd.zero-length',
  'shall',
  'A message may have no body; it counts as a message of no bytes.',
  description,
  linuxSend,
)

export const msgsndClauses = [sent, emptyMessage]
