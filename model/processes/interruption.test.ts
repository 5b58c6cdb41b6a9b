import { describe, expect, it } from 'vitest'
import { allowed, endings, inPosix, play, playOn } from '../semaphores/play.testing.ts'
import { childrenOf } from './lifecycle.ts'

const waiting = (...actions: readonly string[]) => play(...actions, 'A: E = fork()', 'A: waitpid(E)')

describe('wait.signal.eintr', () => {
  it('uses nothing up', () => {
    const interrupted = playOn(waiting('A: sigaction(SIGUSR1, handler)'), 'B: kill(A, SIGUSR1)')
    expect(interrupted.ending).toBe('A EINTR, B 0')
    expect(playOn(interrupted, 'E: _exit(1)', 'A: waitpid(E)').ending).toBe('A pid E')
  })

  it('leaves the status alone on Linux; elsewhere nothing is known about it', () => {
    const before = waiting('A: sigaction(SIGUSR1, handler)')
    const outs = ({ outcomes }: typeof before) =>
      outcomes.map(({ events }) => events.find((event) => event.actor === 'A'))
    const told = (played: typeof before) =>
      outs(played).map((event) => (event?.is === 'returned' ? event.result.out : undefined))
    expect(told(playOn(before, 'B: kill(A, SIGUSR1)'))).toEqual([null])
    expect(told(inPosix(before, 'B: kill(A, SIGUSR1)'))).toEqual([null, { status: { is: 'anything' } }])
  })
})

describe('exit.signal.default', () => {
  it('of a second signal comes before the call is left, also where nobody else comes back in the step', () => {
    const asleep = [
      ...['A: Q = msgget(private)', 'A: E = fork()', 'E: F = fork()', 'F: sigaction(SIGUSR1, handler)'],
      ...['F: prctl(PR_SET_PDEATHSIG, SIGCONT)', 'F: msgrcv(Q, 1)', 'A: kill(F, SIGSTOP)'],
    ]
    const signals = ['A: kill(F, SIGUSR1)', 'A: kill(F, SIGTERM)']
    expect(play(...asleep, ...signals, 'E: _exit(0)').ending).toBe('E ended, F ended')
    const interrupted = play(...asleep, ...signals.slice(0, 1), 'E: _exit(0)')
    expect(interrupted.ending).toContain('F EINTR')
    for (const { events, ruleCounts } of interrupted.outcomes) expect(ruleCounts).toHaveLength(events.length)
  })
})

describe('wait.signal.restart', () => {
  it('sleeps on, and looks up the own group again', () => {
    const lines = [
      'A: sigaction(SIGUSR1, handler, SA_RESTART)',
      'A: E = fork()',
      'E: F = fork()',
      'E: G = fork()',
    ]
    const asleep = play(
      ...lines,
      'F: setpgid(0, 0)',
      'E: sigaction(SIGUSR1, handler, SA_RESTART)',
      'E: waitpid(0)',
    )
    expect(playOn(asleep, 'A: setpgid(E, E)', 'A: kill(E, SIGUSR1)').ending).toBe('A 0, E ECHILD')
  })
})

describe('wait.signal.status-wins', () => {
  const lines = ['A: sigaction(SIGCHLD, handler)', 'A: E = fork()', 'A: wait()', 'E: _exit(2)']

  it('returns the report on Linux, or EINTR in POSIX', () => {
    expect(play(...lines).ending).toBe('A pid E, E ended')
    expect(allowed(...lines)).toEqual(['A EINTR, E ended', 'A pid E, E ended'])
  })
})

describe('wait.signal.other-childs-sigchld', () => {
  it('interrupts', () => {
    const lines = ['A: sigaction(SIGCHLD, handler)', 'A: E = fork()', 'A: F = fork()', 'A: waitpid(E)']
    expect(play(...lines, 'F: _exit(2)').ending).toBe('A EINTR, F ended')
  })

  it('races with the end of the awaited child', () => {
    const lines = ['A: sigaction(SIGCHLD, handler)', 'A: E = fork()', 'A: F = fork()', 'E: setpgid(0, 0)']
    const killed = play(...lines, 'F: setpgid(0, E)', 'A: waitpid(E)', 'B: kill(-E, SIGKILL)')
    expect(endings(killed)).toEqual(['A EINTR, B 0, E ended, F ended', 'A pid E, B 0, E ended, F ended'])
  })
})

describe('wait.signal.stop-continue-of-waiter', () => {
  it('finds what happened meanwhile', () => {
    const stopped = playOn(waiting(), 'B: kill(A, SIGSTOP)', 'E: _exit(1)')
    expect(stopped.ending).toBe('E ended')
    expect(playOn(stopped, 'B: kill(A, SIGCONT)').ending).toBe('A continued, A pid E, B 0')
  })

  it('is interrupted when the SIGCHLD that waited is caught, or reports in POSIX', () => {
    const stopped = playOn(waiting('A: sigaction(SIGCHLD, handler)'), 'B: kill(A, SIGSTOP)', 'E: _exit(1)')
    expect(playOn(stopped, 'B: kill(A, SIGCONT)').ending).toBe('A EINTR, A continued, B 0')
  })
})

describe('end.overwrites-stop-and-continue', () => {
  it('leaves a moment in which the parent finds a child neither continued nor ended', () => {
    const lines = [
      'A: sigaction(SIGCHLD, handler)',
      'A: E = fork()',
      'B: kill(E, SIGTSTP)',
      'B: kill(E, SIGTERM)',
    ]
    const continued = play(...lines, 'A: waitpid(E, WCONTINUED)', 'B: kill(E, SIGCONT)')
    expect(endings(continued)).toEqual(['A EINTR, B 0, E ended', 'A pid E, B 0, E ended'])
  })
})

describe('reparent.subreaper.nearest', () => {
  it('may pass over a subreaper that is about to end, which makes its own child the later one', () => {
    const lines = [
      'A: prctl(PR_SET_CHILD_SUBREAPER, 1)',
      'A: E = fork()',
      'E: prctl(PR_SET_CHILD_SUBREAPER, 1)',
    ]
    const family = play(...lines, 'E: setpgid(0, 0)', 'E: F = fork()', 'F: G = fork()')
    const killed = playOn(family, 'A: kill(-E, SIGKILL)')
    const orders = killed.outcomes.map(({ world }) => childrenOf(world, 'A').join(' '))
    expect([...new Set(orders)].sort()).toEqual(['E F G', 'E G F'])
  })
})

describe('wait.signal.fatal-ends', () => {
  it('ends the waiter', () => {
    expect(playOn(waiting(), 'B: kill(A, SIGTERM)').ending).toBe('A ended, B 0')
  })
})

describe('autoreap.nochildwait.handler-last-child', () => {
  const lines = ['A: sigaction(SIGCHLD, handler, SA_NOCLDWAIT)', 'A: E = fork()', 'A: wait()', 'E: _exit(0)']

  it('is ECHILD on Linux; EINTR would do in POSIX', () => {
    expect(play(...lines).ending).toBe('A ECHILD, E ended')
    expect(allowed(...lines)).toContain('A EINTR, E ended')
  })
})

describe('sem.eintr', () => {
  it('comes from a caught SIGCHLD as from any signal', () => {
    const lines = ['A: S = semget(private, 1)', 'A: sigaction(SIGCHLD, handler)', 'A: E = fork()']
    expect(play(...lines, 'A: semop(S, [0 -1])', 'E: _exit(0)').ending).toBe('A EINTR, E ended')
  })
})

describe('sem.stop-cont', () => {
  it('is EINTR on Linux when the sleeper is continued, also after a stop that an orphaned group discards', () => {
    const lines = ['A: S = semget(private, 1)', 'A: E = fork()', 'E: setsid()', 'E: semop(S, [0 -1])']
    expect(play(...lines, 'A: kill(E, SIGSTOP)', 'A: kill(E, SIGCONT)').ending).toBe(
      'A 0, E EINTR, E continued',
    )
    expect(play(...lines, 'A: kill(E, SIGTSTP)').ending).toBe('A 0, E EINTR')
  })
})

describe('autoreap.specific-child-early', () => {
  it('may sleep on elsewhere, until the last child is gone', () => {
    const asleep = play(
      ...['A: sigaction(SIGCHLD, SIG_IGN)', 'A: E = fork()', 'A: F = fork()', 'A: waitpid(E)'],
    )
    const first = inPosix(asleep, 'E: _exit(0)')
    expect(endings(first)).toEqual(['A ECHILD, E ended', 'E ended'])
    const on = first.outcomes.find(({ events }) => events.every(({ actor }) => actor !== 'A'))
    const later = { ...first, world: on?.world ?? first.world }
    expect(endings(inPosix(later, 'F: _exit(0)'))).toEqual(['A ECHILD, F ended'])
  })
})

describe('fork.eagain', () => {
  it('depends on who is exempt, where there are too many', () => {
    const limited = (before: string) =>
      play('A: become(7077, 7077)', `B: ${before}`, 'B: setrlimit(RLIMIT_NPROC, 1)')
    const forks = (before: string) => endings(playOn(limited(before), 'B: G = fork()'))
    expect(forks('become(7077, 7077)')).toEqual(['B EAGAIN'])
    expect(forks('become(7077, 7077, {}, CAP_SYS_ADMIN)')).toEqual(['B EAGAIN', 'B pid G'])
    expect(forks('become(0, own, {}, 0, 0)')).toEqual(['B EAGAIN', 'B pid G'])
    expect(endings(play('B: setrlimit(RLIMIT_NPROC, 5)', 'B: G = fork()'))).toEqual(['B EAGAIN', 'B pid G'])
    const threaded = play('A: T = thread()', 'B: setrlimit(RLIMIT_NPROC, 5)', 'B: G = fork()')
    expect(endings(threaded)).toEqual(['B EAGAIN'])
    expect(endings(play('B: G = fork()'))).toEqual(['B pid G'])
  })
})
