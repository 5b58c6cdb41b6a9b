import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { countAttached } from './segments.ts'
import { resultOf, resultsOf, rulesOf, statOf, worldAfter } from './story.ts'

const small = 'M = shmget(private, 100)'
const three = 'M = shmget(private, 12288)'
const page = 'N = shmget(private, 4096)'

describe('shmat.address.above-user-enomem', () => {
  it('says nothing of what lies before the arena', () => {
    const before = resultsOf(linux, small, 'P = shmat(M, arena-4096)')
    expect(before).toContain('EINVAL')
    expect(before).toContainEqual({ is: 'address', of: 'arena', offset: -4096 })
  })
})

describe('shmat.null.system-picks', () => {
  it('names the address by the variable that receives it', () => {
    expect(resultOf(small, 'P = shmat(M)')).toEqual({ is: 'address', of: 'P', offset: 0 })
  })
})

describe('shmat.address.exact', () => {
  it('gives the address back, relative to the arena', () => {
    expect(resultOf(small, 'P = shmat(M, arena+4096)')).toEqual({ is: 'address', of: 'arena', offset: 4096 })
  })

  it('works through variables of other attachments', () => {
    const lines = [small, 'P = shmat(M, arena+4096)', 'B: Q = shmat(M, P+4096)']
    expect(resultOf(...lines)).toEqual({ is: 'address', of: 'arena', offset: 8192 })
  })
})

describe('shmat.address.rnd-rounds-down', () => {
  it('rounds the offset', () => {
    expect(resultOf(small, 'P = shmat(M, arena+8191, SHM_RND)')).toEqual({
      is: 'address',
      of: 'arena',
      offset: 4096,
    })
  })
})

describe('shmat.address.overlap-einval', () => {
  it.each(['arena+4096', 'arena+8192', 'arena+12288'])('refuses %s', (address) => {
    expect(resultOf(three, 'P = shmat(M, arena+4096)', `Q = shmat(M, ${address})`)).toBe('EINVAL')
  })

  it('may be ENOMEM elsewhere, but never succeeds', () => {
    const lines = [small, 'P = shmat(M, arena)', 'Q = shmat(M, arena)']
    expect(resultsOf(posix, ...lines)).toEqual(['EINVAL', 'ENOMEM'])
  })
})

describe('shmat.remap.null-einval', () => {
  it('goes on where SHM_REMAP is unknown, for those who may attach', () => {
    const readable = ['M = shmget(private, 100, 0644)', 'B: become(8, 8)']
    const attach = (flags: string) => resultsOf(posix, ...readable, `B: P = shmat(M, null, ${flags})`)
    expect(attach('SHM_REMAP|SHM_RDONLY').some((each) => typeof each === 'object')).toBe(true)
    expect(attach('SHM_REMAP').some((each) => typeof each === 'object')).toBe(false)
  })
})

describe('shmat.remap.replaces', () => {
  it('leaves the pages around it', () => {
    const world = worldAfter(three, page, 'P = shmat(M, arena)', 'Q = shmat(N, arena+4096, SHM_REMAP)')
    expect(world.processes.A?.attachments.P?.pieces).toMatchObject([
      { first: 0, pages: 1 },
      { first: 2, pages: 1 },
    ])
    expect(countAttached(world, 'M')).toBe(2)
  })

  it('stamps what it cuts as attached and detached, what it takes whole as detached', () => {
    const cut = worldAfter(three, page, 'P = shmat(M, arena)', 'Q = shmat(N, arena+8192, SHM_REMAP)')
    expect(cut.segments.M).toMatchObject({ atime: 4, dtime: 4 })
    const whole = worldAfter(small, page, 'P = shmat(M, arena)', 'Q = shmat(N, arena, SHM_REMAP)')
    expect(whole.segments.M).toMatchObject({ atime: 3, dtime: 4 })
  })

  it('destroys a removed segment that nobody else has', () => {
    const lines = [small, page, 'P = shmat(M, arena)', 'A: shmctl(M, IPC_RMID)']
    expect(worldAfter(...lines, 'Q = shmat(N, arena, SHM_REMAP)').segments.M).toBeUndefined()
    expect(worldAfter(...lines, 'Q = shmat(M, arena, SHM_REMAP)').segments.M).toBeDefined()
  })
})

describe('shmat.null.remap-einval', () => {
  it('is an error on Linux; elsewhere the flag may be unknown', () => {
    const lines = [small, 'P = shmat(M, null, SHM_REMAP)']
    expect(resultsOf(linux, ...lines)).toEqual(['EINVAL'])
    expect(resultsOf(posix, ...lines)).toContainEqual({ is: 'address', of: 'P', offset: 0 })
  })
})

describe('shmat.address.rnd-to-zero', () => {
  it('is EPERM for the unprivileged', () => {
    expect(resultOf(small, 'P = shmat(M, @5, SHM_RND)')).toBe('EPERM')
    expect(resultsOf(posix, small, 'P = shmat(M, @5, SHM_RND)')).toEqual(['EPERM', 'ENOMEM', 'EINVAL'])
  })
})

describe('shmat.address.wraps-einval', () => {
  it('depends on the exact size', () => {
    expect(resultsOf(linux, page, 'P = shmat(N, @-4096)')).toEqual(['EINVAL', 'ENOMEM'])
    expect(resultsOf(linux, small, 'P = shmat(M, @-4096)')).toEqual(['ENOMEM'])
  })
})

describe('shmat.readwrite.needs-both', () => {
  it('leaves the segment as it was', () => {
    const lines = ['M = shmget(private, 100, 0400)', 'P = shmat(M)']
    expect(resultOf(...lines)).toBe('EACCES')
    expect(statOf(...lines, 'A: shmctl(M, IPC_STAT)')).toMatchObject({ nattch: 0, lpid: 0, atime: 0 })
    expect(rulesOf(...lines)).toContain('shmat.failure.no-update')
  })
})

describe('shmat.after-rmid.still-allowed', () => {
  it('attaches on Linux; in POSIX the identifier may be gone', () => {
    const lines = [small, 'P = shmat(M)', 'A: shmctl(M, IPC_RMID)']
    expect(resultOf(...lines, 'B: Q = shmat(M)')).toEqual({ is: 'address', of: 'Q', offset: 0 })
  })
})
