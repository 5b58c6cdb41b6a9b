import { describe, expect, it } from 'vitest'
import { endings, inPosix, out, play, playOn, withFacts } from '../semaphores/play.testing.ts'
import { lifecycleOf } from './lifecycle.ts'

describe('clone.exit-signal.other', () => {
  it('hides the child from a plain wait, also while it runs', () => {
    expect(endings(play('A: E = clone(0, SIGURG)', 'A: waitpid(E, WNOHANG)'))).toEqual(['A ECHILD'])
    expect(endings(play('A: E = clone(0, SIGCHLD)', 'A: waitpid(E, WNOHANG)'))).toEqual(['A 0'])
  })
})

describe('waitpid.kinds.unknown', () => {
  it('may be EINVAL elsewhere, whatever the children are', () => {
    const before = play('A: E = fork()')
    expect(endings(inPosix(before, 'A: waitpid(E, WNOHANG|__WALL)'))).toContain('A EINVAL')
    expect(endings(inPosix(before, 'B: waitpid(-1, __WALL)'))).toEqual(['B ECHILD', 'B EINVAL'])
    expect(endings(playOn(before, 'B: waitpid(-1, __WALL)'))).toEqual(['B ECHILD'])
  })
})

describe('clone.exit-signal.delivered', () => {
  const before = play('A: sigaction(SIGUSR1, handler)', 'A: E = clone(0, SIGUSR1)', 'E: _exit(1)')

  it('tells of the child, but to 32-bit programs not all', () => {
    const told = { code: '1', status: '1', pid: 'pid E', uid: '1000' }
    expect(out(playOn(before, 'A: caught(SIGUSR1)'))).toEqual(told)
    const narrow = withFacts(before, { longBytes: 4 })
    const open = { ...told, status: 'anything', uid: 'anything' }
    expect(out(playOn(narrow, 'A: caught(SIGUSR1)'))).toEqual(open)
    const usual = [play('A: sigaction(SIGCHLD, handler)', 'A: E = fork()', 'E: _exit(1)')]
    for (const each of [...usual, ...usual.map((played) => withFacts(played, { longBytes: 4 }))])
      expect(out(playOn(each, 'A: caught(SIGCHLD)'))).toEqual(told)
  })

  it('may end the parent', () => {
    const { world } = play('A: P = fork()', 'P: E = clone(0, SIGTERM)', 'E: _exit(0)')
    expect(lifecycleOf(world, 'P')?.report).toEqual({ is: 'killed', signal: 15, core: false })
  })
})

describe('reparent.death-signal', () => {
  const before = play('A: P = fork()', 'P: E = fork()', 'E: prctl(PR_SET_PDEATHSIG, SIGTERM)')

  it('may come before the call returns that ended the parent', () => {
    expect(playOn(before, 'E: kill(P, SIGKILL)').outcomes).toHaveLength(2)
    expect(playOn(before, 'B: kill(P, SIGKILL)').outcomes).toHaveLength(1)
  })
})

describe('undo.clone-sysvsem', () => {
  it('is shared only where that is asked for', () => {
    const value = (clone: string) =>
      play(
        ...[
          'A: S = semget(private, 1, 0600)',
          `A: E = ${clone}`,
          'E: semop(S, [0 +2 SEM_UNDO])',
          'E: _exit(0)',
        ],
        'A: semctl(S, 0, GETVAL)',
      ).ending
    expect(value('clone(0, SIGURG)')).toBe('A 0')
    expect(value('clone(CLONE_PARENT)')).toBe('A 0')
    expect(value('clone(CLONE_SYSVSEM)')).toBe('A 2')
  })
})
