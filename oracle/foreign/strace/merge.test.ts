import { describe, expect, it } from 'vitest'
import { merged, NoTimes } from './merge.ts'

const filesOf = (texts: Readonly<Record<number, string>>) =>
  Object.entries(texts).map(([pid, text]) => ({
    pid: Number(pid),
    lines: () => text.split('\n').map((line) => line.trim()),
  }))

const order = (texts: Readonly<Record<number, string>>) =>
  [...merged(filesOf(texts))].map((line) => line.replace(/(\d+) \d+\.\d+ /, '$1 '))

describe('merged', () => {
  it('puts what others did meanwhile between the beginning of a call and its return', () => {
    const texts = {
      10: '1.000100 wait4(-1, NULL, 0, NULL) = 11 <0.000500>\n1.000700 getpid() = 10 <0.000001>',
      11: '1.000200 exit_group(0) = ?\n1.000300 +++ exited with 0 +++',
    }
    expect(order(texts)).toEqual([
      '10 wait4(-1, NULL, 0, NULL <unfinished ...>',
      '11 exit_group(0 <unfinished ...>',
      '11 <... exit_group resumed>) = ?',
      '11 +++ exited with 0 +++',
      '10 <... wait4 resumed>) = 11 <0.000500>',
      '10 getpid( <unfinished ...>',
      '10 <... getpid resumed>) = 10 <0.000001>',
    ])
  })

  it('lets a call last until the next line of its thread', () => {
    const texts = {
      10: '1.000100 pause() = 0 <0.000001>\n1.000900 getpid() = 10 <0.000001>',
      11: '1.000500 getpid() = 11 <0.000001>\n1.000600 getppid() = 1',
    }
    expect(order(texts)).toEqual([
      '10 pause( <unfinished ...>',
      '11 getpid( <unfinished ...>',
      '11 <... getpid resumed>) = 11 <0.000001>',
      '11 getppid( <unfinished ...>',
      '10 <... pause resumed>) = 0 <0.000001>',
      '10 getpid( <unfinished ...>',
      '10 <... getpid resumed>) = 10 <0.000001>',
      '11 <... getppid resumed>) = 1',
    ])
  })

  it('needs times', () => {
    expect(() => order({ 10: 'getpid() = 10' })).toThrow(NoTimes)
  })
})
