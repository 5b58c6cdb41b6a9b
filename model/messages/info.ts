import { objectName } from '../common/access.ts'
import { infoReturns, lookAtSlot, tellAll, usualSlots } from '../common/slots.ts'
import type { Moment } from '../moment.ts'
import { clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { bytesOn } from './room.ts'
import { statusOf } from './status.ts'

const described = clause(
  'msgctl.msg_stat',
  'linux',
  'MSG_STAT and MSG_STAT_ANY describe the queue in a slot and return its identifier.',
  'msgctl(2), MSG_STAT',
)
const limits = clause(
  'msgctl.ipc_info',
  'linux',
  'IPC_INFO tells the limits of queues and returns the highest slot in use.',
  'msgctl(2), IPC_INFO',
)
const totals = clause(
  'msgctl.msg_info',
  'linux',
  'MSG_INFO tells the limits and how many queues, messages and bytes there are.',
  'msgctl(2), MSG_INFO',
)

export const infoClauses = [described, limits, totals]

/** MSG_STAT and MSG_STAT_ANY (ipc/msg.c, msgctl_stat). */
export function msgStat(
  moment: Moment,
  actor: string,
  call: CallOf<'msgctl.MSG_STAT'> | CallOf<'msgctl.MSG_STAT_ANY'>,
): void {
  const name = objectName(moment.world, call.queue)
  const queue = moment.world.queues[name]
  lookAtSlot({
    ...{ moment, actor, name },
    id: call.queue,
    object: queue,
    any: call.name === 'msgctl.MSG_STAT_ANY',
    clauses: usualSlots(described),
    out: () => (queue === undefined ? null : statusOf(moment, queue)),
  })
}

/** What ipc/msg.c tells that nothing depends on (include/uapi/linux/msg.h). */
const constants = { msgpool: 512_000, msgmap: 16_384, msgssz: 16, msgtql: 16_384, msgseg: 65_535 }

/** IPC_INFO and MSG_INFO (ipc/msg.c, msgctl_info). */
export function msgInfo(
  moment: Moment,
  actor: string,
  call: CallOf<'msgctl.IPC_INFO'> | CallOf<'msgctl.MSG_INFO'>,
): void {
  const { queues, limits: now } = moment.world
  const isTotal = call.name === 'msgctl.MSG_INFO'
  const all = Object.values(queues)
  const sum = (of: (queue: (typeof all)[number]) => number) =>
    all.reduce((total, queue) => total + of(queue), 0)
  tellAll({
    ...{ moment, actor },
    id: call.queue,
    objects: Object.keys(queues),
    told: isTotal ? totals : limits,
    ...{ highest: infoReturns, empty: infoReturns },
    out: {
      msgmax: now.msgmax,
      msgmnb: now.msgmnb,
      msgmni: now.msgmni,
      ...constants,
      ...(isTotal
        ? { msgpool: all.length, msgmap: sum(({ messages }) => messages.length), msgtql: sum(bytesOn) }
        : {}),
    },
  })
}
