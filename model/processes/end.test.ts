import { describe, expect, it } from 'vitest'
import { play } from '../semaphores/play.testing.ts'
import { lifecycleOf } from './lifecycle.ts'

describe('exit.zombie.until-waited', () => {
  it('keeps nothing of a zombie that only a living process needs: worlds in which they end alike are one', () => {
    const set = [
      'E: sigaction(SIGUSR1, handler)',
      'E: sigprocmask(SIG_BLOCK, SIGTTOU)',
      'A: kill(E, SIGTTOU)',
    ]
    const more = ['A: kill(E, SIGUSR1)', 'E: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'E: D2 = pidfd_open(B)']
    const zombie = (...lines: readonly string[]) =>
      lifecycleOf(play('A: E = fork()', ...lines, 'E: _exit(0)').world, 'E')
    expect(zombie(...set, ...more)).toEqual(zombie())
    expect(zombie()?.report).toEqual({ is: 'exited', code: 0 })
  })
})
