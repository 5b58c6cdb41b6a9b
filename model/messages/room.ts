import { choose, type Moment } from '../moment.ts'
import type { Clause } from '../rule.ts'
import * as clauses from './clauses.ts'
import { receiversOf, sendersOf } from './queue.ts'
import { accepts, matches } from './selection.ts'
import type { Message, Queue } from './state.ts'

/** The bytes of all messages: `__msg_cbytes`. */
export const bytesOn = (queue: Queue): number => queue.messages.reduce((bytes, { size }) => bytes + size, 0)

/** Linux ipc/msg.c, msg_fits_inqueue: `msg_qbytes` bounds the bytes and the number of messages. */
export const fits = (queue: Queue, size: number): boolean =>
  size + bytesOn(queue) <= queue.limit && queue.messages.length + 1 <= queue.limit

/**
 * Whether the message can be sent now. Linux says what `fits` says. POSIX calls a queue full when it holds exactly
 * `msg_qbytes` bytes; between that wording, the practice of not exceeding the limit, a limit on the number of messages
 * and the order among senders, the answer is open in several cases.
 */
export function hasRoom(moment: Moment, queue: Queue, message: Message): boolean {
  const documented = fits(queue, message.size)
  if (moment.profile.openChoices === 'documented') return documented
  const open = openBecause(moment, queue, message)
  return open === undefined || choose(moment, open, 2) === 0 ? documented : !documented
}

/** The clause that leaves open whether the message can be sent now; undefined where every reading agrees. */
export function openBecause(moment: Moment, queue: Queue, message: Message): Clause | undefined {
  const bytes = bytesOn(queue)
  if (!fits(queue, message.size)) {
    if (bytes < queue.limit) return whyFull(queue, message.size)
    if (bytes === queue.limit && message.size === 0) return clauses.fullCount
    return waitedFor(moment, queue, message) ? clauses.fullBeatsReceiver : undefined
  }
  if (bytes === queue.limit) return clauses.emptyAtLimit
  const isBlocked = sendersOf(moment, queue).some(({ sleep }) => !fits(queue, sleep.message.size))
  return isBlocked ? clauses.newcomer : undefined
}

/** Which clause says that there is no room. */
export function whyFull(queue: Queue, size: number): Clause {
  if (queue.limit === 0) return clauses.limitZero
  if (size > queue.limit) return clauses.largerThanQueue
  return size + bytesOn(queue) > queue.limit ? clauses.fullBytes : clauses.fullCount
}

/** Whether a receiver sleeps that could take the message. */
export const waitedFor = (moment: Moment, queue: Queue, message: Message): boolean =>
  receiversOf(moment, queue).some(
    ({ sleep }) => matches(sleep.selection, message.type) && accepts(sleep.call, message.size),
  )
