import { describe, expect, it } from 'vitest'
import { alterTrace, chooser, type Found } from './alter.ts'
import { alterations } from './alterations.ts'
import { compiled, programs } from './programs.ts'

const first = () => 0

describe('alterations', () => {
  it.each([
    ['another value', '10 1.0 getpid() = 10 <0.1>', '10 1.0 getpid() = 11 <0.1>'],
    ['success becomes an error', '10 getpid() = 10', '10 getpid() = -1 EINVAL (altered)'],
    ['an error becomes success', '10 semget(1, 1, 0) = -1 ENOENT (No such file)', '10 semget(1, 1, 0) = 0'],
    ['another error', '10 semget(1, 1, 0) = -1 ENOENT (x)', '10 semget(1, 1, 0) = -1 EINVAL (altered)'],
    ['a refusal for permission', '10 semop(5, [], 1) = 0', '10 semop(5, [], 1) = -1 EACCES (altered)'],
    [
      'another kind of restart',
      '10 wait4(-1, 0x1, 0, NULL) = ? ERESTARTSYS (x)',
      '10 wait4(-1, 0x1, 0, NULL) = ? ERESTARTNOHAND (x)',
    ],
    ['count of sleepers', '10 semctl(5, 0, GETNCNT, NULL) = 1', '10 semctl(5, 0, GETNCNT, NULL) = 5'],
    ['end of a process', '10 +++ exited with 0 +++', '10 +++ exited with 1 +++'],
  ])('%s', (kind, line, altered) => {
    expect(alterations.find((each) => each.kind === kind)?.alter(line, first)).toBe(altered)
  })

  it.each(alterations)('$kind leaves alone what it is not about', ({ alter }) => {
    expect(alter('10 1.0 close(3) = 0 <0.1>', first)).toBeUndefined()
  })

  it('have names of their own', () => {
    expect(new Set(alterations.map(({ kind }) => kind)).size).toBe(alterations.length)
  })
})

describe('alterTrace', () => {
  const trace = [
    '10 1.000000 execve("./a", ["./a"], 0x1 /* 1 var */) = 0 <0.000100>',
    '10 1.001000 getpid() = 10 <0.000001>',
    '10 1.002000 getuid() = 0 <0.000001>',
  ].join('\n')

  it('tells which alterations are noticed, and which are not', async () => {
    const found: Found = {}
    const missed: string[] = []
    await alterTrace(trace, 2, chooser(1), found, (kind, line) => missed.push(`${kind}: ${line}`))
    expect(found['another value']).toEqual({ made: 2, found: 1 })
    expect(missed.filter((each) => each.startsWith('another value'))).toEqual([
      expect.stringContaining('getuid'),
    ])
  })

  it('makes the same alterations of the same seed', async () => {
    const [one, other]: [Found, Found] = [{}, {}]
    await alterTrace(trace, 1, chooser(7), one)
    await alterTrace(trace, 1, chooser(7), other)
    expect(one).toEqual(other)
  })
})

describe('programs', () => {
  it('have names of their own, and sources where they are compiled', () => {
    const names = programs.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect([...compiled].every((name) => names.includes(name))).toBe(true)
  })
})
