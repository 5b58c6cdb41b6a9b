import { bytesOn } from '../../../model/messages/room.ts'
import type { Queue, QueueSleep, ReceiveSleep, SendSleep } from '../../../model/messages/state.ts'
import { activityOf, actorsOf, type World } from '../../../model/world.ts'

/** A queue, and who is inside a call on it. */
export interface Scene {
  readonly name: string
  readonly queue: Queue
  /** Bytes that could still be sent. */
  readonly room: number
  readonly senders: readonly SendSleep[]
  readonly receivers: readonly ReceiveSleep[]
}

export function sceneOf(world: World, name: string, queue: Queue): Scene {
  const senders: SendSleep[] = []
  const receivers: ReceiveSleep[] = []
  for (const actor of actorsOf(world)) {
    const sleep = sleepOf(world, actor)
    if (sleep?.queue !== name) continue
    if (sleep.does === 'send') senders.push(sleep)
    else receivers.push(sleep)
  }
  return { name, queue, room: queue.limit - bytesOn(queue), senders, receivers }
}

/** The call on a queue that the process is asleep or stopped in. */
export function sleepOf(world: World, actor: string): QueueSleep | undefined {
  const activity = activityOf(world, actor)
  return activity !== undefined && activity.is !== 'idle' && activity.on.in === 'messages'
    ? activity.on
    : undefined
}
