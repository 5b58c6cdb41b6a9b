import { describe, expect, it } from 'vitest'
import { allowed, inPosix, out, play, playOn } from '../semaphores/play.testing.ts'
import type { World } from '../world.ts'

const parent = () => play('A: E = fork()')
const two = () => play('A: E = fork()', 'A: F = fork()')

describe('waitpid.end.reaps', () => {
  it('returns pid and status, and then the child is unknown', () => {
    const reaped = playOn(parent(), 'E: _exit(3)', 'A: waitpid(E)')
    expect(reaped.ending).toBe('A pid E')
    expect(out(reaped)).toEqual({ status: '768' })
    expect(reaped.world.processes.E).toBeUndefined()
  })
})

describe('exit.code.low-eight-bits', () => {
  it.each([
    [-1, 0xff00],
    [256, 0],
    [263, 0x0700],
    [0x12345678, 0x7800],
  ])('stores _exit(%i) as %i', (code, status) => {
    expect(out(playOn(parent(), `E: _exit(${code})`, 'A: wait()')).status).toBe(String(status))
  })
})

describe('exit.signal.status', () => {
  it.each([
    ['SIGKILL', 9],
    ['SIGTERM', 15],
    ['SIGABRT', 6],
    ['64', 64],
  ])('is the number of %s', (signal, status) => {
    expect(out(playOn(parent(), `A: kill(E, ${signal})`, 'A: wait()')).status).toBe(String(status))
  })
})

describe('exit.core.flag', () => {
  it('may be set where the standard lets a core be written', () => {
    const killed = inPosix(parent(), 'A: kill(E, SIGABRT)')
    const reports = killed.outcomes.map(({ world }) => world.processes.E?.lifecycle.report)
    expect(reports).toEqual([false, true].map((core) => ({ is: 'killed', signal: 6, core })))
  })
})

describe('waitpid.stop.reported-once', () => {
  it.each([
    ['SIGSTOP', 0x137f],
    ['SIGTSTP', 0x147f],
    ['SIGTTIN', 0x157f],
    ['SIGTTOU', 0x167f],
  ])('names %s', (signal, status) => {
    const reported = playOn(parent(), `A: kill(E, ${signal})`, 'A: waitpid(E, WUNTRACED)')
    expect(out(reported).status).toBe(String(status))
    const again = playOn(reported, 'A: waitpid(E, WUNTRACED|WNOHANG)')
    expect(again.ending).toBe('A 0')
    expect(again.rules).toContain('waitpid.stop.reported-once')
  })
})

describe('waitpid.continue.reported-once', () => {
  it('is ffff', () => {
    const reported = playOn(
      parent(),
      'A: kill(E, SIGSTOP)',
      'A: kill(E, SIGCONT)',
      'A: waitpid(E, WCONTINUED)',
    )
    expect(out(reported).status).toBe('65535')
    expect(playOn(reported, 'A: waitpid(E, WCONTINUED|WNOHANG)').ending).toBe('A 0')
  })
})

describe('waitpid.wnohang.zero-when-none-ready', () => {
  it('leaves the location alone', () => {
    expect(out(playOn(parent(), 'A: waitpid(E, WNOHANG)'))).toEqual({ status: 'untouched' })
  })
})

describe('waitpid.status-null.ok', () => {
  it('stores nothing', () => {
    expect(out(playOn(parent(), 'E: _exit(9)', 'A: waitpid(E, 0, NULL)'))).toEqual({ status: 'untouched' })
  })
})

describe('wait4.usage.on-stop', () => {
  it('stores the usage, and with 0 it does not', () => {
    const stopped = playOn(parent(), 'A: kill(E, SIGSTOP)')
    expect(out(playOn(stopped, 'A: wait4(E, WNOHANG)'))).toEqual({ status: 'untouched', usage: '0' })
    expect(out(playOn(stopped, 'A: wait4(E, WUNTRACED)'))).toMatchObject({ status: '4991', usage: '1' })
  })
})

describe('waitpid.order.unspecified', () => {
  it('goes by the order of the forks on Linux, and is open in POSIX', () => {
    const ended = ['A: E = fork()', 'A: F = fork()', 'F: _exit(2)', 'E: _exit(1)']
    expect(play(...ended, 'A: wait()').ending).toBe('A pid E')
    expect(allowed(...ended, 'A: wait()')).toEqual(['A pid E', 'A pid F'])
  })
})

describe('waitpid.pid-int-min.esrch', () => {
  it('is ESRCH on Linux; POSIX knows no such group', () => {
    expect(allowed('A: E = fork()', 'A: waitpid(INT_MIN)')).toEqual(['A ECHILD', 'A ESRCH'])
    expect(allowed('A: E = fork()', 'A: waitpid(INT_MIN, 0x10)')).toEqual(['A ECHILD', 'A EINVAL', 'A ESRCH'])
  })
})

describe('waitpid.options.invalid-einval', () => {
  it('comes before the search on Linux; POSIX has no order of errors', () => {
    expect(play('A: waitpid(-1, WEXITED)').ending).toBe('A EINVAL')
    expect(allowed('A: waitpid(-1, WEXITED)')).toEqual(['A ECHILD', 'A EINVAL'])
  })
})

describe('waitpid.pid-zero.callers-group', () => {
  it('is the group in which the caller was when it called', () => {
    const asleep = playOn(two(), 'E: setpgid(0, 0)', 'F: setpgid(0, E)', 'A: E2 = fork()', 'A: waitpid(0)')
    expect(playOn(asleep, 'E: _exit(0)').ending).toBe('E ended')
    expect(playOn(asleep, 'E2: _exit(0)').ending).toBe('A pid E2, E2 ended')
  })
})

describe('waitpid.group.judged-at-report', () => {
  it('reports a child that joined, and POSIX lets a report that is there already count', () => {
    const asleep = [
      'A: E = fork()',
      'A: F = fork()',
      'F: setpgid(0, 0)',
      'A: kill(F, SIGSTOP)',
      'A: kill(F, SIGCONT)',
    ]
    const lines = [...asleep, 'A: waitpid(0, WCONTINUED)', 'F: setpgid(0, A)']
    expect(play(...lines).ending).toBe('F 0')
    expect(allowed(...lines)).toEqual(['A pid F, F 0', 'F 0'])
  })
})

describe('waitpid.group.all-left-still-sleeps', () => {
  const lines = [
    'A: sigaction(SIGUSR1, handler, SA_RESTART)',
    'A: E = fork()',
    'A: waitpid(0)',
    'E: setpgid(0, 0)',
  ]

  it('is open in POSIX', () => {
    expect(play(...lines).ending).toBe('E 0')
    expect(allowed(...lines)).toEqual(['A ECHILD, E 0', 'E 0'])
  })

  it('ends with ECHILD when a signal makes it look, with SA_RESTART too', () => {
    expect(play(...lines, 'B: kill(A, SIGUSR1)').ending).toBe('A ECHILD, B 0')
  })
})

describe('sigchld.pending.survives-reaping', () => {
  it('stays on Linux, and may be discarded in POSIX', () => {
    const ended = play('A: sigprocmask(SIG_BLOCK, SIGCHLD)', 'A: E = fork()', 'E: _exit(0)')
    const isPending = ({ world }: { readonly world: World }) =>
      17 in (world.processes.A?.lifecycle.pending ?? {})
    expect(isPending(playOn(ended, 'A: wait()'))).toBe(true)
    expect(inPosix(ended, 'A: wait()').outcomes.map(isPending)).toEqual([true, false])
  })
})

describe('autoreap.ignore.no-zombie', () => {
  it('leaves nothing', () => {
    const gone = play('A: sigaction(SIGCHLD, SIG_IGN)', 'A: E = fork()', 'E: _exit(0)')
    expect(gone.world.processes.E).toBeUndefined()
    expect(gone.ending).toBe('E ended')
  })
})

describe('waitpid.sigchld-ignored.specific-echild-early', () => {
  const lines = [
    'A: sigaction(SIGCHLD, SIG_IGN)',
    'A: E = fork()',
    'A: F = fork()',
    'A: waitpid(E)',
    'E: _exit(0)',
  ]

  it('may sleep on in POSIX until all are gone', () => {
    expect(allowed(...lines)).toEqual(['A ECHILD, E ended', 'E ended'])
  })
})
