import { ALTER, grants } from '../common/access.ts'
import { choose, type Moment, note } from '../moment.ts'
import { identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { leave, receiversOf, type Sleeper, sendersOf, sleepAgain } from './queue.ts'
import { fitting, isReceiver, isSender, tryReceive, trySend } from './retry.ts'
import { fits, hasRoom, openBecause } from './room.ts'
import { select } from './selection.ts'
import type { Queue, QueueSleep, SendSleep } from './state.ts'

/**
 * A message was taken, so that sleeping senders may go on. Linux wakes every sender whose own message fits; they
 * compete in any order, and those that no longer fit sleep again (ipc/msg.c, ss_wakeup).
 */
export function roomAppeared(moment: Moment, name: string): void {
  if (moment.profile.openChoices === 'all') settleInAnyOrder(moment, name)
  else wakeSenders(moment, name)
}

function wakeSenders(moment: Moment, name: string): void {
  let woken = fitting(moment, name)
  if (woken.length > 0) note(moment, clauses.wakeIndividually)
  for (;;) {
    const next = woken[chooseSender(moment, name, woken.length)]
    if (next === undefined) return
    trySend(moment, name, next)
    const others = woken.filter((other) => other !== next)
    woken = fitting(moment, name).filter(({ sleep }) => others.some((other) => other.sleep === sleep))
    for (const other of others)
      if (!woken.some(({ sleep }) => sleep === other.sleep)) sleepAgain(moment, other)
  }
}

/**
 * The queue changed in a way that Linux takes as no reason to wake anybody: a message came, a sleeper came or left.
 * Where POSIX leaves the order open it may decide who goes on.
 */
export function somethingChanged(moment: Moment, name: string): void {
  if (moment.profile.openChoices === 'all') settleInAnyOrder(moment, name)
}

function chooseSender(moment: Moment, name: string, of: number): number {
  const queue = moment.world.queues[name]
  if (of < 2 || queue === undefined) return 0
  const areAllRefused = fitting(moment, name).every(
    (sender) => !grants(identityOf(moment.world, sender.name), queue.permission, ALTER),
  )
  if (areAllRefused) return 0
  note(moment, clauses.senderOrder)
  return choose(moment, clauses.senderOrder, of, 'always')
}

/** POSIX: any receiver that has a message and any sender that has room may be next; at the end nobody is left who must go on. */
function settleInAnyOrder(moment: Moment, name: string): void {
  let staying: readonly string[] = []
  for (;;) {
    const queue = moment.world.queues[name]
    if (queue === undefined) return
    const receivers = receiversOf(moment, queue).filter(
      ({ sleep }) => select(queue.messages, sleep.selection) !== -1,
    )
    const senders = sendersOf(moment, queue).filter(
      (sender) => !staying.includes(sender.name) && mayGo(moment, queue, sender),
    )
    const ready: readonly Sleeper<QueueSleep>[] = [...receivers, ...senders]
    const order = receivers.length > 0 ? clauses.receiverFifo : clauses.senderOrder
    const next = ready[choose(moment, order, ready.length)]
    if (next === undefined) return
    if (isReceiver(next)) {
      leave(moment, next.name, next.sleep)
      tryReceive(moment, name, next)
      staying = []
    } else if (isSender(next) && hasRoom(moment, queue, next.sleep.message)) {
      trySend(moment, name, next)
      staying = []
    } else staying = [...staying, next.name]
  }
}

const mayGo = (moment: Moment, queue: Queue, { sleep }: Sleeper<SendSleep>) =>
  fits(queue, sleep.message.size) || openBecause(moment, queue, sleep.message) !== undefined
