import { ALTER, grants, READ } from '../common/access.ts'
import { choose, fails, type Moment, note } from '../moment.ts'
import { identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { enlist, leave, type Sleeper, sendersOf } from './queue.ts'
import { fits } from './room.ts'
import { accepts, select } from './selection.ts'
import type { QueueSleep, ReceiveSleep, SendSleep } from './state.ts'
import { isCut, takes, transmit } from './transmit.ts'

/** A woken sender tries again, from the check of its permission on. */
export function trySend(moment: Moment, name: string, { name: sender, sleep }: Sleeper<SendSleep>): void {
  const queue = moment.world.queues[name]
  if (queue === undefined) return
  if (!grants(identityOf(moment.world, sender), queue.permission, ALTER)) {
    note(moment, clauses.senderPermission)
    if (choose(moment, clauses.senderPermission, 2) === 0) {
      leave(moment, sender, sleep)
      fails(moment, sender, 'EACCES')
      return
    }
  }
  const senders = sendersOf(moment, queue)
  const overtaken = senders.slice(0, queue.senders.indexOf(sender))
  if (overtaken.some((other) => !fits(queue, other.sleep.message.size))) note(moment, clauses.smallOvertakes)
  leave(moment, sender, sleep)
  transmit(moment, name, sender, sleep.message)
}

/** A receiver that is off the list looks for a message; without one it goes to the end of the list. */
export function tryReceive(
  moment: Moment,
  name: string,
  { name: receiver, sleep }: Sleeper<ReceiveSleep>,
): void {
  const queue = moment.world.queues[name]
  if (queue === undefined) return
  if (!grants(identityOf(moment.world, receiver), queue.permission, READ)) {
    note(moment, clauses.receiverPermission)
    if (choose(moment, clauses.receiverPermission, 2) === 0) {
      fails(moment, receiver, 'EACCES')
      return
    }
  }
  const index = select(queue.messages, sleep.selection)
  const message = queue.messages[index]
  if (message === undefined) enlist(moment, receiver, sleep)
  else if (!accepts(sleep.call, message.size)) {
    note(moment, clauses.tooSmallAsleep)
    fails(moment, receiver, 'E2BIG')
  } else {
    note(moment, clauses.handOver)
    if (isCut(sleep.call, message)) note(moment, clauses.cutAsleep)
    takes(moment, name, receiver, sleep.call, index)
  }
}

/** The sleeping senders whose own message fits. */
export const fitting = (moment: Moment, name: string): readonly Sleeper<SendSleep>[] => {
  const queue = moment.world.queues[name]
  if (queue === undefined) return []
  return sendersOf(moment, queue).filter(({ sleep }) => fits(queue, sleep.message.size))
}

export const isReceiver = (sleeper: Sleeper<QueueSleep>): sleeper is Sleeper<ReceiveSleep> =>
  sleeper.sleep.does === 'receive'
export const isSender = (sleeper: Sleeper<QueueSleep>): sleeper is Sleeper<SendSleep> =>
  sleeper.sleep.does === 'send'
