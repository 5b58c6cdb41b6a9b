import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { endings, play, playOn, withFacts } from '../semaphores/play.testing.ts'
import { resultOf, resultsOf, rulesOf, statOf } from './story.ts'

const make = 'A: M = shmget(private, 100, SHM_HUGETLB|SHM_NORESERVE|0600)'

describe('shmget.hugetlb.unprivileged-eperm', () => {
  it('holds for who is neither in the group nor capable', () => {
    expect(resultOf('A: become(own, 4711)', make)).toBe('EPERM')
    expect(resultOf('A: become(own, 4711, {1000})', make)).toEqual({ is: 'id', of: 'M' })
    expect(resultOf('A: become(own, 4711, {}, CAP_IPC_LOCK)', make)).toEqual({ is: 'id', of: 'M' })
  })

  it('may be unknown elsewhere: the flag is refused or ignored', () => {
    expect(resultsOf(posix, 'A: become(own, 4711)', make)).toEqual(['EPERM', { is: 'id', of: 'M' }, 'EINVAL'])
  })

  it('is ignored nowhere where there are all segments that there may be', () => {
    const full = ['A: setlimit(shmmni, 0)', 'B: become(own, 4711)', make.replace('A:', 'B:')]
    expect(new Set(resultsOf(posix, ...full))).toEqual(new Set(['EPERM', 'EINVAL', 'ENOSPC']))
  })
})

describe('shmget.hugetlb.no-pages-enomem', () => {
  it('needs pages that can be set aside', () => {
    expect(resultOf('A: M = shmget(private, 100, SHM_HUGETLB|0600)')).toBe('ENOMEM')
  })

  it('may be so where there are pages, since others use them too', () => {
    const pool = withFacts(play(), { hugePages: { size: 2097152, available: 8, group: 1000 } })
    const shmget = (flags: string, size = 100) =>
      endings(playOn(pool, `A: M = shmget(private, ${size}, ${flags}|0600)`))
    expect(shmget('SHM_HUGETLB')).toEqual(['A ENOMEM', 'A id M'])
    expect(shmget('SHM_HUGETLB', 8 * 2097152)).toEqual(['A ENOMEM', 'A id M'])
    expect(shmget('SHM_HUGETLB', 8 * 2097152 + 1)).toEqual(['A ENOMEM'])
    expect(shmget('SHM_HUGETLB|SHM_NORESERVE')).toEqual(['A id M'])
  })
})

describe('shmget.hugetlb.bad-size-einval', () => {
  it('comes first, and only where a segment would be made', () => {
    const odd = 'A: N = shmget(key1, 1, IPC_CREAT|SHM_HUGETLB|0xc000180)'
    expect(resultOf('A: become(own, 4711)', odd)).toBe('EINVAL')
    expect(resultOf('A: M = shmget(key1, 100, IPC_CREAT|0600)', odd)).toEqual({ is: 'id', of: 'M' })
  })
})

describe('shmget.hugetlb.makes', () => {
  it('keeps the size, and maps whole huge pages', () => {
    expect(statOf(make, 'A: shmctl(M, IPC_STAT)')).toMatchObject({ segsz: 100, mode: 0o600, nattch: 0 })
    expect(resultOf(make, 'A: P = shmat(M, arena)', 'A: Q = shmat(M, arena+2093056)')).toBe('EINVAL')
  })
})

describe('shmat.hugetlb.alignment-einval', () => {
  it('is not helped by rounding or replacing', () => {
    const rule = 'shmat.hugetlb.alignment-einval'
    for (const flags of ['0', 'SHM_RND', 'SHM_REMAP'])
      expect(rulesOf(make, `A: P = shmat(M, arena+4096, ${flags})`)).toContain(rule)
    expect(rulesOf(make, 'A: P = shmat(M, arena+2097152)')).not.toContain(rule)
  })
})

describe('shmat.exec.needs-execute', () => {
  it('may be unknown elsewhere, which helps no address that is wrong', () => {
    const ends = (address: string) => resultsOf(posix, make, `A: P = shmat(M, ${address}, SHM_EXEC)`)
    expect(ends('arena')).toContainEqual(resultOf(make, 'A: P = shmat(M, arena)'))
    expect(ends('arena+4096').toSorted()).toEqual(['EACCES', 'EINVAL'])
  })
})

describe('shmctl.lock.hugetlb-noop', () => {
  it('shows no lock', () => {
    expect(resultOf(make, 'A: shmctl(M, SHM_LOCK)')).toBe(0)
    expect(statOf(make, 'A: shmctl(M, SHM_LOCK)', 'A: shmctl(M, IPC_STAT)')).toMatchObject({ mode: 0o600 })
  })
})

describe('shmat.hugetlb.no-page-faults', () => {
  it('depends on the others where there are pages', () => {
    const pool = withFacts(play(), { hugePages: { size: 2097152, available: 8, group: 1000 } })
    const attached = playOn(pool, make, 'A: P = shmat(M)')
    expect(endings(playOn(attached, 'A: load(P)'))).toEqual(['A 0', 'A faulted'])
  })

  it('is a bus error, for the kernel an error', () => {
    expect(resultOf(make, 'A: P = shmat(M)', 'A: load(P+2097151)')).toBe('signal 7 code 2')
    expect(resultOf(make, 'A: P = shmat(M)', 'A: read(P, 1)')).toBe('EFAULT')
  })
})

describe('shmat.limit.no-count', () => {
  const two = ['A: M = shmget(private, 100)', 'A: P = shmat(M)']
  it('attaches as often as asked for, elsewhere perhaps not', () => {
    expect(statOf(...two, 'A: many_shmat(M, 5000)')).toEqual({ attached: 5000, nattch: 5001 })
    expect(resultsOf(linux, ...two, 'A: many_shmat(M, 2)')).toEqual([0])
    expect(resultsOf(posix, ...two, 'A: many_shmat(M, 2)')).toEqual([0, 'EMFILE'])
  })

  it('is refused for nothing but that, elsewhere as well', () => {
    const stranger = ['A: M = shmget(private, 100, 0600)', 'A: become(8, 8)', 'A: many_shmat(M, 2)']
    expect(resultsOf(posix, ...stranger)).toEqual(['EACCES'])
    expect(resultsOf(posix, two[0] ?? '', 'A: many_shmat(M, 2)')).toEqual([0, 'EMFILE'])
  })

  it('destroys a removed segment with the last one', () => {
    expect(resultOf(...two, 'A: shmctl(M, IPC_RMID)', 'A: shmdt(P)', 'A: many_shmat(M, 1)')).toBe('EINVAL')
  })
})
