import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { allOf, resultOf, resultsOf, rulesOf, statOf, worldAfter } from './story.ts'

const attached = ['M = shmget(key1, 100, IPC_CREAT|0600)', 'P = shmat(M)'] as const
const removed = [...attached, 'A: shmctl(M, IPC_RMID)'] as const

describe('shmctl.rmid.deferred-until-last-detach', () => {
  it('keeps attachment and contents', () => {
    expect(resultOf(...removed, 'A: store(P, 7)')).toBe(0)
    expect(resultOf(...removed, 'A: store(P, 7)', 'A: load(P)')).toBe(7)
  })

  it('shows key 0 and SHM_DEST', () => {
    expect(statOf(...removed, 'A: shmctl(M, IPC_STAT)')).toMatchObject({ key: 0, mode: 0o1600, nattch: 1 })
  })

  it('leaves open in POSIX whether the identifier still works, and ctime', () => {
    const worlds = allOf(posix, removed).map(({ world }) => world.segments.M)
    expect(new Set(worlds.map((segment) => segment?.removal))).toEqual(new Set(['pending', 'id gone']))
    expect(new Set(worlds.map((segment) => segment?.ctime))).toEqual(new Set([1, 3]))
  })
})

describe('shmctl.rmid.unattached-destroys', () => {
  it('destroys at once', () => {
    expect(worldAfter('M = shmget(private, 9)', 'A: shmctl(M, IPC_RMID)').segments).toEqual({})
  })
})

describe('shmctl.set.flags-kept', () => {
  it('keeps dest and locked', () => {
    const lines = [...removed, 'A: shmctl(M, SHM_LOCK)', 'A: shmctl(M, IPC_SET, own, own, 0640)']
    expect(statOf(...lines, 'A: shmctl(M, IPC_STAT)')).toMatchObject({ mode: 0o3640 })
  })
})

describe('shmctl.stat.needs-read', () => {
  it('locks the owner out, though the others may read', () => {
    const lines = ['M = shmget(private, 9, 0244)', 'A: shmctl(M, IPC_STAT)']
    expect(resultOf(...lines)).toBe('EACCES')
    expect(rulesOf(...lines)).toContain('perm.class.owner')
  })
})

describe('shmctl.lock.sets-flag', () => {
  it('is open to systems without it in POSIX', () => {
    const lines = ['M = shmget(private, 9)', 'A: shmctl(M, SHM_LOCK)']
    expect(resultOf(...lines)).toBe(0)
    expect(resultsOf(posix, ...lines)).toEqual([0, 'EPERM', 'EINVAL'])
  })
})

describe('shmctl.lock.over-limit-enomem', () => {
  it('is possible from the smallest usual limit on', () => {
    expect(allOf(posix, ['M = shmget(private, 65537)', 'A: shmctl(M, SHM_LOCK)'])).toHaveLength(4)
  })
})

describe('shmctl.set.bad-uid-einval', () => {
  it('changes nothing', () => {
    const lines = ['M = shmget(private, 9)', 'A: shmctl(M, IPC_SET, -1, own, 0)']
    expect(resultOf(...lines)).toBe('EINVAL')
    expect(worldAfter(...lines).segments.M?.permission.mode).toBe(0o600)
  })
})

describe('shmctl.lock.owner-or-creator', () => {
  const lines = ['M = shmget(private, 8192)', 'N = shmget(private, 1)', 'A: setrlimit(RLIMIT_MEMLOCK, 8192)']
  it('goes up to the limit; behind it others of the user may have left no room', () => {
    expect(resultsOf(linux, ...lines, 'A: shmctl(M, SHM_LOCK)')).toEqual([0])
    expect(resultsOf(linux, ...lines, 'A: shmctl(M, SHM_LOCK)', 'A: shmctl(N, SHM_LOCK)')).toEqual([
      0,
      'ENOMEM',
    ])
  })
})
