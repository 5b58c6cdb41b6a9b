import { isNegativeId, objectName } from '../common/access.ts'
import { decide, fails, type Moment, note } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { controlBuffers, IPC_NOWAIT, messageParts } from '../vocabulary/names.ts'
import {
  isNegative,
  isUnknown,
  type Situation as MsgctlSituation,
  mayNotChange,
  mayNotStat,
} from './msgctl.ts'
import { msgrcv } from './msgrcv.ts'
import {
  isBadId,
  isBadType,
  isNegativeSize,
  isTooLarge,
  mayNotWrite,
  msgsnd,
  type Situation,
  situationOf,
  wouldSleep,
} from './msgsnd.ts'

/** msgsnd of a message that cannot be read. Where the body is empty nothing of it has to be. */
export function badMsgsnd(moment: Moment, actor: string, call: CallOf<'bad_msgsnd'>): void {
  const { queue, type, size, part } = call
  const sent = { name: 'msgsnd', queue, type, size, fill: 0, flags: IPC_NOWAIT } as const
  const isType = part === messageParts.of.type
  if (!isType) note(moment, readLast)
  if (!isType && Number(size) === 0) msgsnd(moment, actor, sent)
  else decide(moment, isType ? typeRules : bodyRules, situationOf(moment, actor, sent))
}

/** msgrcv into a buffer that cannot be written: that is noticed when there is a message. */
export function badMsgrcv(moment: Moment, actor: string, call: CallOf<'bad_msgrcv'>): void {
  note(moment, noticedLate)
  msgrcv(moment, actor, call)
}

/** msgctl with a buffer that cannot be used. */
export function badMsgctl(moment: Moment, actor: string, call: CallOf<'bad_msgctl'>): void {
  const name = objectName(moment.world, call.queue)
  const situation = {
    moment,
    actor,
    call: { name: 'msgctl.IPC_STAT', queue: call.queue },
    name,
    queue: moment.world.queues[name],
  } as const
  decide(moment, call.buffer === controlBuffers.of.IPC_SET ? setRules : statRules, situation)
}

const isBad = <S extends { readonly moment: Moment; readonly actor: string }>(about: Clause): Rule<S> => ({
  ...about,
  errno: 'EFAULT',
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EFAULT'),
})

const manual = 'msgop(2), ERRORS, EFAULT'

const badType = isBad<Situation>(
  clause(
    'msgsnd.efault.type',
    'may',
    'A message type that cannot be read is an error before everything else.',
    manual,
    'Linux ipc/msg.c, ksys_msgsnd',
  ),
)
const badBody = isBad<Situation>(
  clause(
    'msgsnd.efault.body',
    'may',
    'A body that cannot be read is an error, and nothing is queued.',
    manual,
    'Linux ipc/msgutil.c, load_msg',
  ),
)
const readLast = clause(
  'msgsnd.efault.body-last',
  'linux',
  'The body is read after size, type and sign of the identifier were checked, and only as far as it goes.',
  'Linux ipc/msgutil.c, load_msg',
)
const noticedLate = clause(
  'msgrcv.efault.only-with-message',
  'linux',
  'A buffer that cannot be written is noticed when there is a message for it, not before.',
  'Linux ipc/msg.c, do_msg_fill',
)
const badBuffer = isBad<MsgctlSituation>(
  clause(
    'msgctl.efault',
    'may',
    'A buffer that cannot be used is an error, and nothing changes.',
    'msgctl(2), ERRORS, EFAULT',
  ),
)

const isNegativeQueue: Rule<Situation> = {
  ...isBadId,
  when: ({ moment, call }) => isNegativeId(moment.world, call.queue),
}

/** The checks in Linux's order (ipc/msg.c, do_msgsnd): the message is copied before the queue is looked up. */
const typeRules = [badType, isTooLarge, isNegativeSize, isBadId, mayNotWrite, wouldSleep]
const bodyRules = [
  isTooLarge,
  isNegativeSize,
  isNegativeQueue,
  isBadType,
  badBody,
  isBadId,
  mayNotWrite,
  wouldSleep,
]

const setRules = [isNegative, badBuffer, isUnknown, mayNotChange]
const statRules = [isNegative, isUnknown, mayNotStat, badBuffer]

export const badClauses = [badType, badBody, badBuffer, readLast, noticedLate]
