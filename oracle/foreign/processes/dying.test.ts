import { describe, expect, it } from 'vitest'
import { broken, FORK, judged, START } from '../judged.testing.ts'

const THREAD = '10 clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD) = 11\n'
const MASK = '11 rt_sigprocmask(SIG_BLOCK, ~[RT_1],  <unfinished ...>\n'
/** The number of the call that another thread entered meanwhile. */
const misread = (value: number) => `11 <... rt_sigprocmask resumed>NULL, 8) = ${value}\n`

describe('what strace read of a thread that was ended meanwhile', () => {
  it.each([
    ['its process ends', `${THREAD}${MASK}10 exit_group(0 <unfinished ...>\n${misread(231)}`],
    [
      'another thread runs a program',
      `${THREAD}${MASK}10 execve("./b", ["b"], 0x1 <unfinished ...>\n${misread(59)}`,
    ],
    [
      'another thread gets a signal that ends it',
      `${THREAD}${MASK}10 --- SIGTERM {si_signo=SIGTERM} ---\n${misread(7)}`,
    ],
    [
      'another process kills it',
      `${FORK}${MASK}10 kill(11, SIGKILL <unfinished ...>\n${misread(62)}10 <... kill resumed>) = 0\n`,
    ],
  ])('is nothing that it came to, where %s', (_, text) => {
    expect(judged(START + text)).toMatchObject({
      deviationCount: 0,
      byCall: { rt_sigprocmask: { judged: 0 } },
    })
  })

  it.each([
    ['nobody ends it', `${THREAD}${MASK}${misread(231)}`],
    ['it ends the others itself', `${THREAD}11 exit_group(0) = 5\n`],
    [
      'the program could not be run',
      `${THREAD}10 execve("./b", ["b"], 0x1) = -1 ENOENT (No such file or directory)\n${MASK}${misread(59)}`,
    ],
    [
      'the signal ended nobody',
      `${THREAD}10 --- SIGTERM {si_signo=SIGTERM} ---\n10 getpid() = 10\n${MASK}${misread(7)}`,
    ],
  ])('deviates where %s', (_, text) => {
    expect(broken(START + text)).toHaveLength(1)
  })
})
