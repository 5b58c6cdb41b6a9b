import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { endings, only, outcomesAfter, small } from './scenes.testing.ts'

describe('msgsnd.mtype', () => {
  it('beats a bad identifier', () =>
    expect(endings(outcomesAfter(['msgsnd(-1, 0, 1)']))).toEqual(['A EINVAL']))
})

describe('msgsnd.ok', () => {
  it('appends the message and records the sender', () => {
    const { world } = only('Q = msgget(private)', 'B: msgsnd(Q, 3, 5, 353)')
    expect(world.queues.Q).toMatchObject({
      messages: [{ type: 3, size: 5, fill: 97, overwritten: false }],
      lastSender: 'B',
      stime: 2,
      lastReceiver: '',
      rtime: 0,
    })
  })
})

describe('msgsnd.zero-length', () => {
  it('makes messages equal whatever their first byte would have been', () => {
    const [one] = outcomesAfter(['Q = msgget(private)', 'msgsnd(Q, 1, 0, 97)'])
    const [other] = outcomesAfter(['Q = msgget(private)', 'msgsnd(Q, 1, 0, 98)'])
    expect(one?.world.queues).toEqual(other?.world.queues)
  })
})

describe('msgsnd.full.bytes', () => {
  const nearlyFull = [...small, 'msgsnd(Q, 1, 6)', 'msgsnd(Q, 1, 5, 97, IPC_NOWAIT)']
  it('is a full queue on Linux', () => expect(endings(outcomesAfter(nearlyFull))).toEqual(['A EAGAIN']))
  it('may be accepted by the wording of POSIX', () =>
    expect(endings(outcomesAfter(nearlyFull, posix))).toEqual(['A 0', 'A EAGAIN']))
  it('leaves no doubt where the bytes are at the limit', () =>
    expect(
      endings(outcomesAfter([...small, 'msgsnd(Q, 1, 10)', 'msgsnd(Q, 1, 1, 97, IPC_NOWAIT)'], posix)),
    ).toEqual(['A EAGAIN']))
})

describe('msgsnd.full.count', () => {
  const empties = ['Q = msgget(private)', 'msgctl(Q, IPC_SET, own, own, 0600, 1)', 'msgsnd(Q, 1, 0)']
  it('is no limit of POSIX', () => {
    const again = [...empties, 'msgsnd(Q, 1, 0, 97, IPC_NOWAIT)']
    expect(endings(outcomesAfter(again))).toEqual(['A EAGAIN'])
    expect(endings(outcomesAfter(again, posix))).toEqual(['A 0', 'A EAGAIN'])
  })
})

describe('msgsnd.full.zero-len-at-limit', () => {
  const atLimit = [...small, 'msgsnd(Q, 1, 10)', 'msgsnd(Q, 1, 0)']
  it('is accepted on Linux and may sleep elsewhere', () => {
    expect(endings(outcomesAfter(atLimit))).toEqual(['A 0'])
    expect(endings(outcomesAfter(atLimit, posix))).toEqual(['', 'A 0'])
  })
})

describe('msgsnd.larger-than-queue', () => {
  const larger = [...small, 'msgsnd(Q, 1, 11, 97, IPC_NOWAIT)']
  it('is a full queue on Linux, an invalid argument elsewhere', () => {
    expect(only(...larger).rules).toContain('msgsnd.larger-than-queue')
    expect(endings(outcomesAfter(larger, posix))).toEqual(['A 0', 'A EAGAIN', 'A EINVAL'])
  })
})

describe('msgsnd.full-beats-waiting-receiver', () => {
  const waitedFor = [...small, 'msgsnd(Q, 1, 10)', 'B: msgrcv(Q, 100, 2)', 'msgsnd(Q, 2, 1, 97, IPC_NOWAIT)']
  it('stops the sender on Linux; elsewhere the message may need no room', () => {
    expect(only(...waitedFor).rules).toContain('msgsnd.full-beats-waiting-receiver')
    expect(endings(outcomesAfter(waitedFor))).toEqual(['A EAGAIN'])
    expect(endings(outcomesAfter(waitedFor, posix))).toEqual(['A 0, B 1', 'A EAGAIN'])
  })
  it('is a question only where the receiver could take the message', () => {
    const lowered = [...small, 'msgsnd(Q, 1, 10)', 'msgctl(Q, IPC_SET, own, own, 0600, 5)']
    const ends = (...lines: readonly string[]) => endings(outcomesAfter([...lowered, ...lines], posix))
    const send = 'msgsnd(Q, 2, 3, 97, IPC_NOWAIT)'
    expect(ends('B: msgrcv(Q, 3, 2)', send)).toEqual(['A 0, B 3', 'A EAGAIN'])
    expect(ends('B: msgrcv(Q, 2, 2)', send)).toEqual(['A EAGAIN'])
    expect(ends('B: msgrcv(Q, 3, 4)', send)).toEqual(['A EAGAIN'])
  })
})

describe('msgsnd.eacces', () => {
  const closed = [
    ...small,
    'msgsnd(Q, 1, 10)',
    'msgctl(Q, IPC_SET, own, own, 0400, 10)',
    'msgsnd(Q, 1, 1, 97, IPC_NOWAIT)',
  ]
  it('comes before the full queue on Linux, in any order elsewhere', () => {
    expect(endings(outcomesAfter(closed))).toEqual(['A EACCES'])
    expect(endings(outcomesAfter(closed, posix))).toEqual(['A EACCES', 'A EAGAIN'])
  })
})

describe('rmid.later-einval', () => {
  const removed = ['Q = msgget(private)', 'msgctl(Q, IPC_RMID)', 'msgsnd(Q, 1, 1)']
  it('may be EIDRM by the list of errors of POSIX', () => {
    expect(endings(outcomesAfter(removed))).toEqual(['A EINVAL'])
    expect(endings(outcomesAfter(removed, posix))).toEqual(['A EIDRM', 'A EINVAL'])
  })
})

describe('snd.newcomer', () => {
  const blocked = [...small, 'msgsnd(Q, 1, 8)', 'B: msgsnd(Q, 1, 5)', 'msgsnd(Q, 1, 2, 97, IPC_NOWAIT)']
  it('goes first on Linux, and may have to queue elsewhere', () => {
    expect(endings(outcomesAfter(blocked))).toEqual(['A 0'])
    expect(endings(outcomesAfter(blocked, posix))).toContain('A EAGAIN')
  })
})

describe('limit.msgmax', () => {
  it('is noted at the edge only', () => {
    expect(only('Q = msgget(private)', 'msgsnd(Q, 1, 8192)').rules).toContain('limit.msgmax')
    expect(only('Q = msgget(private)', 'msgsnd(Q, 1, 8193)').rules).toContain('limit.msgmax')
    expect(only('Q = msgget(private)', 'msgsnd(Q, 1, 8191)').rules).not.toContain('limit.msgmax')
  })
})
