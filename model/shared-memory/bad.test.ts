import { describe, expect, it } from 'vitest'
import { allowed, play } from '../semaphores/play.testing.ts'

const segment = 'M = shmget(private, 1, 0)'

describe('shmctl.set.efault-first', () => {
  it('comes behind a negative identifier and before an unknown one', () => {
    expect(play('bad_shmctl(-1, IPC_SET)').ending).toBe('A EINVAL')
    expect(play('bad_shmctl(9, IPC_SET)').ending).toBe('A EFAULT')
    expect(play(segment, 'B: become(8, 8)', 'B: bad_shmctl(M, IPC_SET)').ending).toBe('B EFAULT')
  })
})

describe('shmctl.stat.bad-buffer-efault', () => {
  it('comes behind everything else', () => {
    expect(play('bad_shmctl(9, IPC_STAT)').ending).toBe('A EINVAL')
    expect(play(segment, 'bad_shmctl(M, IPC_STAT)').ending).toBe('A EACCES')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    for (const command of ['IPC_STAT', 'IPC_SET']) {
      expect(allowed('M = shmget(private, 1, 0400)', `bad_shmctl(M, ${command})`)).toEqual(['A EFAULT'])
      for (const id of [-1, 9])
        expect(allowed(`bad_shmctl(${id}, ${command})`)).toEqual(['A EFAULT', 'A EINVAL'])
    }
    expect(allowed(segment, 'bad_shmctl(M, IPC_STAT)')).toEqual(['A EACCES', 'A EFAULT'])
    expect(allowed(segment, 'B: become(8, 8)', 'B: bad_shmctl(M, IPC_SET)')).toEqual(['B EFAULT', 'B EPERM'])
  })
})
