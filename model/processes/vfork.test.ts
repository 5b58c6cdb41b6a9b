import { describe, expect, it } from 'vitest'
import { endings, out, play, playOn } from '../semaphores/play.testing.ts'
import { lifecycleOf } from './lifecycle.ts'
import { SIGCHLD } from './signals.ts'

const lent = () => play('A: E = fork()', 'E: F = vfork()')

describe('vfork.parent.suspended', () => {
  it.each(['_exit(0)', 'exec(self)', 'kill(F, SIGKILL)'])('lasts until %s', (call) => {
    expect(lent().ending).toBe('')
    expect(playOn(lent(), `F: ${call}`).ending).toContain('E pid F')
  })

  it('is not over after an exec that failed', () => {
    expect(playOn(lent(), 'F: exec(missing)').ending).toBe('F ENOENT')
  })

  it('lets the child do nothing to the memory of its parent', () => {
    expect(() => playOn(lent(), 'F: G = fork()')).toThrow('memory of its parent')
    expect(endings(playOn(lent(), 'F: exec(self)', 'F: G = fork()'))).toEqual(['F pid G'])
  })

  it('lets the child wait for what it knows by its pid, not by a descriptor', () => {
    expect(playOn(lent(), 'F: waitid(P_PID, F, WEXITED)').ending).toBe('F ECHILD')
    expect(() => playOn(lent(), 'F: waitid(P_PIDFD, 0, WEXITED)')).toThrow('memory of its parent')
  })
})

describe('vfork.parent.signals-wait', () => {
  it('ends the parent by those that do so, if they come first', () => {
    expect(playOn(lent(), 'A: kill(E, SIGTERM)').ending).toBe('A 0, E ended')
    expect(playOn(lent(), 'A: kill(E, SIGABRT)', 'A: kill(E, SIGTERM)').ending).toBe('A 0')
    expect(playOn(lent(), 'A: kill(E, SIGABRT)', 'A: kill(E, SIGKILL)').ending).toBe('A 0, E ended')
  })

  it('keeps stops until vfork is over', () => {
    const stopped = playOn(lent(), 'A: kill(E, SIGSTOP)')
    expect(lifecycleOf(stopped.world, 'E')?.life).toBe('running')
    expect(playOn(stopped, 'F: _exit(0)').ending).toBe('E stopped, F ended')
  })

  it('is used by every signal but SIGKILL', () => {
    expect(playOn(lent(), 'A: kill(E, SIGTERM)').rules).toContain('vfork.parent.signals-wait')
    expect(playOn(lent(), 'A: kill(E, SIGKILL)').rules).not.toContain('vfork.parent.signals-wait')
  })
})

describe('the end of a child of vfork', () => {
  const caught = ['A: sigaction(SIGCHLD, handler)', 'A: F = vfork()', 'B: kill(A, SIGCHLD)']

  it('is told before or after its parent meets what waited for it', () => {
    const counts = playOn(play(...caught), 'F: _exit(0)').outcomes.map(
      ({ world }) => lifecycleOf(world, 'A')?.caught[SIGCHLD]?.times,
    )
    expect(counts.sort()).toEqual([1, 2])
  })
})

describe('vfork.attachments.no-count', () => {
  const attached = play('A: E = fork()', 'A: M = shmget(private, 1)', 'E: V = shmat(M)', 'E: F = vfork()')
  const count = (...lines: readonly string[]) => out(playOn(attached, ...lines, 'A: shmctl(M, IPC_STAT)'))

  it('leaves the attachments as they are, also at the end of the child', () => {
    expect(count()).toMatchObject({ nattch: '1', lpid: 'pid E', dtime: '0' })
    expect(count('F: _exit(0)')).toMatchObject({ nattch: '1', lpid: 'pid E', dtime: '0' })
    expect(count('F: exec(self)')).toMatchObject({ nattch: '1', lpid: 'pid E', dtime: '0' })
  })

  it('keeps them for a child whose parent has ended', () => {
    expect(count('A: kill(E, SIGKILL)')).toMatchObject({ nattch: '1', lpid: 'pid E' })
    expect(count('A: kill(E, SIGKILL)', 'F: _exit(0)')).toMatchObject({ nattch: '0', lpid: 'pid F' })
  })
})

describe('a signal for who is suspended', () => {
  const suspended = (...before: readonly string[]) => play(...before, 'A: E = vfork()')

  it('ends it only where it is not blocked, and would be fatal', () => {
    const kill = 'B: kill(A, SIGTERM)'
    expect(playOn(suspended(), kill).ending).toBe('A ended, B 0')
    expect(playOn(suspended('A: sigprocmask(SIG_BLOCK, SIGTERM)'), kill).ending).toBe('B 0')
    expect(playOn(suspended('A: sigaction(SIGTERM, handler)'), kill).ending).toBe('B 0')
    expect(playOn(suspended('A: sigaction(SIGTERM, SIG_IGN)'), kill).ending).toBe('B 0')
    expect(playOn(suspended(), 'B: kill(A, SIGCHLD)').ending).toBe('B 0')
    const blocked = suspended('A: sigprocmask(SIG_BLOCK, SIGUSR1)')
    expect(playOn(blocked, 'B: kill(A, SIGUSR1)', kill).ending).toBe('A ended, B 0')
  })
})

describe('a call that sleeps', () => {
  it('has not failed: what its variable names may come to be', () => {
    expect(play('A: E = vfork()').world.failed).toEqual([])
    expect(play('A: setlimit(semmni, 0)', 'A: S = semget(private, 1)').world.failed).toEqual(['S'])
    expect(play('A: S = semget(private, 1)').world.failed).toEqual([])
  })
})
