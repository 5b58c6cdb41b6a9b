import { describe, expect, it } from 'vitest'
import type { Outcome } from '../outcomes.ts'
import { posix } from '../profile.ts'
import { endings, only, outcomesAfter, small } from './scenes.testing.ts'

const full = [...small, 'msgsnd(Q, 1, 10)']
const typesOn = ({ world }: Outcome) => world.queues.Q?.messages.map(({ type }) => type).join()

describe('snd.wake.individually', () => {
  it('lets every sender go on that fits', () => {
    const found = outcomesAfter([...full, 'B: msgsnd(Q, 2, 2)', 'C: msgsnd(Q, 3, 2)', 'msgrcv(Q, 100)'])
    expect(endings(found)).toEqual(['A 10, B 0, C 0'])
    expect(found.map(typesOn).sort()).toEqual(['2,3', '3,2'])
  })
})

describe('snd.order.not-fifo', () => {
  const compete = [...full, 'B: msgsnd(Q, 2, 10)', 'C: msgsnd(Q, 3, 10)', 'msgrcv(Q, 100)']
  it('lets either of two competing senders win, on Linux too', () =>
    expect(endings(outcomesAfter(compete))).toEqual(['A 10, B 0', 'A 10, C 0']))
  it('puts who was woken in vain at the end of the list, and nobody else', () => {
    const waiting = ['B: msgsnd(Q, 2, 10)', 'C: msgsnd(Q, 3, 10)', 'D: msgsnd(Q, 4, 1)']
    const found = outcomesAfter([...full, ...waiting, 'msgctl(Q, IPC_SET, own, own, 0600, 11)'])
    expect(found.map(({ world }) => world.queues.Q?.senders)).toEqual([['B', 'C']])
    const emptied = outcomesAfter([...full, ...waiting.slice(0, 2), 'msgrcv(Q, 100)'])
    expect(emptied.map(({ world }) => world.queues.Q?.senders)).toEqual([['C'], ['B']])
    const large = ['B: msgsnd(Q, 2, 7)', 'C: msgsnd(Q, 3, 6)', 'D: msgsnd(Q, 4, 9)']
    const some = outcomesAfter([...small, 'msgsnd(Q, 1, 5)', 'msgsnd(Q, 1, 3)', ...large, 'msgrcv(Q, 100)'])
    expect(some.map(({ world }) => world.queues.Q?.senders)).toEqual([
      ['D', 'C'],
      ['D', 'B'],
    ])
  })
  it('is not noted for a sender alone', () =>
    expect(only(...full, 'B: msgsnd(Q, 2, 10)', 'msgrcv(Q, 100)').rules).not.toContain('snd.order.not-fifo'))
})

describe('snd.small-overtakes', () => {
  const lines = [
    ...small,
    'msgsnd(Q, 1, 5)',
    'msgsnd(Q, 1, 5)',
    'B: msgsnd(Q, 2, 7)',
    'C: msgsnd(Q, 3, 2)',
    'msgrcv(Q, 100)',
  ]
  it('lets the younger go on that fits; elsewhere the older may stop it, or may go on itself', () => {
    expect(endings(outcomesAfter(lines))).toEqual(['A 5, C 0'])
    expect(only(...lines).rules).toContain('snd.small-overtakes')
    expect(endings(outcomesAfter(lines, posix))).toEqual(['A 5', 'A 5, B 0', 'A 5, B 0, C 0', 'A 5, C 0'])
  })
})

describe('snd.perm-rechecked', () => {
  const lines = [...full, 'B: msgsnd(Q, 2, 3)', 'msgctl(Q, IPC_SET, own, own, 0400, 10)']
  it('is noticed only when there is room', () => {
    expect(endings(outcomesAfter(lines))).toEqual(['A 0'])
    expect(endings(outcomesAfter([...lines, 'msgrcv(Q, 100)']))).toEqual(['A 10, B EACCES'])
  })
  it('may be noticed at any time elsewhere, or never', () => {
    const found = outcomesAfter(lines, posix)
    expect(endings(found)).toEqual(['A 0', 'A 0, B EACCES'])
    expect(found.map(({ world }) => world.queues.Q?.senders)).toEqual([['B'], []])
    expect(endings(outcomesAfter([...lines, 'msgrcv(Q, 100)'], posix))).toContain('A 10, B 0')
  })
})

describe('snd.qbytes-raised', () => {
  const lines = [...full, 'B: msgsnd(Q, 2, 3)', 'msgctl(Q, IPC_SET, own, own, 0600, 13)']
  it('lets the sender go on, in every profile that lets the limit be raised', () => {
    expect(endings(outcomesAfter(lines))).toEqual(['A 0, B 0'])
    expect(endings(outcomesAfter(lines, posix))).toEqual(['A 0, B 0', 'A EPERM'])
  })
  it('may hand its message to a receiver without ever using the room', () => {
    const found = outcomesAfter([
      ...full,
      'B: msgrcv(Q, 100, 2)',
      'C: msgsnd(Q, 2, 3)',
      'msgctl(Q, IPC_SET, own, own, 0600, 13)',
    ])
    expect(endings(found)).toEqual(['A 0, B 3, C 0'])
  })
})

describe('rcv.perm-rechecked', () => {
  const lines = ['Q = msgget(private)', 'B: msgrcv(Q, 9)', 'msgctl(Q, IPC_SET, own, own, 0200, 100)']
  it('makes receivers return at once, elsewhere later or never', () => {
    expect(endings(outcomesAfter(lines))).toEqual(['A 0, B EACCES'])
    expect(endings(outcomesAfter(lines, posix))).toEqual(['A 0', 'A 0, B EACCES'])
  })
  it('may come too late: a sender that goes on in the same step can be first', () => {
    const found = outcomesAfter([
      ...full,
      'B: msgrcv(Q, 100, 2)',
      'C: msgsnd(Q, 2, 3)',
      'msgctl(Q, IPC_SET, own, own, 0200, 13)',
    ])
    expect(endings(found)).toEqual(['A 0, B 3, C 0', 'A 0, B EACCES, C 0'])
  })
})

describe('snd.order.not-fifo', () => {
  it('is open among those that may send, who need not be able to receive', () => {
    const asleep = [...full, 'B: msgsnd(Q, 2, 3)', 'C: msgsnd(Q, 3, 3)']
    const found = outcomesAfter([...asleep, 'msgctl(Q, IPC_SET, own, own, 0200, 100)'])
    const types = found.map(({ world }) => world.queues.Q?.messages.slice(-2).map(({ type }) => type))
    expect(types).toEqual(
      expect.arrayContaining([
        [2, 3],
        [3, 2],
      ]),
    )
  })
  it('is open among those that may send, also where one of all may not any more', () => {
    const asleep = [
      ...['Q = msgget(private, 0666)', 'msgctl(Q, IPC_SET, own, own, 0666, 10)', 'msgsnd(Q, 1, 10)'],
      ...['C: become(7, 7)', 'B: msgsnd(Q, 2, 6)', 'C: msgsnd(Q, 3, 6)', 'D: msgsnd(Q, 4, 6)'],
    ]
    const after = ['msgctl(Q, IPC_SET, own, own, 0600, 10)', 'msgrcv(Q, 10)']
    expect(endings(outcomesAfter([...asleep, ...after]))).toEqual([
      'A 10, B 0',
      'A 10, B 0, C EACCES',
      'A 10, C EACCES, D 0',
      'A 10, D 0',
    ])
  })
})

describe('rcv.ipcset-transparent', () => {
  it('may change the order of receivers', () => {
    const found = outcomesAfter([
      'Q = msgget(private)',
      'B: msgrcv(Q, 9)',
      'C: msgrcv(Q, 9)',
      'msgctl(Q, IPC_SET, own, own, 0600, 100)',
    ])
    expect(endings(found)).toEqual(['A 0'])
    expect(found.map(({ world }) => world.queues.Q?.receivers.join()).sort()).toEqual(['B,C', 'C,B'])
  })
})
