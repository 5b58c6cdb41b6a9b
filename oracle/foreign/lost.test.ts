import { describe, expect, it } from 'vitest'
import { judged, START } from './judged.testing.ts'

const WRONG = '10 gettid() = 12\n'
const verdict = (text: string) => judged(START + text).verdict

describe('a line that is not understood', () => {
  it.each([
    ['was cut', '10 semop(5, [{sem_num=0, sem_'],
    ['was cut before its call', '10 1700000'],
    ['has no beginning', ')   = 0 <0.000010>'],
    ['has bytes that strace does not write', '10 get\0id() = 10'],
    ['goes on with a call that is not known', '10 <... semop resumed>) = 0'],
  ])('and that %s may tell of anything: nothing deviates behind it', (_, lost) => {
    expect(verdict(`${WRONG}${lost}\n`)).toBe('deviates')
    expect(verdict(`10 getpid() = 10\n${lost}\n${WRONG}`)).toBe('inconclusive')
  })

  it('and that a program printed tells nothing', () => {
    expect(verdict(`hello, world\n${WRONG}`)).toBe('deviates')
    expect(verdict('hello, world\n10 gettid() = 10\n')).toBe('inconclusive')
  })
})
