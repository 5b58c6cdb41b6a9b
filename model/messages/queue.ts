import type { Moment } from '../moment.ts'
import { activityOf, withProcess, withQueue } from '../world.ts'
import { changedQueue, type Queue, type QueueSleep, type ReceiveSleep, type SendSleep } from './state.ts'

/** A sleeping process and what it sleeps on. */
export interface Sleeper<S extends QueueSleep> {
  readonly name: string
  readonly sleep: S
}

export function setQueue(moment: Moment, name: string, queue: Queue): void {
  moment.world = withQueue(moment.world, name, queue)
}

/** The processes asleep in msgrcv on the queue, in the order in which they are offered a message. */
export const receiversOf = (moment: Moment, queue: Queue): readonly Sleeper<ReceiveSleep>[] =>
  queue.receivers.flatMap((name) => {
    const sleep = sleepOf(moment, name)
    return sleep?.does === 'receive' ? [{ name, sleep }] : []
  })

/** The processes asleep in msgsnd on the queue, in the order in which they look for room. */
export const sendersOf = (moment: Moment, queue: Queue): readonly Sleeper<SendSleep>[] =>
  queue.senders.flatMap((name) => {
    const sleep = sleepOf(moment, name)
    return sleep?.does === 'send' ? [{ name, sleep }] : []
  })

/** What the process sleeps on, if on a queue. */
export function sleepOf(moment: Moment, name: string): QueueSleep | undefined {
  const activity = activityOf(moment.world, name)
  return activity?.is === 'asleep' && activity.on.in === 'messages' ? activity.on : undefined
}

/** Puts the process to sleep. */
export function fallAsleep(moment: Moment, name: string, sleep: QueueSleep): void {
  moment.world = withProcess(moment.world, name, { activity: { is: 'asleep', on: sleep } })
  enlist(moment, name, sleep)
}

/** A sender that was woken and found no room sleeps behind all others (ipc/msg.c, do_msgsnd: ss_del, ss_add). */
export function sleepAgain(moment: Moment, { name, sleep }: Sleeper<SendSleep>): void {
  leave(moment, name, sleep)
  enlist(moment, name, sleep)
}

const lists = { send: 'senders', receive: 'receivers' } as const

/** Puts a sleeper at the end of its list. */
export function enlist(moment: Moment, name: string, sleep: QueueSleep): void {
  const queue = moment.world.queues[sleep.queue]
  const list = lists[sleep.does]
  if (queue !== undefined)
    setQueue(moment, sleep.queue, changedQueue(queue, { [list]: [...queue[list], name] }))
}

/** Takes a sleeper off its list; what the process does is not touched. */
export function leave(moment: Moment, name: string, sleep: QueueSleep): void {
  const queue = moment.world.queues[sleep.queue]
  const list = lists[sleep.does]
  if (queue?.[list].includes(name) !== true) return
  setQueue(
    moment,
    sleep.queue,
    changedQueue(queue, { [list]: queue[list].filter((other) => other !== name) }),
  )
}
