import { objectName } from '../common/access.ts'
import { bytesOn, fits } from '../messages/room.ts'
import { select } from '../messages/selection.ts'
import type { QueueSleep, ReceiveSleep, SendSleep } from '../messages/state.ts'
import type { World } from '../world.ts'
import { decidedIn } from './decided.ts'
import { type Invariant, ofSteps, ofWorlds } from './invariant.ts'

interface Sleeper<S extends QueueSleep> {
  readonly name: string
  readonly sleep: S
}

function asleepOn(world: World, queue: string): readonly Sleeper<QueueSleep>[] {
  return Object.entries(world.processes).flatMap(([name, { activity }]) => {
    if (activity.is !== 'asleep' || activity.on.in !== 'messages' || activity.on.queue !== queue) return []
    return [{ name, sleep: activity.on }]
  })
}

const isReceiver = (sleeper: Sleeper<QueueSleep>): sleeper is Sleeper<ReceiveSleep> =>
  sleeper.sleep.does === 'receive'
const isSender = (sleeper: Sleeper<QueueSleep>): sleeper is Sleeper<SendSleep> =>
  sleeper.sleep.does === 'send'

const isListed = (list: readonly string[], asleep: readonly Sleeper<QueueSleep>[]) =>
  list.length === asleep.length && asleep.every(({ name }) => list.includes(name))

export const messageInvariants: readonly Invariant[] = [
  ofWorlds(
    'msg.well-formed',
    'A message has a positive type, and a first byte if it has any.',
    ({ queues }) =>
      Object.values(queues).every(({ messages }) =>
        messages.every(({ type, size, fill }) => type > 0 && size >= 0 && (fill === -1) === (size === 0)),
      ),
  ),

  ofWorlds(
    'msg.sleepers-listed',
    'Who sleeps on a queue is on its list of receivers or senders, once; who is on a list sleeps so on that queue.',
    (world) =>
      Object.entries(world.queues).every(([name, { receivers, senders }]) => {
        const asleep = asleepOn(world, name)
        return isListed(receivers, asleep.filter(isReceiver)) && isListed(senders, asleep.filter(isSender))
      }),
  ),

  ofWorlds('msg.sleepers-on-queues', 'Who sleeps on a queue sleeps on one that exists.', (world) =>
    Object.values(world.processes).every(
      ({ activity }) =>
        activity.is !== 'asleep' || activity.on.in !== 'messages' || activity.on.queue in world.queues,
    ),
  ),

  ofWorlds('msg.no-receiver-could-go', 'At rest no sleeping receiver has a message that it wants.', (world) =>
    Object.entries(world.queues).every(([name, { messages }]) =>
      asleepOn(world, name)
        .filter(isReceiver)
        .every(({ sleep }) => select(messages, sleep.selection) === -1),
    ),
  ),

  ofWorlds(
    'msg.no-sender-could-go',
    'At rest no sleeping sender has room; POSIX requires that only of one alone with an empty queue.',
    (world, profile) =>
      Object.entries(world.queues).every(([name, queue]) => {
        const senders = asleepOn(world, name).filter(isSender)
        if (profile.name === 'posix' && (senders.length > 1 || queue.messages.length > 0)) return true
        return senders.every(({ sleep }) => !fits(queue, sleep.message.size))
      }),
  ),

  ofSteps(
    'msg.within-limit',
    'On Linux no message makes a queue hold more bytes, or more messages, than its limit.',
    ({ before, outcome: { world }, profile }) =>
      Object.entries(world.queues).every(([name, queue]) => {
        const was = before.queues[name]
        if (was === undefined || profile.name === 'posix') return true
        const [bytes, count] = [bytesOn(queue), queue.messages.length]
        return (
          (bytes <= queue.limit || bytes <= bytesOn(was)) &&
          (count <= queue.limit || count <= was.messages.length)
        )
      }),
  ),

  ofSteps(
    'msg.conservation',
    'A queue holds the messages that were sent and not received: one more for each msgsnd, one less for each msgrcv.',
    (transition) => {
      const { before, outcome } = transition
      const all = decidedIn(transition).filter(({ result }) => result.errno === 'none')
      return Object.entries(outcome.world.queues).every(([name, { messages }]) => {
        const was = before.queues[name]
        if (was === undefined) return messages.length === 0
        const done = all.filter(({ call }) => 'queue' in call && objectName(before, call.queue) === name)
        const sent = done.filter(({ call }) => call.name === 'msgsnd').length
        const received = done.filter(({ call }) => call.name === 'msgrcv').length
        return messages.length === was.messages.length + sent - received
      })
    },
  ),

  ofSteps(
    'msg.order',
    'Messages keep their order, and new ones come last.',
    ({ before, outcome: { world } }) =>
      Object.entries(world.queues).every(([name, { messages }]) => {
        const was = before.queues[name]?.messages ?? []
        const stayed = was.filter((message) => messages.includes(message))
        return stayed.every((message, place) => messages[place] === message)
      }),
  ),

  ofSteps(
    'msg.stat-agrees',
    'msgctl reports the number of the messages that are there, and on Linux their bytes.',
    ({ before, step: { actor, call }, outcome, profile }) =>
      outcome.events.every((event) => {
        if (event.is !== 'returned' || event.actor !== actor || call.name !== 'msgctl.IPC_STAT') return true
        if (event.result.errno !== 'none') return true
        const queue = before.queues[objectName(before, call.queue)]
        const { out } = event.result
        if (queue === undefined || out?.qnum !== queue.messages.length) return false
        return profile.name === 'posix' || out.cbytes === bytesOn(queue)
      }),
  ),
]
