import { changedQueue } from '../../model/messages/state.ts'
import { changedSet } from '../../model/semaphores/state.ts'
import { activityOf, idle, type World, withProcess, withQueue, withSet } from '../../model/world.ts'

/** The world as if the sleeper had not begun its call; undefined where it does not sleep on an object. */
export function withoutSleep(world: World, sleeper: string): World | undefined {
  const activity = activityOf(world, sleeper)
  if (activity?.is !== 'asleep') return undefined
  const { on } = activity
  const awake = withProcess(world, sleeper, { activity: idle })
  if (on.in === 'semaphores') {
    const set = world.sets[on.set]
    return set && withSet(awake, on.set, changedSet(set, { sleepers: others(set.sleepers, sleeper) }))
  }
  if (on.in !== 'messages') return undefined
  const queue = world.queues[on.queue]
  if (queue === undefined) return undefined
  const [receivers, senders] = [others(queue.receivers, sleeper), others(queue.senders, sleeper)]
  return withQueue(awake, on.queue, changedQueue(queue, { receivers, senders }))
}

const others = (names: readonly string[], name: string) => names.filter((each) => each !== name)
