import { createdPermission } from '../common/access.ts'
import { countOf, noteFoundWhenFull, noteFull } from '../common/full.ts'
import {
  created,
  creatorIsEffective,
  exclusiveExists,
  existingReturned,
  findKey,
  type GetSituation,
  missingKey,
  modeStored,
  permissionRefused,
} from '../common/get.ts'
import { decide, fails, type Moment, note } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf } from '../world.ts'
import { ctimeSet } from './clauses.ts'
import { hasAllQueues, limitMsgmni } from './limits.ts'
import { setQueue } from './queue.ts'
import type { Queue } from './state.ts'

/** msgget: the checks in Linux's order (ipc/util.c, ipcget; ipc/msg.c, newque). */
export function msgget(moment: Moment, actor: string, call: CallOf<'msgget'>): void {
  const existing = findKey(moment.world.queues, call.key)
  const permission = moment.world.queues[existing]?.permission
  decide(moment, rules, { moment, actor, call, existing, permission })
}

const description = 'POSIX.1-2024 msgget, DESCRIPTION'

const tooMany: Rule<GetSituation> = {
  ...clause(
    'msgget.enospc',
    'shall',
    'A queue more than MSGMNI cannot be made.',
    'POSIX.1-2024 msgget, ERRORS, [ENOSPC]',
  ),
  errno: 'ENOSPC',
  when: (situation) =>
    situation.existing === '' && !missingKey.when(situation) && hasAllQueues(situation.moment.world),
  outcome: ({ moment, actor }) => {
    note(moment, limitMsgmni)
    noteFull(moment, countOf(moment.world.queues), moment.world.limits.msgmni)
    fails(moment, actor, 'ENOSPC')
  },
}

const existing: Rule<GetSituation> = {
  ...existingReturned,
  outcome: (situation) => {
    const { queues, limits } = situation.moment.world
    noteFoundWhenFull(situation.moment, countOf(queues), limits.msgmni)
    existingReturned.outcome(situation)
  },
}

const creates: Rule<GetSituation> = {
  ...clause(
    'msgget.init',
    'shall',
    'A new queue is empty, nobody sent or received, ctime is now, and the limit is that of the system.',
    description,
  ),
  errno: 'none',
  when: ({ existing }) => existing === '',
  outcome: (situation) => {
    const { moment, actor, call } = situation
    for (const also of [modeStored, creatorIsEffective, ctimeSet]) note(moment, also)
    const permission = createdPermission(identityOf(moment.world, actor), call.key, call.flags)
    const queue: Queue = {
      permission,
      initialMode: permission.mode,
      messages: [],
      limit: moment.world.limits.msgmnb,
      lastSender: '',
      lastReceiver: '',
      stime: 0,
      rtime: 0,
      ctime: moment.now,
      receivers: [],
      senders: [],
    }
    setQueue(moment, call.as, queue)
    created(situation, 'queue')
    note(moment, initialLimit)
  },
}

export const rules: readonly Rule<GetSituation>[] = [
  missingKey,
  exclusiveExists,
  permissionRefused,
  existing,
  tooMany,
  creates,
]

const initialLimit = clause(
  'limit.msgmnb',
  'shall',
  'The limit of a new queue (msg_qbytes) is MSGMNB.',
  `${description}: msg_qbytes shall be set to the system limit`,
  'msgsnd(2), NOTES: MSGMNB',
)

export const msggetClauses = [initialLimit]
