import { describe, expect, it } from 'vitest'
import { endings, inPosix, play, playOn } from '../semaphores/play.testing.ts'

const capable = 'A: become(own, own, {}, CAP_SYS_ADMIN)'
const family = ['A: P = fork()', 'P: setpgid(0, 0)', 'P: Q = fork()', capable]
const orphaned = [...family, 'P: _exit(0)', 'A: waitpid(P)']
const again = (of: string) => ({ is: 'pid again', of, first: 'P' })

const returnOf = (played: ReturnType<typeof play>) => {
  const event = played.outcomes[0]?.events[0]
  return event?.is === 'returned' ? event.result.value : undefined
}

describe('zombie.pid.held-by-group', () => {
  it('keeps the number of a leader that was waited for, until the last member is gone', () => {
    const held = playOn(play(...orphaned, 'A: setnextpid(P)'), 'A: R = fork()')
    expect(returnOf(held)).toEqual({ is: 'pid', of: 'R' })
    expect(held.rules).toContain('zombie.pid.held-by-group')
    const free = play(...orphaned, 'A: setnextpid(P)', 'A: R = fork()', 'Q: _exit(0)', 'A: setnextpid(P)')
    expect(returnOf(playOn(free, 'A: S = fork()'))).toEqual(again('S'))
  })
})

describe('fork.pid.next', () => {
  it('is for the capable', () => {
    expect(endings(play('A: setnextpid(B)'))).toEqual(['A EPERM'])
  })

  it('gives the number of a process that is gone, elsewhere perhaps another one', () => {
    const free = play('A: P = fork()', capable, 'P: _exit(0)', 'A: waitpid(P)', 'A: setnextpid(P)')
    expect(returnOf(playOn(free, 'A: R = fork()'))).toEqual(again('R'))
    expect(inPosix(free, 'A: R = fork()').outcomes).toHaveLength(2)
  })

  it('leaves open who is meant by the name of a process that is gone, from the next fork on', () => {
    const chosen = play('A: P = fork()', capable, 'P: _exit(0)', 'A: waitpid(P)', 'A: setnextpid(B)')
    expect(endings(playOn(chosen, 'A: kill(P, 0)'))).toEqual(['A ESRCH'])
    const forked = playOn(chosen, 'A: R = fork()')
    expect(() => playOn(forked, 'A: kill(P, 0)')).toThrow('another one may have')
    expect(returnOf(playOn(playOn(forked, 'A: setnextpid(P)'), 'A: S = fork()'))).toEqual({
      is: 'pid',
      of: 'S',
    })
  })
})
