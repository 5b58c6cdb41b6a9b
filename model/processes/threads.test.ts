import { describe, expect, it } from 'vitest'
import { canAct, outcomes } from '../outcomes.ts'
import { linux } from '../profile.ts'
import {
  allowed,
  endings,
  inPosix,
  type Played,
  play,
  playOn,
  withFacts,
} from '../semaphores/play.testing.ts'
import type { Version } from '../versions.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import { childrenOf, lifecycleOf } from './lifecycle.ts'
import { threadsOf } from './threads.ts'

const two = play('A: P = fork()', 'P: T = thread()')

const refusal = (before: Played, actor: string, call: string) => () =>
  outcomes(before.world, actor, parseCall(call), before.steps + 1, linux)

describe('exit.group.status', () => {
  it('ends all threads, whichever of them calls', () => {
    const { world, outcomes: all } = playOn(two, 'T: _exit(5)')
    expect(all[0]?.events.map(({ actor, is }) => `${actor} ${is}`).sort()).toEqual(['P ended', 'T ended'])
    expect(lifecycleOf(world, 'P')?.report).toEqual({ is: 'exited', code: 5 })
    expect(world.threads).toEqual({})
  })

  it('takes a thread out of its call', () => {
    const before = playOn(two, 'A: S = semget(private, 1)', 'T: semop(S, [0 -1])', 'P: _exit(0)')
    expect(playOn(before, 'A: semctl(S, 0, GETNCNT)').ending).toBe('A 0')
  })
})

describe('exit.leader-thread.not-yet', () => {
  it('leaves a process that lives, in a thread that can act', () => {
    const before = playOn(two, 'P: thread_exit(3)')
    expect(threadsOf(before.world, 'P')).toEqual(['T'])
    expect(playOn(before, 'A: waitpid(P, WNOHANG)').ending).toBe('A 0')
    expect(playOn(before, 'A: kill(P, 0)').ending).toBe('A 0')
    expect(playOn(before, 'T: getppid()').ending).toBe('T pid A')
  })
})

describe('exit.last-thread.status', () => {
  it('is that of the last thread, not of the first', () => {
    const { world } = playOn(two, 'P: thread_exit(3)', 'T: thread_exit(9)')
    expect(lifecycleOf(world, 'P')?.report).toEqual({ is: 'exited', code: 9 })
  })

  it('is that of the only thread', () => {
    const { world } = play('A: P = fork()', 'P: thread_exit(4)')
    expect(lifecycleOf(world, 'P')?.report).toEqual({ is: 'exited', code: 4 })
  })
})

describe('sigchld.end.first-thread-code', () => {
  const lines = ['A: sigaction(SIGCHLD, handler)', 'A: P = fork()', 'P: T = thread()', 'P: thread_exit(3)']
  const told = (version: Version, ...more: readonly string[]) =>
    playOn(withFacts(play(), { version }), ...lines, ...more, 'A: caught(SIGCHLD)').outcomes[0]?.events[0]

  it('is told before Linux 6.15', () => {
    expect(told([6, 14], 'T: _exit(5)')).toMatchObject({ result: { out: { status: 3 } } })
    expect(told([6, 1], 'T: thread_exit(5)')).toMatchObject({ result: { out: { status: 3 } } })
    expect(told([6, 15], 'T: _exit(5)')).toMatchObject({ result: { out: { status: 5 } } })
  })

  it('is not told where the process ends with all its threads', () => {
    const before = playOn(withFacts(play(), { version: [6, 1] }), ...lines.slice(0, 3), 'T: _exit(5)')
    expect(playOn(before, 'A: caught(SIGCHLD)').outcomes[0]?.events[0]).toMatchObject({
      result: { out: { status: 5 } },
    })
  })

  it('is nothing that a wait reports', () => {
    const before = playOn(withFacts(play(), { version: [6, 1] }), ...lines, 'T: _exit(5)')
    expect(lifecycleOf(before.world, 'P')?.report).toEqual({ is: 'exited', code: 5 })
  })
})

describe('reparent.thread.first', () => {
  it('moves children behind those of the oldest thread', () => {
    const before = playOn(two, 'T: E = fork()', 'P: F = fork()', 'T: G = fork()', 'T: thread_exit(0)')
    expect(childrenOf(before.world, 'P')).toEqual(['F', 'E', 'G'])
    expect(lifecycleOf(before.world, 'E')?.parentThread).toBe('')
    expect(playOn(before, 'E: getppid()').ending).toBe('E pid P')
  })

  it('chooses a thread of the adopter that has not ended', () => {
    const before = play(
      ...['A: P = fork()', 'P: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'P: Q = fork()', 'Q: E = fork()'],
      ...['P: T = thread()', 'P: thread_exit(0)', 'Q: _exit(0)'],
    )
    expect(lifecycleOf(before.world, 'E')).toMatchObject({ parent: 'P', parentThread: 'T' })
  })
})

describe('waitpid.wnothread.own-only', () => {
  const before = playOn(two, 'T: E = fork()')

  it('hides the children of the others', () => {
    expect(playOn(before, 'P: waitpid(E, WNOHANG|__WNOTHREAD)').ending).toBe('P ECHILD')
    expect(playOn(before, 'P: waitid(P_ALL, 0, WEXITED|WNOHANG|__WNOTHREAD)').ending).toBe('P ECHILD')
    expect(playOn(before, 'T: waitpid(E, WNOHANG|__WNOTHREAD)').ending).toBe('T 0')
    expect(playOn(before, 'T: thread_exit(0)', 'P: waitpid(E, WNOHANG|__WNOTHREAD)').ending).toBe('P 0')
  })

  it('is named only where a child of another thread is of the kind that is asked for', () => {
    const rules = (options: string) => playOn(before, `P: waitpid(E, WNOHANG|${options})`).rules
    expect(rules('__WNOTHREAD')).toContain('waitpid.wnothread.own-only')
    expect(rules('__WNOTHREAD|__WALL')).toContain('waitpid.wnothread.own-only')
    expect(rules('__WNOTHREAD|__WCLONE')).not.toContain('waitpid.wnothread.own-only')
    expect(rules('__WCLONE')).not.toContain('waitpid.wnothread.own-only')
    const others = playOn(before, 'P: F = fork()', 'P: waitpid(F, WNOHANG|__WNOTHREAD)')
    expect(others.rules).not.toContain('waitpid.wnothread.own-only')
  })

  it('keeps a sleeper asleep when one of them ends', () => {
    const asleep = playOn(before, 'P: F = fork()', 'P: waitpid(-1, __WNOTHREAD)', 'E: _exit(0)')
    expect(asleep.ending).toBe('E ended')
    expect(playOn(asleep, 'F: _exit(0)').ending).toBe('F ended, P pid F')
  })
})

describe('waitpid.order.own-thread-first', () => {
  const ended = playOn(
    two,
    ...['P: U = thread()', 'T: E = fork()', 'P: F = fork()', 'U: G = fork()'],
    ...['E: _exit(0)', 'F: _exit(0)', 'G: _exit(0)'],
  )

  it('goes on with the other threads in turn', () => {
    const all = (actor: string) =>
      ['P', 'T', 'U'].map((_, at) => {
        const waits = Array.from({ length: at + 1 }, () => `${actor}: waitpid(-1)`)
        return playOn(ended, ...waits).ending.replace(`${actor} pid `, '')
      })
    expect(all('P')).toEqual(['F', 'E', 'G'])
    expect(all('T')).toEqual(['E', 'G', 'F'])
    expect(all('U')).toEqual(['G', 'F', 'E'])
  })

  it('is open in profile posix', () => {
    expect(endings(inPosix(ended, 'P: waitpid(-1)'))).toEqual(['P pid E', 'P pid F', 'P pid G'])
  })
})

describe('waitpid.two-threads.one-winner', () => {
  it('is any of them', () => {
    const { outcomes: all, rules } = playOn(
      two,
      ...['P: E = fork()', 'P: waitpid(E)', 'T: waitpid(E)', 'E: _exit(0)'],
    )
    expect(all).toHaveLength(2)
    expect(rules).toContain('waitpid.two-threads.one-winner')
  })
})

describe('waitpid.two-threads.any', () => {
  it('wakes one of them for each child', () => {
    const asleep = playOn(two, 'P: E = fork()', 'P: F = fork()', 'P: wait()', 'T: wait()')
    const first = playOn(asleep, 'E: _exit(0)')
    expect(endings(first)).toEqual(['E ended, P pid E', 'E ended, T pid E'])
    expect(endings(playOn(first, 'F: _exit(0)'))).toHaveLength(1)
  })
})

describe('waitpid.echild.thread-id', () => {
  it('holds for the threads of a child and for those of the caller', () => {
    expect(playOn(two, 'A: waitpid(T, WNOHANG)').ending).toBe('A ECHILD')
    expect(playOn(two, 'A: waitpid(T, WNOHANG)').rules).toContain('waitpid.echild.thread-id')
  })
})

describe('autoreap.set-while-blocked', () => {
  it('fails the sleeper when the last child is gone', () => {
    const asleep = playOn(
      two,
      'P: E = fork()',
      'P: F = fork()',
      'P: wait()',
      'T: sigaction(SIGCHLD, SIG_IGN)',
    )
    expect(playOn(asleep, 'E: _exit(0)').ending).toBe('E ended')
    expect(playOn(asleep, 'E: _exit(0)', 'F: _exit(0)').ending).toBe('F ended, P ECHILD')
  })
})

describe('undo.threads', () => {
  const used = playOn(
    two,
    'A: S = semget(private, 1)',
    'T: semop(S, [0 +2 SEM_UNDO])',
    'P: semop(S, [0 +3 SEM_UNDO])',
  )
  const value = (...lines: readonly string[]) => playOn(used, ...lines, 'A: semctl(S, 0, GETVAL)').ending

  it('are applied with the end of the last of them', () => {
    expect(value('T: thread_exit(0)')).toBe('A 5')
    expect(value('P: thread_exit(0)')).toBe('A 5')
    expect(value('P: thread_exit(0)', 'T: thread_exit(0)')).toBe('A 0')
    expect(value('T: _exit(0)')).toBe('A 0')
  })
})

describe('undo.thread-without-sysvsem', () => {
  const used = play(
    ...['A: P = fork()', 'P: T = thread(0)', 'A: S = semget(private, 1)'],
    ...['T: semop(S, [0 +2 SEM_UNDO])', 'P: semop(S, [0 +3 SEM_UNDO])'],
  )
  const value = (...lines: readonly string[]) => playOn(used, ...lines, 'A: semctl(S, 0, GETVAL)').ending

  it('are applied with the end of the thread that made them', () => {
    expect(value('T: thread_exit(0)')).toBe('A 3')
    expect(value('P: thread_exit(0)')).toBe('A 2')
    expect(value('P: _exit(0)')).toBe('A 0')
  })

  it('are cleared like all others', () => {
    expect(value('A: semctl(S, 0, SETVAL, 9)', 'T: thread_exit(0)')).toBe('A 9')
  })
})

describe('rcv.handoff.lrpid-is-thread-id', () => {
  const asleep = playOn(two, 'A: Q = msgget(private, 0600)', 'T: msgrcv(Q, 9, 0)')

  it('is about sleeping threads only', () => {
    expect(playOn(asleep, 'A: msgsnd(Q, 1, 4)').world.queues.Q?.lastReceiver).toBe('T')
    const direct = playOn(two, 'A: Q = msgget(private, 0600)', 'A: msgsnd(Q, 1, 4)', 'T: msgrcv(Q, 9, 0)')
    expect(direct.world.queues.Q?.lastReceiver).toBe('P')
  })

  it('may be the process elsewhere', () => {
    const { outcomes: all } = inPosix(asleep, 'A: msgsnd(Q, 1, 4)')
    expect(all.map(({ world }) => world.queues.Q?.lastReceiver).sort()).toEqual(['P', 'T'])
  })
})

describe('shmat.thread.belongs-to-process', () => {
  it('can be used and detached by the others', () => {
    const before = playOn(
      two,
      ...['P: M = shmget(private, 100, 0600)', 'T: X = shmat(M, null)', 'T: thread_exit(0)'],
    )
    expect(playOn(before, 'P: load(X)').ending).toBe('P 0')
    expect(playOn(before, 'P: shmdt(X)').ending).toBe('P 0')
  })
})

describe('thread.flags.unknown', () => {
  it('may be EINVAL elsewhere, but not for threads of the library', () => {
    expect(allowed('A: T = thread(0)')).toEqual(['A EINVAL', 'A pid T'])
    expect(allowed('A: T = thread()')).toEqual(['A pid T'])
  })
})

describe('the order in which several threads end', () => {
  const values = (...lines: readonly string[]) => {
    const { outcomes: all } = play(...lines)
    return [...new Set(all.map(({ world }) => world.sets.S?.semaphores[0]?.value))].sort()
  }

  it('is open where adjustments meet the least value', () => {
    const lines = ['A: E = fork()', 'A: S = semget(private, 1)', 'E: T = thread(0)']
    const used = ['T: semop(S, [0 +1 SEM_UNDO])', 'E: semop(S, [0 -1 SEM_UNDO])']
    expect(values(...lines, ...used, 'B: kill(E, SIGKILL)')).toEqual([0, 1])
    expect(values(...lines, ...used, 'T: _exit(0)')).toEqual([0, 1])
  })

  it('decides whether a thread that waits takes the zombie of another one with it', () => {
    const { outcomes: all } = play(
      ...['A: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'A: E = fork()', 'E: T = thread()', 'T: F = fork()'],
      ...['E: G = fork()', 'G: _exit(0)', 'T: waitpid(-1, __WNOTHREAD)', 'E: _exit(0)'],
    )
    const zombies = all.map(({ world }) => lifecycleOf(world, 'G')?.parent)
    expect(zombies.toSorted()).toEqual(['A', undefined])
  })

  it('decides for each thread that waits, also for those in the middle', () => {
    const { outcomes: all } = play(
      ...['A: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'A: E = fork()', 'E: T = thread()', 'E: U = thread()'],
      ...['T: F = fork()', 'U: G = fork()', 'E: H = fork()', 'E: I = fork()', 'H: _exit(0)', 'I: _exit(0)'],
      ...['T: waitpid(-1, __WNOTHREAD)', 'U: waitpid(-1, __WNOTHREAD)', 'E: _exit(0)'],
    )
    const left = all.map(({ world }) => ['H', 'I'].filter((name) => world.processes[name] !== undefined))
    expect([...new Set(left.map((names) => names.join(' ')))].sort()).toEqual(['', 'H I', 'I'])
  })

  it('is not followed where none of them leaves a trace', () => {
    const choices = (...lines: readonly string[]) => playOn(two, ...lines).outcomes[0]?.choices.length
    expect(choices('T: _exit(0)')).toBe(0)
    expect(choices('P: U = thread()', 'T: E = fork()', 'T: _exit(0)')).toBe(0)
    expect(choices('P: E = fork()', 'P: F = fork()', 'T: _exit(0)')).toBe(0)
    expect(choices('P: E = fork()', 'T: F = fork()', 'T: _exit(0)')).toBe(1)
  })
})

describe('what the model does not follow beside several threads', () => {
  it('is refused', () => {
    expect(refusal(two, 'P', 'exec()')).toThrow('what exec does among several threads is not known')
    expect(refusal(two, 'A', 'kill(T, 0)')).toThrow('what kill does about a thread is not known')
    expect(refusal(two, 'A', 'kill(P, SIGSTOP)')).toThrow(
      'what signal 19 does to several threads is not known',
    )
    expect(refusal(two, 'A', 'setforced(1)')).toThrow('whose segments are orphans')
    const handled = playOn(two, 'T: sigaction(SIGUSR1, handler)')
    expect(refusal(handled, 'A', 'kill(P, SIGUSR1)')).toThrow('what signal 10 does to several threads')
    const own = play('A: T = thread(0)', 'A: S = semget(private, 1)', 'T: semop(S, [0 -1])')
    expect(refusal(own, 'A', '_exit(0)')).toThrow('which of several threads with adjustments of their own')
  })

  it('is followed where a thread with adjustments of its own is the last', () => {
    const last = play(
      ...['A: E = fork()', 'E: T = thread(0)', 'E: thread_exit(0)', 'A: S = semget(private, 1)'],
      ...['T: semop(S, [0 -1])', 'A: kill(E, SIGKILL)'],
    )
    expect(last.world.processes.E?.lifecycle.life).toBe('zombie')
  })

  it('is followed again once one thread is left', () => {
    expect(playOn(two, 'T: thread_exit(0)', 'P: setsid()').ending).not.toBe('')
  })

  it('is refused about namespaces, pids and the end of a parent', () => {
    expect(refusal(two, 'A', 'unshare(CLONE_NEWIPC)')).toThrow('what comes of unshare beside several threads')
    expect(refusal(two, 'A', 'setnextpid(400)')).toThrow('what comes of setnextpid beside several threads')
    const child = playOn(two, 'P: E = fork()')
    expect(refusal(child, 'E', 'prctl(PR_SET_PDEATHSIG, SIGTERM)')).toThrow(
      'what the end of one of several threads sends is not known',
    )
    expect(playOn(two, 'A: E = fork()', 'E: prctl(PR_SET_PDEATHSIG, SIGTERM)').ending).toBe('E 0')
    expect(playOn(two, 'A: unshare(CLONE_SYSVSEM)').ending).toBe('A 0')
    expect(playOn(two, 'A: waitpid(-T, WNOHANG)').ending).toBe('A ECHILD')
    expect(refusal(two, 'A', 'kill(-T, 0)')).toThrow('what kill does about a thread is not known')
    expect(playOn(two, 'A: kill(P, 0)').ending).toBe('A 0')
  })

  it('keeps threads from being made where limits, namespaces, pids or deaths are told', () => {
    const admin = 'A: become(own, own, {}, CAP_SYS_ADMIN)'
    const obstacles = [
      ['there are several namespaces', admin, 'A: unshare(CLONE_NEWIPC)'],
      ['pids are chosen', admin, 'A: setnextpid(400)'],
      ['a process is limited', 'A: setrlimit(RLIMIT_NPROC, 5)'],
      ['the end of a parent is told', 'A: E = fork()', 'E: prctl(PR_SET_PDEATHSIG, SIGTERM)'],
      ['the end of a parent is told', 'A: prctl(PR_SET_PDEATHSIG, SIGTERM)'],
      ['signals are blocked', 'A: sigprocmask(SIG_BLOCK, SIGCHLD)'],
    ]
    for (const [why = '', ...lines] of obstacles)
      expect(refusal(play(...lines), 'A', 'T = thread()')).toThrow(
        `what threads do where ${why} is not known`,
      )
    expect(playOn(play('B: sigprocmask(SIG_BLOCK, SIGCHLD)'), 'A: T = thread()').ending).toBe('A pid T')
    const own = play('A: T = thread(0)')
    expect(refusal(own, 'T', 'U = thread()')).toThrow('adjustments that are not the first ones')
    expect(playOn(own, 'A: U = thread()', 'T: V = thread(0)').ending).toBe('T pid V')
  })

  it('keeps threads from being made', () => {
    for (const line of [
      'sigprocmask(SIG_BLOCK, SIGTERM)',
      'prctl(PR_SET_PDEATHSIG, SIGTERM)',
      'setforced(1)',
    ])
      expect(refusal(play(`A: ${line}`), 'A', 'T = thread()')).toThrow('what threads do where')
    const sharing = play('A: E = clone(CLONE_SYSVSEM)')
    expect(refusal(sharing, 'A', 'T = thread()')).toThrow('processes share adjustments')
    expect(refusal(sharing, 'E', 'T = thread()')).toThrow('processes share adjustments')
  })
})

describe('one of several threads', () => {
  it('asks for what there is', () => {
    for (const line of [
      'semctl(0, 0, IPC_INFO)',
      'semctl(0, 0, SEM_INFO)',
      'msgctl(0, MSG_INFO)',
      'shmctl(0, SHM_INFO)',
      'setlimit(semmni, 5)',
    ])
      expect(playOn(two, `T: ${line}`).ending).toMatch(/^T /)
    expect(playOn(two, 'A: S = semget(private, 1)', 'T: semctl(S, 0, 99)').ending).toBe('T EINVAL')
  })
})

describe('a process whose memory is limited', () => {
  it('makes no threads that the model could follow', () => {
    expect(refusal(play('A: setrlimit(RLIMIT_AS, 1000000000)'), 'A', 'T = thread()')).toThrow(
      'what threads do where a process is limited is not known',
    )
  })
})

describe('thread.attachments.no-count', () => {
  it('leaves open what lies where pages were free', () => {
    const attached = ['A: P = fork()', 'M = shmget(private, 8192)', 'P: X = shmat(M)', 'P: munmap(X, 1)']
    const before = play(...attached)
    expect(playOn(before, 'P: shmdt(X)').rules).not.toContain('shmdt.unknown')
    expect(before.world.processes.P?.attachments.X?.overtaken).toBe(false)
    expect(playOn(before, 'P: T = thread()').world.processes.P?.attachments.X?.overtaken).toBe(true)
  })
})

describe('threadsOf', () => {
  it('tells nothing of who has ended', () => {
    expect(threadsOf(two.world, 'P')).toEqual(['P', 'T'])
    expect(threadsOf(playOn(two, 'P: _exit(0)').world, 'P')).toEqual([])
  })
})

describe('canAct', () => {
  it('is not for a first thread that has ended', () => {
    const { world } = playOn(two, 'P: thread_exit(0)')
    expect(canAct(world, 'P')).toBe(false)
    expect(canAct(world, 'T')).toBe(true)
    expect(canAct(two.world, 'P')).toBe(true)
  })
})
