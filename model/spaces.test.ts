import { describe, expect, it } from 'vitest'
import { endings, out, play, playOn } from './semaphores/play.testing.ts'

const admin = 'become(own, own, {}, CAP_SYS_ADMIN)'
const left = () =>
  play(
    ...['A: S = semget(key1, 1, IPC_CREAT|0600)', 'A: semop(S, [0 +1 SEM_UNDO])'],
    ...[`A: ${admin}`, 'A: unshare(CLONE_NEWIPC)'],
  )

describe('unshare.privilege.eperm', () => {
  it('is for who is not capable', () => {
    expect(play('A: unshare(CLONE_NEWIPC)').ending).toBe('A EPERM')
    expect(left().ending).toBe('A 0')
  })
})

describe('ns.isolated', () => {
  it('hides objects and keys in both directions', () => {
    expect(playOn(left(), 'A: semctl(S, 0, GETVAL)').ending).toBe('A EINVAL')
    expect(playOn(left(), 'A: T = semget(key1, 1)').ending).toBe('A ENOENT')
    const both = playOn(left(), 'A: T = semget(key1, 3, IPC_CREAT|0600)')
    expect(out(playOn(both, 'A: semctl(T, 0, IPC_STAT)'))).toMatchObject({ nsems: '3' })
    expect(out(playOn(both, 'B: semctl(S, 0, IPC_STAT)'), 'B')).toMatchObject({ nsems: '1' })
  })

  it('is inherited by children, and is about who ends where', () => {
    const waiting = playOn(
      left(),
      ...['A: T = semget(key1, 1, IPC_CREAT|0600)', 'A: semop(T, [0 +1 SEM_UNDO])'],
      ...['A: E = fork()', 'E: semop(T, [0 0])'],
    )
    expect(playOn(waiting, 'B: kill(A, SIGKILL)').ending).toBe('A ended, B 0, E 0')
  })

  it('is not known where identifiers may be those of other objects', () => {
    const made = playOn(left(), 'A: T = semget(private, 1)')
    expect(() => playOn(made, 'A: semctl(S, 0, GETVAL)')).toThrow('not known')
    expect(() => playOn(made, 'B: semctl(T, 0, GETVAL)')).toThrow('not known')
    expect(() => playOn(left(), 'A: churn(sem, 1)', 'A: semctl(S, 0, GETVAL)')).toThrow('not known')
  })

  it('says nothing about the slots of the first namespace', () => {
    const made = playOn(left(), 'A: T = semget(private, 1)', 'B: U = semget(private, 1)')
    const removed = playOn(made, 'B: semctl(U, 0, IPC_RMID)')
    expect(playOn(removed, 'B: semctl(U, 0, SEM_STAT)').ending).toBe('B EINVAL')
  })

  it('is known as long as nothing was made, whatever else was called', () => {
    const looked = playOn(left(), 'A: semctl(S, 0, GETVAL)', 'A: E = fork()', 'B: T = semget(private, 1)')
    expect(playOn(looked, 'A: semctl(S, 0, GETVAL)').ending).toBe('A EINVAL')
    expect(playOn(looked, 'A: semctl(T, 0, GETVAL)').ending).toBe('A EINVAL')
  })

  it('is not known of deadlines and of chosen pids', () => {
    expect(() => playOn(left(), 'A: semtimedop(S, [0 +1], {0 0})')).toThrow('not known')
    expect(playOn(left(), 'B: semtimedop(S, [0 +1], {0 0})').ending).toBe('B 0')
    expect(() => playOn(left(), 'B: setnextpid(400)')).toThrow('not known')
    const chosen = play('A: become(own, own, {}, CAP_SYS_ADMIN)', 'A: setnextpid(400)')
    expect(chosen.world.settings.pidsChosen).toBe(true)
    for (const call of ['E = vfork()', 'unshare(CLONE_NEWIPC)', 'ipcs(sem, 0)'])
      expect(() => playOn(chosen, `A: ${call}`)).toThrow('not known')
    expect(playOn(chosen, 'A: E = fork()').ending).toMatch(/^A pid E/)
  })
})

describe('a deadline', () => {
  it('may pass while somebody in another namespace makes a call', () => {
    const waiting = playOn(left(), 'B: semtimedop(S, [0 -1], {0 5000000})')
    const found = playOn(waiting, 'A: getppid()')
    expect(endings(found)).toEqual(['A pid init', 'A pid init, B EAGAIN'])
    expect(found.outcomes.map(({ world }) => world.sets.S?.sleepers?.length ?? 0)).toEqual([0, 0])
  })
})

describe('unshare.succeeds', () => {
  it('is not followed where memory stays attached', () => {
    const attached = play(`A: ${admin}`, 'M = shmget(private, 1)', 'P = shmat(M)')
    expect(() => playOn(attached, 'A: unshare(CLONE_NEWIPC)')).toThrow('not followed')
    expect(playOn(attached, 'A: shmdt(P)', 'A: unshare(CLONE_SYSVSEM)').ending).toBe('A 0')
  })
})

describe('semtimedop.expire', () => {
  it('may be noticed in steps of other namespaces', () => {
    const asleep = playOn(left(), 'B: Z = semget(private, 1)', 'B: semtimedop(Z, [0 -1], {0 1000})')
    expect(endings(playOn(asleep, 'A: T = semget(private, 1)'))).toEqual(['A id T', 'A id T, B EAGAIN'])
    expect(endings(playOn(asleep, 'A: Z2 = semget(key1, 1)'))).toEqual(['A ENOENT', 'A ENOENT, B EAGAIN'])
    const after = playOn(asleep, 'A: T = semget(private, 1)', 'C: semctl(Z, 0, GETNCNT)')
    expect(endings(after)).toEqual(['B EAGAIN, C 0', 'B EAGAIN, C 1', 'C 1'])
  })
})

describe('undo.leave-ipc-ns', () => {
  it('applies adjustments in the old namespace', () => {
    expect(playOn(left(), 'B: semctl(S, 0, GETVAL)').ending).toBe('B 0')
    expect(left().outcomes[0]?.rules).toContain('undo.leave-ipc-ns')
  })
})

describe('ns.limits-sysctl', () => {
  it('leaves the limits of the other namespace alone', () => {
    const lowered = playOn(left(), 'A: setlimit(semmsl, 2)')
    expect(playOn(lowered, 'A: T = semget(private, 3)').ending).toBe('A EINVAL')
    expect(playOn(lowered, 'B: T = semget(private, 3)').ending).toBe('B id T')
  })
})

describe('ns.pids', () => {
  it('tells another pid outside than inside', () => {
    const seen = play('A: S = semget(private, 1)', `A: ${admin}`, 'A: inside(S, 0)')
    expect(out(seen)).toEqual({ before: '0', after: '1' })
    expect(playOn(seen, 'B: semctl(S, 0, GETPID)').ending).toBe('B pid A 3')
  })
})

describe('ns.pids', () => {
  it('is not known where a call inside may fail', () => {
    const made = (mode: string) => play(`A: S = semget(private, 1, ${mode})`, `A: ${admin}`)
    for (const mode of ['0400', '0200'])
      expect(() => playOn(made(mode), 'A: inside(S, 0)')).toThrow('not known')
    expect(playOn(made('0600'), 'A: inside(S, 0)').ending).toMatch(/^A pid/)
    const asleep = playOn(made('0600'), 'B: semop(S, [0 -1])')
    expect(() => playOn(asleep, 'A: inside(S, 0)')).toThrow('not known')
  })
})

describe('clone.newpid.eperm', () => {
  it('is for who is not capable', () => {
    expect(play('A: S = semget(private, 1)', 'A: inside(S, 0)').ending).toBe('A EPERM')
  })
})
