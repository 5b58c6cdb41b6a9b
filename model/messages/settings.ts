import { ALTER, grants, READ } from '../common/access.ts'
import { choose, fails, type Moment, note } from '../moment.ts'
import { identityOf } from '../world.ts'
import * as clauses from './clauses.ts'
import { leave, receiversOf, type Sleeper, sendersOf, sleepAgain, sleepOf } from './queue.ts'
import { fitting, isReceiver, isSender, tryReceive, trySend } from './retry.ts'
import { fits } from './room.ts'
import { matches } from './selection.ts'
import { somethingChanged } from './settle.ts'
import type { Queue, QueueSleep } from './state.ts'

/**
 * IPC_SET succeeded: on Linux every sleeping receiver looks again, and every sender that fits tries again, in any
 * order (ipc/msg.c, msgctl_down).
 */
export function settingsChanged(moment: Moment, name: string): void {
  const queue = moment.world.queues[name]
  if (queue === undefined) return
  if (moment.profile.openChoices === 'all') recheckInAnyWay(moment, name, queue)
  else recheck(moment, name, queue)
}

function recheck(moment: Moment, name: string, queue: Queue): void {
  const senders = fitting(moment, name)
  const receivers = receiversOf(moment, queue)
  if (receivers.some(({ name }) => mayReceive(moment, queue, name))) note(moment, clauses.setTransparent)
  if (senders.length > 0) note(moment, clauses.limitRaised)
  if (senders.length > 1) note(moment, clauses.wakeIndividually)
  const woken = [...receivers, ...senders]
  compete(
    moment,
    name,
    woken.map((sleeper) => ({ ...sleeper, looks: false })),
  )
}

const mayReceive = ({ world }: Moment, { permission }: Queue, receiver: string) =>
  grants(identityOf(world, receiver), permission, READ)

/** POSIX does not say when a permission is checked again. */
function recheckInAnyWay(moment: Moment, name: string, queue: Queue): void {
  for (const { name: receiver, sleep } of receiversOf(moment, queue)) {
    if (mayReceive(moment, queue, receiver)) continue
    note(moment, clauses.receiverPermission)
    if (choose(moment, clauses.receiverPermission, 2) === 1) continue
    leave(moment, receiver, sleep)
    fails(moment, receiver, 'EACCES')
  }
  for (const { name: sender, sleep } of sendersOf(moment, queue)) {
    if (grants(identityOf(moment.world, sender), queue.permission, ALTER)) continue
    if (choose(moment, clauses.senderPermission, 2) === 0) continue
    leave(moment, sender, sleep)
    fails(moment, sender, 'EACCES')
  }
  somethingChanged(moment, name)
}

/** Runnable processes; a receiver first leaves the list, and looks for a message afterwards: both are moments of their own. */
type Runnable = Sleeper<QueueSleep> & { readonly looks: boolean }

function compete(moment: Moment, name: string, woken: readonly Runnable[]): void {
  let runnable = woken
  for (;;) {
    const next = runnable[chooseRunnable(moment, name, runnable)]
    if (next === undefined) return
    const others = runnable.filter((other) => other !== next)
    const more = run(moment, name, next, others)
    runnable = (more[0]?.looks === true ? [...more, ...others] : [...others, ...more]).filter(
      (other) => sleepOf(moment, other.name) === other.sleep,
    )
  }
}

/** Any of them may run next. */
function chooseRunnable(moment: Moment, name: string, runnable: readonly Runnable[]): number {
  const queue = moment.world.queues[name]
  if (queue === undefined || runnable.length < 2) return 0
  const areAllRefused = runnable.every((each) => isReceiver(each) && !mayReceive(moment, queue, each.name))
  if (areAllRefused) return 0
  const clause = runnable.some(isSender) ? clauses.senderOrder : clauses.setTransparent
  return choose(moment, clause, runnable.length, 'always')
}

/** Runs one of them; returns those that became runnable by it. */
function run(moment: Moment, name: string, next: Runnable, others: readonly Runnable[]): readonly Runnable[] {
  const queue = moment.world.queues[name]
  if (queue === undefined) return []
  if (isSender(next)) {
    if (fits(queue, next.sleep.message.size)) trySend(moment, name, next)
    else sleepAgain(moment, next)
    return []
  }
  if (!isReceiver(next)) return []
  leave(moment, next.name, next.sleep)
  const mayMeet = others.some(
    (other) => isSender(other) && matches(next.sleep.selection, other.sleep.message.type),
  )
  if (mayMeet && !next.looks) return [{ ...next, looks: true }]
  tryReceive(moment, name, next)
  return fitting(moment, name)
    .filter(({ sleep }) => !others.some((other) => other.sleep === sleep))
    .map((sender) => ({ ...sender, looks: false }))
}
