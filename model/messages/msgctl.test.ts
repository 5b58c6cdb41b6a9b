import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { ending, endings, only, outcomesAfter, small } from './scenes.testing.ts'

const queue = 'Q = msgget(private)'

describe('msgctl.stat', () => {
  it('stores what the queue is made of', () => {
    const { events } = only(
      ...small,
      'B: msgsnd(Q, 1, 4)',
      'C: msgsnd(Q, 1, 3)',
      'D: msgrcv(Q, 9)',
      'msgctl(Q, IPC_STAT)',
    )
    expect(events[0]).toMatchObject({
      result: {
        out: {
          key: 0,
          uid: 1000,
          cgid: 1000,
          mode: 0o600,
          qnum: 1,
          cbytes: 3,
          qbytes: 10,
          lspid: { is: 'pid', of: 'C' },
          lrpid: { is: 'pid', of: 'D' },
          stime: { is: 'time', step: 4 },
          rtime: { is: 'time', step: 5 },
          ctime: { is: 'time', step: 2 },
        },
      },
    })
  })
  it('says nothing about the bytes where POSIX has no such field', () => {
    const [first] = outcomesAfter([queue, 'msgctl(Q, IPC_STAT)'], posix)
    expect(first?.events[0]).toMatchObject({ result: { out: { cbytes: { is: 'anything' } } } })
  })
})

describe('msgctl.set.qbytes-raise', () => {
  it.each([
    ['16384', ['A 0'], ['A 0', 'A EPERM']],
    ['16385', ['A EPERM'], ['A EPERM']],
    ['LONG_MAX', ['A EPERM'], ['A EPERM']],
    ['-1', ['A EPERM'], ['A EPERM']],
    ['10', ['A 0'], ['A 0']],
    ['9', ['A 0'], ['A 0']],
  ])('to %s', (limit, onLinux, byPosix) => {
    const lines = [...small, `msgctl(Q, IPC_SET, own, own, 0600, ${limit})`]
    expect(endings(outcomesAfter(lines))).toEqual(onLinux)
    expect(endings(outcomesAfter(lines, posix))).toEqual(byPosix)
  })
})

describe('msgctl.set.qbytes-zero', () => {
  it('may be an invalid argument elsewhere', () =>
    expect(endings(outcomesAfter([queue, 'msgctl(Q, IPC_SET, own, own, 0600, 0)'], posix))).toEqual([
      'A 0',
      'A EINVAL',
    ]))
})

describe('ipcset.no-partial', () => {
  it('leaves the world as it is', () => {
    const [before] = outcomesAfter([queue])
    const { world, rules } = only(queue, 'msgctl(Q, IPC_SET, own, own, 0640, 16385)')
    expect(world).toEqual(before?.world)
    expect(rules).toContain('ipcset.no-partial')
  })
})

describe('msgctl.rmid', () => {
  it('ends all sleepers and forgets the messages', () => {
    const { events, world } = only(
      ...small,
      'msgsnd(Q, 1, 10)',
      'B: msgsnd(Q, 1, 3)',
      'C: msgrcv(Q, 100, 2)',
      'msgctl(Q, IPC_RMID)',
    )
    expect(ending(events)).toBe('A 0, B EIDRM, C EIDRM')
    expect(world.queues).toEqual({})
  })
})

describe('perm.checked-per-call', () => {
  const id = 'perm.checked-per-call'
  it('is noted where the mode at creation would have decided otherwise', () => {
    const lines = [queue, 'msgctl(Q, IPC_SET, own, own, 0200, 100)']
    expect(only(...lines, 'msgrcv(Q, 9)').rules).toContain(id)
    expect(only(...lines, 'msgsnd(Q, 1, 1)').rules).not.toContain(id)
    expect(only('Q = msgget(private, 0200)', 'msgrcv(Q, 9)').rules).not.toContain(id)
  })
})

describe('perm.class.owner', () => {
  it('is noted where others could do what the owner cannot', () => {
    expect(only('Q = msgget(private, 0066)', 'msgrcv(Q, 9)').rules).toContain('perm.class.owner')
    expect(only('Q = msgget(private, 0)', 'msgrcv(Q, 9)').rules).not.toContain('perm.class.owner')
  })
})

describe('get.key-free-after-rmid', () => {
  it('makes a new queue under the key', () => {
    const made = 'Q = msgget(key1, IPC_CREAT|IPC_EXCL|0600)'
    const { rules } = only(made, 'msgctl(Q, IPC_RMID)', made.replace('Q', 'P'))
    expect(rules).toContain('get.key-free-after-rmid')
  })
})
