import { describe, expect, it } from 'vitest'
import { elementsOf, fieldsOf, splitArguments } from './arguments.ts'
import { parseLine } from './line.ts'
import { intOf, numberOf } from './numbers.ts'
import { signalSetOf } from './signals.ts'

describe('a line of strace', () => {
  it.each([
    ['of -o', '12 1700000000.5 getpid() = 12 <0.000003>'],
    ['of the terminal', '[pid    12] 1700000000.5 getpid() = 12 <0.000003>'],
    ['with the name of the program', '12<bash> 1700000000.5 getpid() = 12<bash> <0.000003>'],
    ['with the number of the call', '12 1700000000.5 [  39] getpid() = 12 <0.000003>'],
    ['with the instruction pointer', '12 1700000000.5 [00007f5fbb8c9a17] getpid() = 12 <0.000003>'],
  ])('is understood %s', (_, text) => {
    expect(parseLine(text)).toMatchObject({
      ...{ is: 'call', pid: 12, time: 1700000000.5, name: 'getpid', args: '', took: 0.000003 },
    })
  })

  it('needs no process, and takes that of its file', () => {
    expect(parseLine('1700000000.5 getpid() = 7', 7)).toMatchObject({ is: 'call', pid: 7 })
    expect(parseLine('getpid() = 7')).toMatchObject({ is: 'call', pid: 0, time: Number.NaN })
  })

  it('reads the time of the day', () => {
    expect(parseLine('12 01:00:02.5 getpid() = 7').time).toBe(3602.5)
  })

  it('is not led astray by brackets and equals signs in strings and comments', () => {
    const line = parseLine('1 1.0 msgsnd(1, {mtype=1, mtext="a) = 3 \\""}, 8, 0 /* ) = 5 */) = 0')
    expect(line).toMatchObject({
      is: 'call',
      args: '1, {mtype=1, mtext="a) = 3 \\""}, 8, 0 /* ) = 5 */',
      result: '0',
    })
  })

  it('may be one half of a call', () => {
    expect(parseLine('1 1.0 wait4(2,  <unfinished ...>')).toMatchObject({
      is: 'unfinished',
      name: 'wait4',
      args: '2,  ',
    })
    expect(parseLine('1 1.0 execve("a", ["a"], 0x1 /* 1 var */ <pid changed to 4 ...>')).toMatchObject({
      is: 'unfinished',
      args: '"a", ["a"], 0x1 /* 1 var */ ',
    })
    expect(parseLine('1 1.0 <... wait4 resumed>NULL, 0, NULL) = 2 <0.1>')).toMatchObject({
      ...{ is: 'resumed', name: 'wait4', args: 'NULL, 0, NULL', result: '2', took: 0.1 },
    })
  })

  it.each([
    ['+++ exited with 3 +++', { is: 'exited', status: 3 }],
    ['+++ killed by SIGSEGV (core dumped) +++', { is: 'killed', signal: 11, core: true }],
    ['+++ superseded by execve in pid 5 +++', { is: 'superseded', by: 5 }],
  ])('tells an end: %s', (text, end) => {
    expect(parseLine(`1 1.0 ${text}`)).toMatchObject({ is: 'end', end })
  })

  it('tells a signal and a stop', () => {
    expect(parseLine('1 1.0 --- SIGUSR1 {si_signo=SIGUSR1, si_pid=4} ---')).toMatchObject({
      ...{ is: 'signal', signal: 10, info: { si_signo: 'SIGUSR1', si_pid: '4' } },
    })
    expect(parseLine('1 1.0 --- stopped by SIGTTIN ---')).toMatchObject({ is: 'stopped', signal: 21 })
  })

  it.each([
    'strace: Process 5 attached',
    '[ Process PID=5 runs in 32 bit mode. ]',
    '% time     seconds  usecs/call     calls    errors syscall',
    '------ ----------- ----------- --------- --------- ----------------',
    ' 12.50    0.000010           1         4         2 wait4',
    '100.00    0.000020           2         8         2 total',
    ' > /lib/libc.so.6(+0x1)',
    '',
  ])('may be what strace says of itself: %s', (text) => expect(parseLine(text).is).toBe('note'))

  it.each([
    'hello',
    '1 1.0 semop(1, [{0, -1, 0}], 1',
    '1 1.0 semop(1, "unended) = 0',
    '1 1.0 <... resumed>) = 0',
    '1 1.0 +++ vanished +++',
    '1 1.0 --- SIGNONE ---',
  ])('is named where it is not understood: %s', (text) => expect(parseLine(text).is).toBe('malformed'))
})

describe('arguments', () => {
  it('are split at their own commas only', () => {
    expect(splitArguments('1, [{a, b}, c], "x, y", f(2, 3)')).toEqual([
      '1',
      '[{a, b}, c]',
      '"x, y"',
      'f(2, 3)',
    ])
    expect(splitArguments('1, [2')).toBeUndefined()
  })

  it('are structures and lists, unless these were cut', () => {
    expect(fieldsOf('{a=1, b={c=2}, ...}')).toEqual({ a: '1', b: '{c=2}' })
    expect(elementsOf('[1, 2]')).toEqual(['1', '2'])
    expect(elementsOf('[1, ...]')).toBeUndefined()
  })

  it.each([
    ['IPC_CREAT|IPC_EXCL|0600', 0o3600],
    ['0x200|0700', 0o1700],
    ['0x1 /* WNOHANG */', 1],
    ['21<<SHM_HUGE_SHIFT', 21 * 2 ** 26],
    ['CLONE_CHILD_SETTID|CLONE_IO', 0x81000000],
    ['-1', -1],
    ['3<pipe:[12]>', 3],
  ])('are numbers: %s', (text, number) => expect(numberOf(text)).toBe(number))

  it('are not guessed', () => expect(numberOf('IPC_CREAT|IPC_UNHEARD_OF')).toBeUndefined())
  it('are ints where C has them so', () => expect(intOf('4294967295')).toBe(-1))
  it('are sets of signals', () => {
    expect(signalSetOf('[HUP INT]')).toBe(3n)
    expect(signalSetOf('[1 2]')).toBe(3n)
    expect(signalSetOf('~[HUP RTMIN RT_1]')).toBe(2n ** 64n - 1n - 1n - 2n ** 31n - 2n ** 32n)
    expect(signalSetOf('[NONE]')).toBeUndefined()
  })
})
