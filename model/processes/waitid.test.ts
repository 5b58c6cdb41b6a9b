import { describe, expect, it } from 'vitest'
import { allowed, inPosix, out, play, playOn } from '../semaphores/play.testing.ts'

const cleared = { signo: '0', errno: '0', code: '0', status: '0', pid: '0', uid: '0' }
const info = (code: number, status: number) => ({
  signo: '17',
  errno: '0',
  code: String(code),
  status: String(status),
  pid: 'pid E',
  uid: '1000',
})
const withChild = (...lines: readonly string[]) => play('A: E = fork()', ...lines)

describe('waitid.end.fields', () => {
  it('tells exits from signals', () => {
    expect(out(withChild('E: _exit(7)', 'A: waitid(P_ALL, 0, WEXITED)'))).toEqual(info(1, 7))
    expect(out(withChild('A: kill(E, SIGTERM)', 'A: waitid(P_PID, E, WEXITED)'))).toEqual(info(2, 15))
  })
})

describe('exit.code.full-in-siginfo', () => {
  it('is eight bits on Linux, and the whole value in POSIX', () => {
    const ended = withChild('E: _exit(0x12345678)')
    expect(out(playOn(ended, 'A: waitid(P_PID, E, WEXITED)'))).toEqual(info(1, 0x78))
    const { outcomes } = inPosix(ended, 'A: waitid(P_PID, E, WEXITED)')
    const seen = outcomes.map((outcome) => out({ ...ended, outcomes: [outcome] }).status)
    expect(seen).toEqual([String(0x78), String(0x12345678)])
  })
})

describe('waitid.stop.fields', () => {
  it('has the stop signal', () => {
    expect(out(withChild('A: kill(E, SIGTSTP)', 'A: waitid(P_PID, E, WSTOPPED)'))).toEqual(info(5, 20))
  })
})

describe('waitid.continue.fields', () => {
  it('has SIGCONT', () => {
    const lines = ['A: kill(E, SIGSTOP)', 'A: kill(E, SIGCONT)', 'A: waitid(P_PID, E, WCONTINUED)']
    expect(out(withChild(...lines))).toEqual(info(6, 18))
  })
})

describe('waitid.wnohang.zero-and-cleared', () => {
  it('clears the fields', () => {
    expect(out(withChild('A: waitid(P_PID, E, WEXITED|WNOHANG)'))).toEqual(cleared)
  })
})

describe('waitid.error.info-cleared', () => {
  it('clears the fields, for errors in the arguments too', () => {
    expect(out(play('A: waitid(P_ALL, 0, WEXITED)'))).toEqual(cleared)
    expect(out(play('A: waitid(P_ALL, 0, WNOHANG)'))).toEqual(cleared)
  })

  it('has nothing to clear without a place', () => {
    expect(out(play('A: waitid(P_ALL, 0, WEXITED, NULL)'))).toEqual({})
  })
})

describe('waitid.signal.eintr-clears-info', () => {
  it('clears the fields', () => {
    const lines = ['A: waitid(P_PID, E, WEXITED)', 'B: kill(A, SIGUSR1)']
    const interrupted = play('A: sigaction(SIGUSR1, handler)', 'A: E = fork()', ...lines)
    expect(interrupted.ending).toBe('A EINTR, B 0')
    expect(out(interrupted)).toEqual(cleared)
  })
})

describe('waitid.wnowait.leaves-waitable', () => {
  it('changes nothing', () => {
    const before = withChild('E: _exit(7)')
    const looked = withChild('E: _exit(7)', 'A: waitid(P_PID, E, WEXITED|WNOWAIT)')
    expect(looked.world).toEqual(before.world)
  })
})

describe('waitid.echild.only-other-events-possible', () => {
  it('may sleep in POSIX', () => {
    const lines = ['A: E = fork()', 'E: _exit(0)', 'A: waitid(P_ALL, 0, WSTOPPED)']
    expect(play(...lines).ending).toBe('A ECHILD')
    expect(allowed(...lines)).toEqual(['', 'A ECHILD'])
  })
})

describe('waitid.pgid.zero-own-group', () => {
  it('is invalid elsewhere', () => {
    expect(allowed('A: E = fork()', 'A: waitid(P_PGID, 0, WEXITED|WNOHANG)')).toEqual(['A 0', 'A EINVAL'])
  })
})

describe('waitid.pidfd.bad', () => {
  it('tells what is wrong with the descriptor', () => {
    const opened = ['A: E = fork()', 'A: P = pidfd_open(E)', 'A: Q = pidfd_open(A)']
    expect(play(...opened, 'A: waitid(P_PIDFD, Q, WEXITED)').ending).toBe('A ECHILD')
    expect(play(...opened, 'A: waitid(P_PIDFD, 999, WEXITED)').ending).toBe('A EBADF')
    expect(play(...opened, 'A: waitid(P_PIDFD, -1, WEXITED)').ending).toBe('A EINVAL')
  })

  it('takes a number from another process for whatever the caller has under it', () => {
    const opened = ['A: E = fork()', 'A: P = pidfd_open(E)', 'B: F = fork()', 'B: Q = pidfd_open(F)']
    const found = play(...opened, 'B: waitid(P_PIDFD, P, WEXITED|WNOHANG)').outcomes
    const results = found.map(({ events: [event] }) => event?.is === 'returned' && event.result.errno)
    expect(results).toEqual(['EBADF', 'none'])
  })
})
