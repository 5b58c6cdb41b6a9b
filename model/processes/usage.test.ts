import { describe, expect, it } from 'vitest'
import { endings, inPosix, out, type Played, play, playOn } from '../semaphores/play.testing.ts'

/** Exactly so many units of time and of memory. */
const units = (time: number, memory = 0) => ({
  least: `at most ${time}`,
  most: `at least ${time}`,
  leastMemory: `at most ${memory}`,
  mostMemory: `at least ${memory}`,
})

const ofChildren = (played: Played, actor = 'A') =>
  out(playOn(played, `${actor}: getrusage(RUSAGE_CHILDREN)`), actor)
const ofSelf = (played: Played, actor = 'A') => out(playOn(played, `${actor}: getrusage(RUSAGE_SELF)`), actor)

const ended = () => play('A: E = fork()', 'E: burn(2)', 'E: _exit(0)')

describe('getrusage.who.einval', () => {
  it.each([1, 2, -3])('is for %i', (who) => {
    expect(endings(play(`A: getrusage(${who})`))).toEqual(['A EINVAL'])
  })
})

describe('getrusage.self', () => {
  it('leaves children out', () => {
    expect(ofSelf(play('A: burn(1)', 'A: burn(2)'))).toEqual(units(3))
    expect(ofSelf(playOn(ended(), 'A: wait()'))).toEqual(units(0))
  })
})

describe('fork.child.usage-zero', () => {
  it('is so for the child and its children', () => {
    const forked = playOn(ended(), 'A: burn(1)', 'A: fill(1)', 'A: wait()', 'A: F = fork()')
    expect(ofSelf(forked, 'F')).toEqual(units(0))
    expect(ofChildren(forked, 'F')).toEqual(units(0))
    expect(forked.outcomes[0]?.rules).toContain('fork.child.usage-zero')
  })

  it('is not so after exec', () => {
    expect(ofSelf(play('A: E = fork()', 'E: burn(1)', 'E: exec(self)'), 'E')).toEqual(units(1))
  })
})

describe('usage.children.added-at-reaping', () => {
  it('counts a zombie when it was waited for, and not when it was looked at', () => {
    expect(ofChildren(ended())).toEqual(units(0))
    expect(ofChildren(playOn(ended(), 'A: waitid(P_ALL, 0, WEXITED|WNOWAIT)'))).toEqual(units(0))
    expect(ofChildren(playOn(ended(), 'A: waitid(P_ALL, 0, WEXITED)'))).toEqual(units(2))
    expect(ofChildren(playOn(ended(), 'A: wait()'))).toEqual(units(2))
  })
})

describe('usage.autoreaped.not-counted', () => {
  it('holds where SIGCHLD is ignored', () => {
    const vanished = play('A: sigaction(SIGCHLD, SIG_IGN)', 'A: E = fork()', 'E: burn(1)', 'E: _exit(0)')
    expect(ofChildren(vanished)).toEqual(units(0))
    expect(vanished.outcomes[0]?.rules).toContain('usage.autoreaped.not-counted')
  })
})

const grandchild = () => play('A: E = fork()', 'E: F = fork()', 'F: burn(2)', 'F: _exit(0)', 'E: burn(1)')

describe('usage.unwaited-grandchild.not-counted', () => {
  it('counts only the child', () => {
    const left = playOn(grandchild(), 'E: _exit(0)')
    expect(left.outcomes[0]?.rules).toContain('usage.unwaited-grandchild.not-counted')
    expect(ofChildren(playOn(left, 'A: wait()'))).toEqual(units(1))
  })

  it('gives the usage to the adopter that waits for it', () => {
    const adopted = playOn(grandchild(), 'A: prctl(PR_SET_CHILD_SUBREAPER, 1)', 'E: _exit(0)', 'A: wait()')
    expect(ofChildren(adopted)).toEqual(units(1))
    expect(ofChildren(playOn(adopted, 'A: wait()'))).toEqual(units(3))
  })
})

describe('usage.maxrss.maximum', () => {
  const filled = () =>
    play('A: E = fork()', 'E: fill(2)', 'E: _exit(0)', 'A: F = fork()', 'F: fill(1)', 'F: _exit(0)')

  it('is the larger one', () => {
    expect(ofChildren(playOn(filled(), 'A: waitpid(F)'))).toEqual(units(0, 1))
    expect(ofChildren(playOn(filled(), 'A: waitpid(F)', 'A: waitpid(E)'))).toEqual(units(0, 2))
  })

  it('is open in the standard', () => {
    const { outcomes } = inPosix(playOn(filled(), 'A: waitpid(F)'), 'A: getrusage(RUSAGE_CHILDREN)')
    expect(outcomes).toHaveLength(2)
  })
})

describe('wait4.usage.child-and-its-reaped', () => {
  it('adds what the child waited for', () => {
    const both = playOn(grandchild(), 'E: wait()', 'E: _exit(0)')
    expect(out(playOn(both, 'A: wait4(E)'))).toEqual({ status: '0', usage: '1', ...units(3) })
  })
})

describe('waitid.raw.usage', () => {
  it('is told with WNOWAIT, without a place for the rest, and where that is a bad one', () => {
    const told = { usage: '1', ...units(2) }
    const ask = 'A: waitid(P_ALL, 0, WEXITED|WNOWAIT'
    expect(out(playOn(ended(), `${ask}, status, usage)`))).toMatchObject(told)
    expect(out(playOn(ended(), `${ask}, NULL, usage)`))).toMatchObject(told)
    expect(out(playOn(ended(), `${ask}, bad, usage)`))).toEqual(told)
    expect(out(playOn(ended(), `${ask}, bad)`))).toEqual({})
  })

  it('is not told where nothing is reported', () => {
    expect(
      out(play('A: E = fork()', 'A: waitid(P_ALL, 0, WEXITED|WNOHANG, status, usage)')),
    ).not.toHaveProperty('usage')
  })
})
