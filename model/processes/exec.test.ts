import { describe, expect, it } from 'vitest'
import { allowed, inPosix, type Played, play, playOn } from '../semaphores/play.testing.ts'
import { lifecycleOf } from './lifecycle.ts'

const child = play('A: E = fork()')
const lifecycle = (played: Played, name = 'E') => lifecycleOf(played.world, name)

/** The signals that E may be told of the end of its parent with, after exec. */
const deathSignals = (played: Played) =>
  played.outcomes.map(({ world }) => lifecycleOf(world, 'E')?.deathSignal)

describe('exec.no-return', () => {
  it('leaves a process that has run exec, an ordinary child', () => {
    const cloned = play('A: E = clone(0, SIGUSR1)', 'E: F = clone(0, SIGUSR2)')
    expect(lifecycle(cloned)).toMatchObject({ execed: false, exitSignal: 10 })
    const after = playOn(cloned, 'E: exec(self)')
    expect(after.ending).toBe('E 0')
    expect(lifecycle(after)).toMatchObject({ execed: true, exitSignal: 17, parentExeced: false })
    expect(lifecycle(after, 'F')).toMatchObject({ exitSignal: 12, parentExeced: true })
    expect(lifecycle(playOn(after, 'F: exec(self)'), 'F')).toMatchObject({ parentExeced: false })
  })

  it('has no capabilities afterwards, and the file-system group is the effective one', () => {
    const before = playOn(child, 'E: become(8, 7, {}, CAP_SYS_ADMIN, -1, 9)')
    const identity = ({ world }: Played) => world.processes.E?.identity
    expect(identity(before)).toMatchObject({ fsgid: 9 })
    expect(identity(before)?.capabilities).not.toBe(0)
    expect(identity(playOn(before, 'E: exec(self)'))).toMatchObject({
      uid: 8,
      gid: 7,
      fsgid: 7,
      capabilities: 0,
    })
  })

  it('forgets what handlers ran and closes pidfds', () => {
    const before = playOn(
      child,
      'E: sigaction(SIGUSR1, handler)',
      'A: kill(E, SIGUSR1)',
      'E: D2 = pidfd_open(B)',
    )
    const after = lifecycle(playOn(before, 'E: exec(self)'))
    expect(lifecycle(before)).toMatchObject({
      caught: { 10: { times: 1 } },
      pidfds: { D2: { process: 'B' } },
    })
    expect(after).toMatchObject({ caught: {}, pidfds: {} })
  })
})

describe('exec.missing.enoent', () => {
  it('changes nothing', () => {
    const before = playOn(child, 'E: sigaction(SIGUSR1, handler)')
    const after = playOn(before, 'E: exec(missing)')
    expect(after.ending).toBe('E ENOENT')
    expect(lifecycle(after)).toEqual(lifecycle(before))
    expect(playOn(before, 'E: exec(directory)').ending).toBe('E EACCES')
  })
})

describe('exec.caught-reset', () => {
  it('leaves only what is ignored', () => {
    const set = ['E: sigaction(SIGUSR1, handler, SA_RESTART)', 'E: sigaction(SIGUSR2, SIG_IGN, SA_RESTART)']
    expect(lifecycle(playOn(child, ...set, 'E: exec(self)'))?.actions).toEqual({
      12: { disposition: 'ignore', restart: false, quietStops: false, noZombies: false },
    })
  })

  it('clears the flags of SIGCHLD on Linux; elsewhere they may stay', () => {
    const lines = ['A: E = fork()', 'E: sigaction(SIGCHLD, SIG_DFL, SA_NOCLDWAIT)', 'E: exec(self)']
    expect(lifecycle(play(...lines))?.actions).toEqual({})
    expect(allowed(...lines)).toEqual(['E 0'])
    for (const flag of ['SA_NOCLDWAIT', 'SA_NOCLDSTOP']) {
      const set = playOn(child, `E: sigaction(SIGCHLD, SIG_DFL, ${flag})`)
      const [cleared, kept] = inPosix(set, 'E: exec(self)').outcomes.map(
        ({ world }) => lifecycleOf(world, 'E')?.actions,
      )
      expect(cleared).toEqual({})
      expect(kept).toMatchObject({
        17: { quietStops: flag === 'SA_NOCLDSTOP', noZombies: flag === 'SA_NOCLDWAIT' },
      })
    }
  })
})

describe('prctl.pdeathsig.lost', () => {
  const asked = 'E: prctl(PR_SET_PDEATHSIG, SIGUSR1)'

  it('is so for a privileged caller, or not: who may run a file with capabilities depends on the machine', () => {
    expect(deathSignals(playOn(child, 'E: become(0, own)', asked, 'E: exec(self)'))).toEqual([10, 0])
    expect(deathSignals(playOn(child, 'E: become(8, own)', asked, 'E: exec(self)'))).toEqual([10])
    const others = ['become(8, 7, {}, 0, 9, -1)', 'become(8, 7, {}, 0, -1, 9)']
    for (const call of others)
      expect(deathSignals(playOn(child, `E: ${call}`, asked, 'E: exec(self)'))).toEqual([10, 0])
  })

  it('is so for who becomes another, or not: it had to be privileged', () => {
    const became = (call: string) => deathSignals(playOn(child, asked, `E: ${call}`))
    expect(became('become(own, own, {}, CAP_SYS_ADMIN)')).toEqual([10, 0])
    expect(became('become(own, 8)')).toEqual([0])
    expect(became('become(8, own)')).toEqual([0])
    expect(became('become(own, own, {}, 0, -1, 8)')).toEqual([0])
  })

  it('is not so for an ordinary caller', () => {
    expect(deathSignals(playOn(child, asked, 'E: exec(self)'))).toEqual([10])
    expect(deathSignals(playOn(child, 'E: become(1, own)', asked, 'E: exec(self)'))).toEqual([10])
    expect(deathSignals(playOn(child, 'E: exec(self)'))).toEqual([0])
  })
})
