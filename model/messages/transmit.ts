import { choose, fails, type Moment, note, returns } from '../moment.ts'
import { LONG_MIN } from '../vocabulary/names.ts'
import { activityOf, processOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { longerThanAllowed } from './limits.ts'
import { leave, receiversOf, type Sleeper, setQueue } from './queue.ts'
import { accepts, arriving, type Buffer, matches } from './selection.ts'
import { changedQueue, type Message, type MsgrcvCall, type Queue, type ReceiveSleep } from './state.ts'

/**
 * The sender's message is on its way: on Linux it is handed to the first sleeping receiver that wants it (ipc/msg.c,
 * pipelined_send), else queued. Where the order among receivers is open it is queued first: see `settle`.
 */
export function transmit(moment: Moment, name: string, sender: string, message: Message): void {
  const queue = moment.world.queues[name]
  if (queue === undefined) return
  if (message.size === moment.world.limits.msgmax) note(moment, clauses.largestMessage)
  returns(moment, sender)
  note(moment, clauses.stimeSet)
  const sent = changedQueue(queue, { lastSender: processOf(moment.world, sender), stime: moment.now })
  const isOffered = queue.receivers.length > 0 && moment.profile.openChoices === 'documented'
  if (isOffered && isTaken(moment, name, sent, message)) return
  const { receivers } = moment.world.queues[name] ?? sent
  setQueue(moment, name, changedQueue(sent, { receivers, messages: [...queue.messages, message] }))
}

/** Offers the message to the sleeping receivers in turn; those with too small a buffer leave on the way. */
function isTaken(moment: Moment, queueName: string, queue: Queue, message: Message): boolean {
  setQueue(moment, queueName, queue)
  const receivers = receiversOf(moment, queue)
  const wanting = receivers.filter(({ sleep }) => matches(sleep.selection, message.type))
  if (wanting.length === 0) note(moment, clauses.receiverMatch)
  if (wanting.some(({ sleep }) => isBound(sleep, message))) note(moment, clauses.boundIncluded)
  const taker = wanting.findIndex(({ sleep }) => accepts(sleep.call, message.size))
  const tooSmall = taker === -1 ? wanting : wanting.slice(0, taker)
  for (const { name, sleep } of tooSmall) {
    note(moment, taker === -1 ? clauses.allTooSmall : clauses.tooSmallAsleep)
    leave(moment, name, sleep)
    fails(moment, name, 'E2BIG')
  }
  const chosen = wanting[taker]
  if (chosen !== undefined) note(moment, clauses.handOver)
  noteOthers(moment, receivers, chosen, message)
  if (chosen === undefined) return false
  if (wanting.length > taker + 1) note(moment, clauses.receiverFifo)
  if (isCut(chosen.sleep.call, message)) note(moment, clauses.cutAsleep)
  leave(moment, chosen.name, chosen.sleep)
  const left = moment.world.queues[queueName] ?? queue
  receives(moment, queueName, left, chosen.name, chosen.sleep.call, message)
  return true
}

const isBound = ({ selection, call }: ReceiveSleep, { type }: Message): boolean =>
  selection.mode === 'atMost' && selection.type === type && call.type !== LONG_MIN

function noteOthers(
  moment: Moment,
  receivers: readonly Sleeper<ReceiveSleep>[],
  chosen: Sleeper<ReceiveSleep> | undefined,
  message: Message,
): void {
  const others = receivers.filter(({ sleep }) => !matches(sleep.selection, message.type))
  if (others.some(({ sleep }) => !accepts(sleep.call, message.size))) note(moment, clauses.otherTypeAsleep)
  if (chosen === undefined) return
  if (others.some((other) => receivers.indexOf(other) < receivers.indexOf(chosen)))
    note(moment, clauses.receiverMatch)
}

export const isCut = (buffer: Buffer, message: Message): boolean =>
  arriving(buffer, message.size) < message.size

/** The call returns with the message, and the queue, which no longer holds it, records the receiver. */
function receives(
  moment: Moment,
  name: string,
  queue: Queue,
  receiver: string,
  buffer: MsgrcvCall,
  { type, size, fill, overwritten }: Message,
): void {
  setQueue(
    moment,
    name,
    changedQueue(queue, { lastReceiver: recordedOf(moment, receiver), rtime: moment.now }),
  )
  if (buffer.name === 'bad_msgrcv') {
    note(moment, clauses.lost)
    fails(moment, receiver, 'EFAULT')
    return
  }
  const bytes = arriving(buffer, size)
  if (overwritten) note(moment, clauses.copiedAtCall)
  if (size > moment.world.limits.msgmax) note(moment, longerThanAllowed)
  returns(moment, receiver, bytes, { type, fill: bytes === 0 ? -1 : fill, matched: bytes, beyond: 0 })
  note(moment, clauses.rtimeSet)
}

/** Who is recorded as the receiver: on Linux the thread itself, if it sleeps (ipc/msg.c, pipelined_send). */
function recordedOf(moment: Moment, receiver: string): string {
  const process = processOf(moment.world, receiver)
  if (process === receiver || activityOf(moment.world, receiver)?.is !== 'asleep') return process
  note(moment, clauses.threadRecorded)
  return choose(moment, clauses.threadRecorded, 2) === 0 ? receiver : process
}

/** Takes the message at the index off the queue and gives it to the receiver. */
export function takes(
  moment: Moment,
  name: string,
  receiver: string,
  buffer: MsgrcvCall,
  index: number,
): void {
  const queue = moment.world.queues[name]
  const message = queue?.messages[index]
  if (queue === undefined || message === undefined) return
  if (buffer.name === 'bad_msgrcv' && choose(moment, clauses.lost, 2) === 1) {
    note(moment, clauses.lost)
    fails(moment, receiver, 'EFAULT')
    return
  }
  receives(
    moment,
    name,
    changedQueue(queue, { messages: queue.messages.toSpliced(index, 1) }),
    receiver,
    buffer,
    message,
  )
}
