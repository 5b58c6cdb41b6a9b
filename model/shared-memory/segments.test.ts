import { describe, expect, it } from 'vitest'
import { allowed, endings, play, playOn } from '../semaphores/play.testing.ts'
import { pagesOf } from './segments.ts'

describe('the pages of a size', () => {
  it('include the one that is only begun, however large the number', () => {
    expect([0, 1, 4096, 4097].map((size) => pagesOf(size, 4096))).toEqual([0, 1, 1, 2])
    expect([1n, 4096n, 4097n, 2n ** 60n + 1n].map((size) => pagesOf(size, 4096))).toEqual([
      ...[1, 1, 2, 2 ** 48 + 1],
    ])
  })
})

describe('shmctl.rmid.key-free', () => {
  it('remembers a key once, and no private one', () => {
    const lines = ['M = shmget(key1, 1, IPC_CREAT|0600)', 'shmctl(M, IPC_RMID)']
    const again = ['N = shmget(key1, 1, IPC_CREAT|0600)', 'shmctl(N, IPC_RMID)']
    expect(play(...lines, ...again).world.freedKeys).toHaveLength(1)
    expect(play('M = shmget(private, 1)', 'shmctl(M, IPC_RMID)').world.freedKeys).toEqual([])
  })
})

describe('shm_rmid_forced.failed-attach', () => {
  const lines = ['A: setforced(1)', 'A: M = shmget(private, 4096)', 'A: X = shmat(M, arena)']

  it('destroys a segment that nobody has attached, and none that somebody has', () => {
    const failed = play(...lines, 'A: Y = shmat(M, arena)')
    expect(failed.ending).toBe('A EINVAL')
    expect(failed.world.segments.M).toBeDefined()
    const free = [...lines.slice(0, 2), 'A: N = shmget(private, 4096)', 'A: Z = shmat(N, arena)']
    expect(play(...free, 'A: Y = shmat(M, arena)').world.segments.M).toBeUndefined()
  })

  it('can be given up where there are threads, but not begun', () => {
    const threaded = play('A: T = thread()')
    expect(playOn(threaded, 'B: setforced(0)').ending).toBe('B 0')
    expect(() => playOn(threaded, 'B: setforced(1)')).toThrow('is not known')
  })
})

describe('memory that the machine may refuse', () => {
  const large = 2 ** 26

  it('is that of large segments only', () => {
    expect(endings(play(`A: M = shmget(private, ${large - 1})`))).toEqual(['A id M'])
    expect(endings(play(`A: M = shmget(private, ${large})`))).toEqual(['A ENOMEM', 'A ENOSPC', 'A id M'])
    const attached = playOn(play(`A: M = shmget(private, ${large})`), 'A: X = shmat(M)')
    expect(endings(attached)).toEqual(['A ENOMEM', 'A address X'])
    const full = play('A: setlimit(shmmni, 0)')
    expect(endings(playOn(full, `A: M = shmget(private, ${large})`))).toEqual(['A ENOMEM', 'A ENOSPC'])
    expect(endings(playOn(full, `A: M = shmget(private, ${large - 1})`))).toEqual(['A ENOSPC'])
  })
})

describe('shmat.limit.address-space-enomem', () => {
  it('may be so where the address space is limited', () => {
    const limited = play('A: setrlimit(RLIMIT_AS, 4194304)', 'A: M = shmget(private, 4096)')
    expect(endings(playOn(limited, 'A: X = shmat(M)'))).toEqual(['A ENOMEM', 'A address X'])
  })
})

describe('an attach where nobody knows what there is', () => {
  it('may succeed or fail for what is there', () => {
    const overtaken = [
      ...['M = shmget(private, 8192)', 'N = shmget(private, 4096)', 'A: X = shmat(M)'],
      ...['A: munmap(X+4096, 1)', 'A: Y = shmat(N)'],
    ]
    expect(endings(play(...overtaken, 'A: Z = shmat(N, X+4096)'))).toEqual([
      ...['A EINVAL', 'A ENOMEM', 'A EPERM', 'A address X'],
    ])
  })

  it('may fail in several ways where an address is rounded to 0, in profile posix', () => {
    expect(allowed('M = shmget(private, 4096)', 'A: X = shmat(M, @5, SHM_RND)')).toEqual([
      ...['A EINVAL', 'A ENOMEM', 'A EPERM'],
    ])
  })
})
