import { describe, expect, it } from 'vitest'
import { childCode, statusWord } from './results.ts'
import type { Report } from './state.ts'

const exited: Report = { is: 'exited', code: 0x10203 }
const killed: Report = { is: 'killed', signal: 9, core: false }
const dumped: Report = { is: 'killed', signal: 4, core: true }
const stopped: Report = { is: 'stopped', signal: 19 }
const continued: Report = { is: 'continued' }
const none: Report = { is: 'none' }

describe('waitid.siginfo', () => {
  it('has a code for each end and each change, as <signal.h> numbers them', () => {
    expect([exited, killed, dumped, stopped, continued, none].map(childCode)).toEqual([1, 2, 3, 5, 6, 0])
  })
})

describe('wait.status.macros', () => {
  it('finds signal, core flag and exit value where the ABI has them', () => {
    expect([exited, killed, dumped, stopped, continued, none].map(statusWord)).toEqual([
      ...[0x300, 9, 0x84, 0x137f, 0xffff, 0],
    ])
  })
})
