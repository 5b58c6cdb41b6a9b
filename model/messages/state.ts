import type { Permission, Stamp } from '../permission.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Long } from '../vocabulary/shape.ts'

/** `msg_qnum` and `__msg_cbytes` are no fields: they are counted from the messages. */
export interface Queue {
  readonly permission: Permission
  /** The mode at creation, to tell where permission is checked anew in each call. */
  readonly initialMode: number
  /** The oldest first. */
  readonly messages: readonly Message[]
  /** `msg_qbytes`: at most so many bytes, and so many messages. */
  readonly limit: number
  /** The process of the last successful msgsnd and msgrcv; '' is none. */
  readonly lastSender: string
  readonly lastReceiver: string
  readonly stime: Stamp
  readonly rtime: Stamp
  readonly ctime: Stamp
  /** The processes asleep in msgrcv, in the order in which they are offered a message. */
  readonly receivers: readonly string[]
  /** The processes asleep in msgsnd, in the order in which they look for room. Who found none comes last. */
  readonly senders: readonly string[]
}

/** The queue with some of its fields changed. */
export const changedQueue = (queue: Queue, change: Partial<Queue>): Queue => ({
  permission: change.permission ?? queue.permission,
  initialMode: queue.initialMode,
  messages: change.messages ?? queue.messages,
  limit: change.limit ?? queue.limit,
  lastSender: change.lastSender ?? queue.lastSender,
  lastReceiver: change.lastReceiver ?? queue.lastReceiver,
  stime: change.stime ?? queue.stime,
  rtime: change.rtime ?? queue.rtime,
  ctime: change.ctime ?? queue.ctime,
  receivers: change.receivers ?? queue.receivers,
  senders: change.senders ?? queue.senders,
})

export interface Message {
  readonly type: Long
  /** Bytes. */
  readonly size: number
  /** The first byte of the body; each byte is one more than the one before. -1 where the body is empty. */
  readonly fill: number
  /** The buffer that it came from was overwritten while its sender slept. */
  readonly overwritten: boolean
}

/** Which messages a receiver wants. */
export type Selection =
  | { readonly mode: 'any' }
  | { readonly mode: 'equal' | 'except' | 'atMost'; readonly type: Long }

export type MsgrcvCall = CallOf<'msgrcv'> | CallOf<'bad_msgrcv'>

export type QueueSleep = SendSleep | ReceiveSleep

export interface SendSleep {
  readonly in: 'messages'
  readonly does: 'send'
  readonly call: CallOf<'msgsnd'>
  /** The name of the queue. */
  readonly queue: string
  readonly message: Message
}

export interface ReceiveSleep {
  readonly in: 'messages'
  readonly does: 'receive'
  readonly call: MsgrcvCall
  readonly queue: string
  readonly selection: Selection
}
