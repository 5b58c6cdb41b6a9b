import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { ending, endings, only, outcomesAfter, small } from './scenes.testing.ts'

const queue = 'Q = msgget(private)'

describe('msgrcv.ok', () => {
  it('stores type and body and nothing behind', () => {
    const { events, world } = only(queue, 'msgsnd(Q, 3, 5, 250)', 'B: msgrcv(Q, 100)')
    expect(events).toEqual([
      {
        is: 'returned',
        actor: 'B',
        result: { value: 5, errno: 'none', out: { type: 3, fill: 250, matched: 5, beyond: 0 } },
      },
    ])
    expect(world.queues.Q).toMatchObject({ messages: [], lastReceiver: 'B', rtime: 3 })
  })
})

describe('msgrcv.e2big.message-stays', () => {
  it('leaves the queue as it is', () => {
    const [before] = outcomesAfter([queue, 'msgsnd(Q, 1, 6)'])
    const { events, world } = only(queue, 'msgsnd(Q, 1, 6)', 'B: msgrcv(Q, 5)')
    expect(ending(events)).toBe('B E2BIG')
    expect(world).toEqual(before?.world)
  })
})

describe('msgrcv.noerror.truncate', () => {
  it('returns nothing where the buffer is empty', () => {
    const { events } = only(queue, 'msgsnd(Q, 1, 6)', 'msgrcv(Q, 0, 0, MSG_NOERROR)')
    expect(events[0]).toMatchObject({ result: { value: 0, out: { type: 1, fill: -1, matched: 0 } } })
  })
})

describe('msgrcv.msgsz.negative', () => {
  it('is an error on Linux, defined by the implementation elsewhere', () => {
    const lines = [queue, 'msgsnd(Q, 1, 6)', 'msgrcv(Q, -1)']
    expect(endings(outcomesAfter(lines))).toEqual(['A EINVAL'])
    expect(endings(outcomesAfter(lines, posix))).toEqual(['A 6', 'A EINVAL'])
  })
})

describe('msgrcv.msgsz.above-msgmax', () => {
  it('is noted only where the buffer is larger than the largest message', () => {
    const id = 'msgrcv.msgsz.above-msgmax'
    expect(only(queue, 'msgsnd(Q, 1, 6)', 'msgrcv(Q, 8193)').rules).toContain(id)
    expect(only(queue, 'msgsnd(Q, 1, 6)', 'msgrcv(Q, 8192)').rules).not.toContain(id)
  })
})

describe('msgrcv.select.except', () => {
  it('may be ignored elsewhere', () => {
    const lines = [queue, 'msgsnd(Q, 1, 1)', 'msgsnd(Q, 6, 2)', 'msgrcv(Q, 100, 1, MSG_EXCEPT)']
    expect(endings(outcomesAfter(lines))).toEqual(['A 2'])
    expect(endings(outcomesAfter(lines, posix))).toEqual(['A 1', 'A 2'])
  })
})

describe('msgrcv.select.negative.lowest-type-not-first', () => {
  it('is noted only where the first that matches is another', () => {
    const id = 'msgrcv.select.negative.lowest-type-not-first'
    expect(only(queue, 'msgsnd(Q, 3, 1)', 'msgsnd(Q, 1, 1)', 'msgrcv(Q, 9, -5)').rules).toContain(id)
    expect(only(queue, 'msgsnd(Q, 1, 1)', 'msgsnd(Q, 3, 1)', 'msgrcv(Q, 9, -5)').rules).not.toContain(id)
  })
})

describe('rcv.fifo', () => {
  const two = [queue, 'B: msgrcv(Q, 100)', 'C: msgrcv(Q, 100)', 'msgsnd(Q, 1, 1)']
  it('serves the older on Linux, either elsewhere', () => {
    expect(endings(outcomesAfter(two))).toEqual(['A 0, B 1'])
    expect(endings(outcomesAfter(two, posix))).toEqual(['A 0, B 1', 'A 0, C 1'])
  })
  it('is not noted where only one of them wants the message', () => {
    const { rules } = only(queue, 'B: msgrcv(Q, 100, 1)', 'C: msgrcv(Q, 100, 2)', 'msgsnd(Q, 1, 1)')
    expect(rules).not.toContain('rcv.fifo')
  })
})

describe('rcv.match', () => {
  it('passes over an older sleeper of another type', () => {
    const lines = [queue, 'B: msgrcv(Q, 100, 2)', 'C: msgrcv(Q, 100)', 'msgsnd(Q, 1, 1)']
    expect(endings(outcomesAfter(lines))).toEqual(['A 0, C 1'])
    expect(only(...lines).rules).toContain('rcv.match')
  })
})

describe('rcv.e2big.asleep', () => {
  const three = [queue, 'B: msgrcv(Q, 2)', 'C: msgrcv(Q, 9)', 'D: msgrcv(Q, 1)', 'msgsnd(Q, 1, 6)']
  it('ends those before the first with enough room on Linux, any of them elsewhere', () => {
    expect(endings(outcomesAfter(three))).toEqual(['A 0, B E2BIG, C 6'])
    expect(endings(outcomesAfter(three, posix))).toEqual([
      'A 0, B E2BIG, C 6',
      'A 0, B E2BIG, C 6, D E2BIG',
      'A 0, C 6',
      'A 0, C 6, D E2BIG',
    ])
  })
})

describe('rcv.e2big.asleep-none', () => {
  it('queues the message', () => {
    const { events, world, rules } = only(queue, 'B: msgrcv(Q, 2)', 'C: msgrcv(Q, 3)', 'msgsnd(Q, 1, 6)')
    expect(ending(events)).toBe('A 0, B E2BIG, C E2BIG')
    expect(world.queues.Q).toMatchObject({ messages: [{ size: 6 }], receivers: [], lastReceiver: '' })
    expect(rules).toContain('rcv.e2big.asleep-none')
    expect(rules).not.toContain('rcv.e2big.asleep')
  })
})

describe('rcv.noerror.asleep', () => {
  it('cuts the message', () =>
    expect(endings(outcomesAfter([queue, 'B: msgrcv(Q, 2, 0, MSG_NOERROR)', 'msgsnd(Q, 1, 6)']))).toEqual([
      'A 0, B 2',
    ]))
})

describe('msgsnd.handoff-to-blocked-receiver', () => {
  it('never counts the message', () => {
    const { world } = only(...small, 'B: msgrcv(Q, 100)', 'msgsnd(Q, 1, 6)')
    expect(world.queues.Q).toMatchObject({
      messages: [],
      receivers: [],
      lastSender: 'A',
      lastReceiver: 'B',
      stime: 4,
      rtime: 4,
    })
  })
})
