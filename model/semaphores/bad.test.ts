import { describe, expect, it } from 'vitest'
import { allowed, play } from './play.testing.ts'

const one = 'S = semget(private, 1)'

describe('semop.efault', () => {
  it('comes behind the checks of the count and before the identifier', () => {
    expect(play(one, 'bad_semop(S)').ending).toBe('A EFAULT')
    expect(play('bad_semop(-1)').ending).toBe('A EFAULT')
    expect(play('bad_semop(-1, 501)').ending).toBe('A E2BIG')
    expect(play('bad_semop(-1, 0)').ending).toBe('A EINVAL')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    expect(allowed('bad_semop(-1)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(allowed(one, 'bad_semop(S)')).toEqual(['A EFAULT'])
    expect(allowed('bad_semop(9)')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(allowed(one, 'bad_semop(S, 501)')).toEqual(['A E2BIG', 'A EFAULT'])
    expect(allowed(one, 'bad_semop(S, 0)')).toEqual(['A EFAULT', 'A EINVAL'])
  })
})

describe('semtimedop.efault', () => {
  it('comes before everything else', () => {
    expect(play('bad_semtimedop(-1, [])').ending).toBe('A EFAULT')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    expect(allowed(one, 'bad_semtimedop(S, [0 +1])')).toEqual(['A EFAULT'])
    expect(allowed(one, 'bad_semtimedop(S, [])')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(allowed('bad_semtimedop(-1, [0 +1])')).toEqual(['A EFAULT', 'A EINVAL'])
    expect(allowed(one, 'bad_semtimedop(S, [1 +1])')).toEqual(['A EFAULT', 'A EFBIG'])
    expect(allowed('S = semget(private, 1, 0400)', 'bad_semtimedop(S, [0 +1])')).toEqual([
      'A EACCES',
      'A EFAULT',
    ])
    expect(allowed('S = semget(private, 1, 0200)', 'bad_semtimedop(S, [0 0])')).toEqual([
      'A EACCES',
      'A EFAULT',
    ])
  })
})

describe('semop.nsops-32bit', () => {
  it('sees only the low 32 bits on Linux, and may be E2BIG elsewhere', () => {
    expect(play(one, 'wide_semop(S, [0 +1])').ending).toBe('A 0')
    expect(allowed(one, 'wide_semop(S, [0 +1])')).toEqual(['A 0', 'A E2BIG'])
  })
})

describe('semctl.efault', () => {
  const locked = ['S = semget(private, 1, 0)']

  it('comes before the identifier where the buffer is read', () => {
    expect(play('bad_semctl(9, IPC_SET)').ending).toBe('A EFAULT')
    expect(play('bad_semctl(-1, IPC_SET)').ending).toBe('A EINVAL')
  })

  it('may be any of the errors that apply, in profile posix', () => {
    const many = Array.from({ length: 501 }, () => '0 +1').join(', ')
    expect(allowed(one, `bad_semtimedop(S, [${many}])`)).toEqual(['A E2BIG', 'A EFAULT'])
    for (const command of ['IPC_STAT', 'IPC_SET', 'GETALL', 'SETALL']) {
      expect(allowed(one, `bad_semctl(S, ${command})`)).toEqual(['A EFAULT'])
      for (const id of [-1, 9])
        expect(allowed(`bad_semctl(${id}, ${command})`)).toEqual(['A EFAULT', 'A EINVAL'])
      const stranger = 'B: become(8, 8)'
      expect(allowed(...locked, stranger, `B: bad_semctl(S, ${command})`)).toEqual(
        [command === 'IPC_SET' ? 'B EPERM' : 'B EACCES', 'B EFAULT'].sort(),
      )
    }
  })

  it('is told from the rule about negative identifiers', () => {
    for (const command of ['IPC_STAT', 'IPC_SET', 'GETALL', 'SETALL']) {
      const { rules } = play(`bad_semctl(-1, ${command})`)
      expect(rules).toContain('semctl.id-negative')
    }
  })

  it('comes behind identifier and permission elsewhere', () => {
    for (const command of ['IPC_STAT', 'GETALL', 'SETALL']) {
      expect(play(one, `bad_semctl(S, ${command})`).ending).toBe('A EFAULT')
      expect(play(`bad_semctl(9, ${command})`).ending).toBe('A EINVAL')
      expect(play(...locked, `bad_semctl(S, ${command})`).ending).toBe('A EACCES')
    }
  })
})
