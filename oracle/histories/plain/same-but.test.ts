import { describe, expect, it } from 'vitest'
import { changedQueue } from '../../../model/messages/state.ts'
import { changedWorld, withQueue } from '../../../model/world.ts'
import { worldAfter } from '../histories.testing.ts'
import { isSameBut } from './same-but.ts'

const world = worldAfter('A: Q = msgget(private)\nA: R = msgget(private)\nA: msgsnd(Q, 1, 8)\n')
const queue = world.queues.Q ?? fail()

describe('isSameBut', () => {
  it('overlooks the messages of the queue, and who used it last', () => {
    const used = { messages: [], lastSender: 'B', lastReceiver: 'B', stime: 7, rtime: 7 }
    expect(isSameBut(world, withQueue(world, 'Q', changedQueue(queue, used)), 'Q')).toBe(true)
    expect(isSameBut(world, withQueue(world, 'R', changedQueue(queue, used)), 'Q')).toBe(false)
  })

  it.each(Object.keys(world).filter((part) => part !== 'queues'))('looks at %s', (part) => {
    expect(isSameBut(world, { ...world, [part]: { other: 1 } }, 'Q')).toBe(false)
  })

  it.each([
    'permission',
    'initialMode',
    'limit',
    'ctime',
    'receivers',
    'senders',
  ])('looks at the %s of the queue', (part) => {
    const other = { ...queue, [part]: 'other' }
    expect(isSameBut(world, withQueue(world, 'Q', other), 'Q')).toBe(false)
  })

  it('looks for other queues', () => {
    const { Q } = world.queues
    expect(isSameBut(world, changedWorld(world, { queues: { Q: Q ?? queue } }), 'Q')).toBe(false)
    expect(isSameBut(changedWorld(world, { queues: { Q: Q ?? queue } }), world, 'Q')).toBe(false)
  })
})

function fail(): never {
  throw new Error('there is no queue')
}
