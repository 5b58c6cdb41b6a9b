import { isNegativeId, READ } from '../common/access.ts'
import { negativeId } from '../common/control.ts'
import { noteAccess } from '../common/object-notes.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import { type Errno, IPC_NOWAIT, MSG_EXCEPT, MSG_NOERROR } from '../vocabulary/names.ts'
import type { MsgrcvCall, Queue } from './state.ts'

/** A call of msgrcv with MSG_COPY; `queue` is undefined where the identifier is not valid. */
interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: MsgrcvCall
  readonly queue: Queue | undefined
}

const manual = 'msgrcv(2), DESCRIPTION, MSG_COPY'
const copying = 'Linux ipc/msg.c, copy_msg'

export const copies = clause(
  'copy.index',
  'linux',
  'With MSG_COPY the type is a position on the queue, from 0; the message there is copied, and the queue stays as it is.',
  manual,
)
const noTraces = clause(
  'copy.no-stats',
  'linux',
  'A copy changes neither counts nor times nor the last receiver.',
  manual,
)
const needsNoWait = clause('copy.needs-nowait', 'linux', 'MSG_COPY without IPC_NOWAIT is an error.', manual)
const notExcept = clause('copy.not-with-except', 'linux', 'MSG_COPY with MSG_EXCEPT is an error.', manual)
const tooLong = clause(
  'copy.e2big',
  'linux',
  'Copying a message longer than the buffer is an error.',
  'msgrcv(2), ERRORS, E2BIG',
)
const neverCut = clause(
  'copy.noerror-einval',
  'linux',
  'A copy is never cut: with MSG_NOERROR too a longer message is an error, EINVAL.',
  copying,
)
const longerThanAllowed = clause(
  'copy.lowered-msgmax',
  'linux',
  'A message longer than a MSGMAX lowered meanwhile can be received but not copied.',
  'Linux ipc/msg.c, prepare_copy',
)

const bufferRead = clause(
  'copy.buffer-read',
  'linux',
  'MSG_COPY needs a buffer of the size that it was told, which is looked at before the identifier.',
  'Linux ipc/msg.c, prepare_copy',
)

export const copyClauses = [
  bufferRead,
  copies,
  noTraces,
  needsNoWait,
  notExcept,
  tooLong,
  neverCut,
  longerThanAllowed,
]

/**
 * msgrcv with MSG_COPY: the checks in Linux's order (ipc/msg.c, do_msgrcv). `size`: the check of the size; `queue`: those of
 * identifier and permission.
 */
export function copy(
  situation: Situation,
  size: readonly Rule<Situation>[],
  queue: readonly Rule<Situation>[],
): void {
  decide(situation.moment, [...size, ...flagErrors, ...queue, ...ends], situation)
}

const error = (about: Clause, errno: Errno, when: Rule<Situation>['when']): Rule<Situation> => ({
  ...about,
  errno,
  when,
  outcome: ({ moment, actor }) => {
    fails(moment, actor, errno)
  },
})

const has = ({ call }: Situation, flag: number) => (call.flags & flag) !== 0

const flagErrors: readonly Rule<Situation>[] = [
  error(negativeId, 'EINVAL', ({ moment, call }) => isNegativeId(moment.world, call.queue)),
  error(notExcept, 'EINVAL', (situation) => has(situation, MSG_EXCEPT)),
  error(needsNoWait, 'EINVAL', (situation) => !has(situation, IPC_NOWAIT)),
  error(bufferRead, 'EFAULT', ({ call }) => call.name === 'bad_msgrcv' && call.size > 0),
]

/** The message at the position; undefined where there is none. */
const messageOf = ({ queue, call }: Situation) =>
  queue?.messages.find((_, position) => BigInt(position) === BigInt(call.type))

const isTooLong = (situation: Situation) =>
  (messageOf(situation)?.size ?? 0) > Math.max(0, Number(situation.call.size))

const isLongerThanAllowed = (situation: Situation) =>
  (messageOf(situation)?.size ?? 0) > situation.moment.world.limits.msgmax

const ends: readonly Rule<Situation>[] = [
  error(copies, 'ENOMSG', (situation) => messageOf(situation) === undefined),
  error(tooLong, 'E2BIG', (situation) => isTooLong(situation) && !has(situation, MSG_NOERROR)),
  error(neverCut, 'EINVAL', isTooLong),
  error(bufferRead, 'EFAULT', ({ call }) => call.name === 'bad_msgrcv'),
  error(longerThanAllowed, 'EINVAL', isLongerThanAllowed),
  {
    ...copies,
    errno: 'none',
    when: () => true,
    outcome: (situation) => {
      const { moment, actor, queue } = situation
      const message = messageOf(situation)
      if (queue === undefined || message === undefined) return
      note(moment, noTraces)
      noteAccess(moment, actor, queue, READ)
      const { type, size, fill } = message
      returns(moment, actor, size, { type, fill: size === 0 ? -1 : fill, matched: size, beyond: 0 })
    },
  },
]
