import { describe, expect, it } from 'vitest'
import { allowed, endings, out, play, playOn } from '../semaphores/play.testing.ts'
import { defaultActionOf, isFatal, isRealtime } from './signals.ts'

const lifecycle = (played: ReturnType<typeof play>, name: string) => played.world.processes[name]?.lifecycle

describe('stop.signal.stops', () => {
  it('stops, and tells who asks', () => {
    const stopped = play('A: E = fork()', 'A: kill(E, SIGSTOP)')
    expect(stopped.ending).toBe('A 0, E stopped')
    expect(lifecycle(stopped, 'E')).toMatchObject({ life: 'stopped', report: { is: 'stopped', signal: 19 } })
  })
})

describe('the numbers of signals', () => {
  it('tells which dump core: QUIT, ILL, TRAP, ABRT, BUS, FPE, SEGV, XCPU, XFSZ, SYS', () => {
    const all = Array.from({ length: 64 }, (_, before) => before + 1)
    expect(all.filter((signal) => defaultActionOf(signal) === 'core')).toEqual([
      3, 4, 5, 6, 7, 8, 11, 24, 25, 31,
    ])
  })

  it('tells which end a process that has set nothing', () => {
    const all = Array.from({ length: 20 }, (_, before) => before + 10)
    const fatal = (disposition: 'default' | 'ignore' | 'handler') =>
      all.filter((signal) =>
        isFatal({ disposition, restart: false, quietStops: false, noZombies: false }, signal),
      )
    expect(fatal('default')).toEqual(
      all.filter((signal) => ![17, 18, 19, 20, 21, 22, 23, 28].includes(signal)),
    )
    expect([...fatal('ignore'), ...fatal('handler')]).toEqual([])
  })

  it('begins the realtime signals where the kernel does', () => {
    expect([31, 32, 64, 65].map(isRealtime)).toEqual([false, true, true, false])
  })
})

describe('sigprocmask', () => {
  it('blocks signals in whatever order', () => {
    const lines = ['A: sigprocmask(SIG_BLOCK, SIGCHLD)', 'A: sigprocmask(SIG_BLOCK, SIGHUP)'] as const
    expect(lifecycle(play(...lines), 'A')?.blocked).toEqual([1, 17])
    expect(lifecycle(play(...lines.toReversed(), lines[1]), 'A')?.blocked).toEqual([1, 17])
  })
  it('blocks nothing that is no signal', () =>
    expect(lifecycle(play('A: sigprocmask(SIG_BLOCK, 65)'), 'A')?.blocked).toEqual([]))
})

describe('continue.stopped.continues', () => {
  it('replaces the report', () => {
    const continued = play('A: E = fork()', 'A: kill(E, SIGSTOP)', 'A: kill(E, SIGCONT)')
    expect(continued.ending).toBe('A 0, E continued')
    expect(lifecycle(continued, 'E')).toMatchObject({ life: 'running', report: { is: 'continued' } })
  })
})

describe('exit.stopped.other-signal-waits', () => {
  const lines = [
    'A: sigaction(SIGCHLD, handler)',
    'A: E = fork()',
    'A: kill(E, SIGSTOP)',
    'A: caught(SIGCHLD)',
  ]

  it('ends without a continue that could be seen', () => {
    const ended = play('A: E = fork()', 'A: kill(E, SIGSTOP)', 'A: kill(E, SIGTERM)', 'A: kill(E, SIGCONT)')
    expect(ended.ending).toBe('A 0, E ended')
    expect(lifecycle(ended, 'E')?.report).toEqual({ is: 'killed', signal: 15, core: false })
  })

  it('signals the continue and the end, which may be one SIGCHLD', () => {
    const ended = play(...lines, 'A: kill(E, SIGTERM)', 'A: kill(E, SIGCONT)')
    const runs = ended.outcomes.map(({ world }) => world.processes.A?.lifecycle.caught[17])
    expect(runs.map((run) => run?.times).sort()).toEqual([1, 2])
    for (const run of runs) {
      const is = run?.last.from === 'child' && run.last.report.is
      expect(is).toBe(run?.times === 1 ? 'continued' : 'killed')
    }
  })

  it('may let a wait for the continue win the race, or find the end', () => {
    const waiting = play(
      'A: E = fork()',
      'A: kill(E, SIGSTOP)',
      'A: kill(E, SIGTERM)',
      'A: waitpid(E, WCONTINUED)',
    )
    const ended = playOn(waiting, 'B: kill(E, SIGCONT)')
    expect(endings(ended)).toEqual(['A pid E, B 0, E ended'])
    const statuses = ended.outcomes.map((outcome) => out({ ...ended, outcomes: [outcome] }).status)
    expect(statuses.sort()).toEqual(['15', '65535'])
  })
})

describe('kill.self.before-return', () => {
  it('returns from a stop when it is continued', () => {
    const stopped = play('A: E = fork()', 'E: kill(E, SIGSTOP)')
    expect(stopped.ending).toBe('E stopped')
    expect(playOn(stopped, 'A: kill(E, SIGCONT)').ending).toBe('A 0, E 0, E continued')
    expect(playOn(stopped, 'A: kill(E, SIGKILL)').ending).toBe('A 0, E ended')
  })

  it('does not return from a fatal signal', () => {
    expect(play('A: E = fork()', 'E: kill(0, SIGKILL)').ending).toBe('A ended, E ended')
  })
})

describe('signal.caught.handler-runs', () => {
  it('knows the sender', () => {
    const asked = play('A: sigaction(SIGUSR1, handler)', 'B: kill(A, SIGUSR1)', 'A: caught(SIGUSR1)')
    expect(asked.ending).toBe('A 1')
    expect(out(asked)).toEqual({ code: '0', status: 'anything', pid: 'pid B', uid: '1000' })
    expect(out(playOn(asked, 'A: caught(SIGUSR1)'))).toEqual({ code: '0', status: '0', pid: '0', uid: '0' })
  })
})

describe('sigchld.end.sent', () => {
  it('tells how the child ended', () => {
    const asked = play('A: sigaction(SIGCHLD, handler)', 'A: E = fork()', 'E: _exit(5)', 'A: caught(SIGCHLD)')
    expect(out(asked)).toEqual({ code: '1', status: '5', pid: 'pid E', uid: '1000' })
  })
})

describe('sigchld.pending.coalesces', () => {
  const blocked = ['A: sigaction(SIGCHLD, handler)', 'A: sigprocmask(SIG_BLOCK, SIGCHLD)']
  const ended = [...blocked, 'A: E = fork()', 'A: F = fork()', 'E: _exit(1)', 'F: _exit(2)']

  it('is about the first', () => {
    const asked = play(...ended, 'A: sigprocmask(SIG_UNBLOCK, SIGCHLD)', 'A: caught(SIGCHLD)')
    expect(asked.ending).toBe('A 1')
    expect(out(asked)).toMatchObject({ status: '1', pid: 'pid E' })
  })

  it('leaves open how often a handler runs for two ends at once, and which is last', () => {
    const lines = [
      'A: E = fork()',
      'A: F = fork()',
      'E: setpgid(0, 0)',
      'F: setpgid(0, E)',
      'A: kill(-E, SIGTERM)',
    ]
    const killed = play('A: sigaction(SIGCHLD, handler)', ...lines)
    const runs = killed.outcomes.map(({ world }) => {
      const run = world.processes.A?.lifecycle.caught[17]
      return `${run?.times} ${run?.last.from === 'child' && run.last.pid}`
    })
    expect(runs.sort()).toEqual(['1 E', '1 F', '2 E', '2 F'])
  })
})

describe('sigchld.continue.sent', () => {
  it('may be left out in POSIX', () => {
    const lines = [
      'A: sigaction(SIGCHLD, handler)',
      'A: E = fork()',
      'A: kill(E, SIGSTOP)',
      'A: caught(SIGCHLD)',
    ]
    expect(play(...lines, 'A: kill(E, SIGCONT)', 'A: caught(SIGCHLD)').ending).toBe('A 1')
  })
})

describe('autoreap.nochildwait.no-zombie', () => {
  it('leaves open whether the handler runs', () => {
    const before = play('A: sigaction(SIGCHLD, handler, SA_NOCLDWAIT)', 'A: E = fork()')
    expect(playOn(before, 'E: _exit(0)', 'A: caught(SIGCHLD)').ending).toBe('A 1')
    expect(playOn(before, 'E: _exit(0)').world.processes.E).toBeUndefined()
  })
})

describe('signal.delivery.order', () => {
  it('takes the lowest number first on Linux', () => {
    const lines = ['A: E = fork()', 'A: kill(E, SIGSTOP)', 'A: kill(E, SIGTERM)', 'A: kill(E, SIGHUP)']
    expect(lifecycle(play(...lines, 'A: kill(E, SIGCONT)'), 'E')?.report).toMatchObject({ signal: 1 })
  })
})

describe('sigaction.default.einval', () => {
  it('is open in POSIX', () => {
    expect(allowed('A: sigaction(SIGKILL, SIG_DFL)')).toEqual(['A 0', 'A EINVAL'])
  })
})

describe('orphan.stopped.hup-then-cont', () => {
  const session = [
    'A: prctl(PR_SET_CHILD_SUBREAPER, 1)',
    'A: E = fork()',
    'E: setsid()',
    'E: F = fork()',
    'F: setpgid(0, 0)',
    'E: kill(F, SIGSTOP)',
  ]

  it('ends an unprepared member', () => {
    const ended = play(...session, 'E: _exit(0)')
    expect(ended.ending).toBe('E ended, F ended')
    expect(lifecycle(ended, 'F')).toMatchObject({ parent: 'A', report: { is: 'killed', signal: 1 } })
  })

  it('does nothing while another member has its parent in the session', () => {
    const more = ['E: G = fork()', 'G: setpgid(0, F)', 'G: H = fork()', 'H: setpgid(0, 0)']
    const held = play(...session, ...more, 'G: setpgid(0, 0)', 'H: setpgid(0, F)', 'E: _exit(0)')
    expect(held.ending).toBe('E ended')
    expect(playOn(held, 'G: _exit(0)').ending).toBe('F ended, G ended, H ended')
  })
})

describe('reparent.subreaper.nearest', () => {
  it('gives the own children back at the end of the list', () => {
    const lines = ['A: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'A: E = fork()', 'E: F = fork()', 'A: G = fork()']
    const ended = play(...lines, 'F: _exit(1)', 'E: _exit(0)', 'G: _exit(2)')
    expect(playOn(ended, 'A: wait()', 'A: wait()').ending).toBe('A pid G')
    expect(playOn(ended, 'A: wait()', 'A: wait()', 'A: wait()').ending).toBe('A pid F')
  })
})

describe('exit.resources.before-zombie', () => {
  it('wakes a sleeper on a semaphore by the end of the holder', () => {
    const lines = [
      'A: S = semget(private, 1)',
      'A: semop(S, [0 +1])',
      'A: E = fork()',
      'E: semop(S, [0 -1 SEM_UNDO])',
    ]
    expect(play(...lines, 'B: semop(S, [0 -1])', 'A: kill(E, SIGKILL)').ending).toBe('A 0, B 0, E ended')
  })
})

describe('the default actions', () => {
  it('are those of signal(7)', () => {
    const having = (action: string) =>
      Array.from({ length: 64 }, (_, at) => at + 1).filter((signal) => defaultActionOf(signal) === action)
    expect(having('core')).toEqual([3, 4, 5, 6, 7, 8, 11, 24, 25, 31])
    expect(having('stop')).toEqual([19, 20, 21, 22])
    expect(having('ignore')).toEqual([17, 18, 23, 28])
  })
})

describe('sigmask.changes', () => {
  it('blocks a signal once', () => {
    const block = 'A: sigprocmask(SIG_BLOCK, SIGCHLD)'
    expect(lifecycle(play(block, block), 'A')?.blocked).toEqual([17])
  })
})
