import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { ending, endings, only, outcomesAfter, small } from './scenes.testing.ts'

const queue = 'Q = msgget(private)'
const locked = 'Q = msgget(private, 0)'
const full = [...small, 'msgsnd(Q, 1, 10)']
const inPosix = (...lines: readonly string[]) => endings(outcomesAfter(lines, posix))
const comesTo = (...lines: readonly string[]) => ending(only(...lines).events)

describe('msgsnd.efault.type', () => {
  it('comes before everything else', () => {
    expect(comesTo('bad_msgsnd(-1, type, -1)')).toBe('A EFAULT')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    expect(inPosix(queue, 'bad_msgsnd(Q, type)')).toEqual(['A EFAULT'])
    expect(inPosix('bad_msgsnd(-1, type)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix('bad_msgsnd(9, type)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(queue, 'bad_msgsnd(Q, type, 8193)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(queue, 'bad_msgsnd(Q, type, -1)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(locked, 'bad_msgsnd(Q, type)')).toEqual(['A EACCES', 'A EFAULT'])
    expect(inPosix(...full, 'bad_msgsnd(Q, type, 2)')).toEqual(['A EAGAIN', 'A EFAULT'])
  })
})

describe('msgsnd.efault.body', () => {
  it('comes behind size and type, and before the queue is looked up', () => {
    expect(comesTo(queue, 'bad_msgsnd(Q, body)')).toBe('A EFAULT')
    expect(comesTo('bad_msgsnd(9, body)')).toBe('A EFAULT')
    expect(comesTo('bad_msgsnd(-1, body)')).toBe('A EINVAL')
    expect(comesTo(queue, 'bad_msgsnd(Q, body, 1, 0)')).toBe('A EINVAL')
    expect(comesTo(queue, 'bad_msgsnd(Q, body, 8193)')).toBe('A EINVAL')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    expect(inPosix(queue, 'bad_msgsnd(Q, body)')).toEqual(['A EFAULT'])
    expect(inPosix('bad_msgsnd(-1, body)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix('bad_msgsnd(9, body)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(queue, 'bad_msgsnd(Q, body, 8193)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(queue, 'bad_msgsnd(Q, body, 1, 0)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(inPosix(locked, 'bad_msgsnd(Q, body)')).toEqual(['A EACCES', 'A EFAULT'])
  })

  it('is none where there is no body', () => {
    expect(comesTo(queue, 'bad_msgsnd(Q, body, 0)')).toBe('A 0')
  })
})

describe('msgrcv.efault.message-lost', () => {
  it('takes the message off the queue', () => {
    const { events, world } = only(queue, 'msgsnd(Q, 1, 3)', 'bad_msgrcv(Q)')
    expect(ending(events)).toBe('A EFAULT')
    expect(world.queues.Q).toMatchObject({ messages: [], lastReceiver: 'A', rtime: 3 })
  })

  it('takes a message that comes while it sleeps', () => {
    const { events, world } = only(queue, 'B: bad_msgrcv(Q)', 'msgsnd(Q, 1, 3)')
    expect(ending(events)).toBe('A 0, B EFAULT')
    expect(world.queues.Q?.messages).toEqual([])
  })

  it('may leave the message, in profile posix', () => {
    const found = outcomesAfter([queue, 'msgsnd(Q, 1, 3)', 'bad_msgrcv(Q)'], posix)
    expect(endings(found)).toEqual(['A EFAULT'])
    expect(found.map(({ world }) => world.queues.Q?.messages.length)).toEqual([0, 1])
  })
})

describe('copy.reads-buffer', () => {
  it('reads the buffer, however small, before it looks for a message', () => {
    expect(comesTo(queue, 'bad_msgrcv(Q, 1, 0, IPC_NOWAIT|MSG_COPY)')).toBe('A EFAULT')
    expect(comesTo(queue, 'bad_msgrcv(Q, 0, 0, IPC_NOWAIT|MSG_COPY)')).not.toBe('A EFAULT')
  })
})

describe('msgctl.efault', () => {
  it('may be any of the errors that apply, in profile posix', () => {
    for (const command of ['IPC_STAT', 'IPC_SET']) {
      expect(inPosix(queue, `bad_msgctl(Q, ${command})`)).toEqual(['A EFAULT'])
      for (const id of [-1, 9])
        expect(inPosix(`bad_msgctl(${id}, ${command})`)).toEqual(['A EFAULT', 'A EINVAL'])
      expect(inPosix(locked, 'B: become(8, 8)', `B: bad_msgctl(Q, ${command})`)).toEqual([
        ...(command === 'IPC_SET' ? ['B EFAULT', 'B EPERM'] : ['B EACCES', 'B EFAULT']),
      ])
    }
  })

  it('comes before the identifier where the buffer is read', () => {
    expect(comesTo('bad_msgctl(9, IPC_SET)')).toBe('A EFAULT')
    expect(comesTo('bad_msgctl(9, IPC_STAT)')).toBe('A EINVAL')
    expect(comesTo(queue, 'bad_msgctl(Q, IPC_STAT)')).toBe('A EFAULT')
  })
})
