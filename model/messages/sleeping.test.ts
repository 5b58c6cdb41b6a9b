import { describe, expect, it } from 'vitest'
import type { Moment } from '../moment.ts'
import { linux, type Profile, posix } from '../profile.ts'
import type { World } from '../world.ts'
import { ending, outcomesAfter, small, ways } from './scenes.testing.ts'
import { messageSleeping } from './sleeping.ts'
import type { QueueSleep } from './state.ts'

const receiverAsleep = ['Q = msgget(private)', 'B: msgrcv(Q, 9)']
const senderAsleep = [...small, 'msgsnd(Q, 1, 10)', 'B: msgsnd(Q, 2, 3)']
const worldAfter = (lines: readonly string[]): World => outcomesAfter(lines)[0]?.world as World

function sleepOf(world: World): QueueSleep {
  const activity = world.processes.B?.activity
  if (activity?.is === 'idle' || activity?.on.in !== 'messages') throw new Error('B is not asleep')
  return activity.on
}

const signalled = (world: World, profile: Profile, restart: boolean) =>
  ways(world, 9, profile, (moment) => messageSleeping.interrupted(moment, 'B', sleepOf(world), restart))
const stopped = (world: World, profile: Profile) =>
  ways(world, 9, profile, (moment) => messageSleeping.stopped(moment, 'B', sleepOf(world)))

describe.each([
  ['rcv.eintr', receiverAsleep],
  ['snd.eintr', senderAsleep],
])('%s', (_, lines) => {
  it('returns EINTR whatever SA_RESTART says, and leaves the queue', () => {
    for (const restart of [false, true]) {
      const [moment, ...others] = signalled(worldAfter(lines), linux, restart)
      expect(others).toEqual([])
      expect(ending(moment?.events ?? [])).toBe('B EINTR')
      expect(moment?.world.queues.Q?.receivers).toEqual([])
      expect(moment?.world.processes.B?.activity).toEqual({ is: 'idle' })
    }
  })
  it('may restart with SA_RESTART elsewhere', () => {
    const world = worldAfter(lines)
    expect(signalled(world, posix, true).map(({ events }) => ending(events))).toEqual(['B EINTR', ''])
    expect(signalled(world, posix, false).map(({ events }) => ending(events))).toEqual(['B EINTR'])
  })
})

describe('who waits behind a larger message', () => {
  const lines = [...small, 'msgsnd(Q, 1, 9)', 'B: msgsnd(Q, 2, 3)', 'C: msgsnd(Q, 3, 1)']
  const waiting = () =>
    outcomesAfter(lines, posix).find(({ world }) => world.queues.Q?.senders.join() === 'B,C')?.world as World

  it('goes on when nobody is before it any more, elsewhere as well', () => {
    for (const leaves of ['interrupted', 'ended', 'stopped'] as const) {
      const happen = (moment: Moment) =>
        leaves === 'interrupted'
          ? messageSleeping.interrupted(moment, 'B', sleepOf(moment.world), false)
          : messageSleeping[leaves](moment, 'B', sleepOf(moment.world))
      for (const { world } of ways(waiting(), 9, posix, happen)) {
        const { senders = [] } = world.queues.Q ?? {}
        expect(senders.includes('B') || !senders.includes('C')).toBe(true)
      }
    }
  })
})

describe.each([
  ['rcv.stop-cont', receiverAsleep, 'msgsnd(Q, 1, 2)', 'B 2'],
  ['snd.stop-cont', senderAsleep, 'msgrcv(Q, 100)', 'B 0'],
])('%s', (_, lines, meanwhile, then) => {
  const continued = (world: World) =>
    ways(world, 9, linux, (moment) => messageSleeping.continued(moment, 'B', sleepOf(world), 'restarts'))[0]
  const stoppedWorld = () => stopped(worldAfter(lines), linux)[0]?.world as World

  it('takes the sleeper off the queue, and starts the call again when continued', () => {
    const world = stoppedWorld()
    expect(world.processes.B?.activity).toMatchObject({ is: 'held', next: 'restarts' })
    expect(world.queues.Q?.receivers).toEqual([])
    const again = continued(world)
    expect(again?.events).toEqual([])
    expect(again?.world.processes.B?.activity.is).toBe('asleep')
  })
  it('takes no part in what happens meanwhile', () => {
    const [missed] = outcomesAfter([meanwhile], linux, stoppedWorld())
    expect(ending(missed?.events ?? [])).not.toContain('B')
    expect(ending(continued(missed?.world as World)?.events ?? [])).toBe(then)
  })
  it('finds no queue if it was removed meanwhile', () => {
    const [removed] = outcomesAfter(['msgctl(Q, IPC_RMID)'], linux, stoppedWorld())
    expect(ending(continued(removed?.world as World)?.events ?? [])).toBe('B EINVAL')
  })
  it('may return EINTR, or keep its place, elsewhere', () => {
    const activities = stopped(worldAfter(lines), posix).map(({ world }) => world.processes.B?.activity)
    expect(activities).toMatchObject([
      { is: 'held', next: 'restarts' },
      { is: 'asleep' },
      { is: 'held', next: 'returns' },
    ])
  })
})

describe.each([
  ['rcv.killed', receiverAsleep],
  ['snd.killed', senderAsleep],
])('%s', (_, lines) => {
  it('leaves the queue without a word', () => {
    const world = worldAfter(lines)
    const [moment] = ways(world, 9, linux, (each) => messageSleeping.ended(each, 'B', sleepOf(world)))
    expect(moment?.events).toEqual([])
    expect(moment?.world.queues.Q?.receivers).toEqual([])
    expect(moment?.world.queues.Q?.messages).toEqual(world.queues.Q?.messages)
  })
})
