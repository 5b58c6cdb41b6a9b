import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import { isPredictable } from './predictable.ts'
import { resultOf, resultsOf, rulesOf, statOf, worldAfter } from './story.ts'

const M = 'M = shmget(private, 16384)'
const P = 'A: P = shmat(M, arena)'
const stat = 'A: shmctl(M, IPC_STAT)'
const count = (...lines: readonly string[]) => statOf(M, P, ...lines, stat).nattch
const rw = 'PROT_READ|PROT_WRITE'

describe('munmap', () => {
  it('counts the pieces that it leaves', () => {
    expect(count('A: munmap(P+12288, 1)')).toBe(1)
    expect(count('A: munmap(P+4096, 2)')).toBe(2)
    expect(count('A: munmap(arena, 10)')).toBe(0)
    expect(rulesOf(M, P, 'A: munmap(P+4096, 2)')).toContain('mem.munmap.middle-adds-one')
    expect(rulesOf(M, P, 'A: munmap(P, 2)')).toContain('mem.munmap.edge-keeps-count')
    expect(rulesOf(M, P, 'A: munmap(P, 4)')).toContain('mem.munmap.whole-detaches')
  })

  it('leaves a piece of each attachment that it spans', () => {
    const lines = ['A: R = shmat(M, arena+16384)', 'A: munmap(P+12288, 2)']
    expect(count(...lines)).toBe(2)
    expect(rulesOf(M, P, ...lines)).toContain('mem.munmap.spanning')
  })
})

describe('mem.munmap.stamps', () => {
  it('counts as an attach where a piece is cut, even if another one goes as a whole', () => {
    const pieces = [M, P, 'A: munmap(P+4096, 1)']
    const time = (...lines: readonly string[]) => statOf(...pieces, 'tick()', ...lines, stat).atime
    expect(time('A: munmap(P, 3)')).toEqual({ is: 'time', step: 5 })
    expect(time('A: munmap(P, 2)')).toEqual({ is: 'time', step: 3 })
  })
})

describe('madvise', () => {
  it('is an error where nothing is, as mprotect is', () => {
    for (const call of ['madvise(MADV_DONTFORK, P, 1)', 'mprotect(P, 1, 0)']) {
      expect(resultOf(M, P, `A: ${call}`)).toBe(0)
      expect(resultOf(M, P, 'A: munmap(P, 4)', `A: ${call}`)).toBe('ENOMEM')
    }
  })
})

describe('mprotect', () => {
  it('splits, and never merges again', () => {
    expect(count('A: mprotect(P+4096, 1, 0)')).toBe(3)
    expect(count('A: mprotect(P+4096, 1, 0)', `A: mprotect(P+4096, 1, ${rw})`)).toBe(3)
    expect(count(`A: mprotect(P+4096, 1, ${rw})`)).toBe(1)
  })

  it('takes the right to run code away', () => {
    const lines = ['M = shmget(private, 8192, 0700)', 'A: P = shmat(M, arena, SHM_EXEC)']
    const stat = statOf(...lines, `A: mprotect(P+4096, 1, ${rw})`, 'A: shmctl(M, IPC_STAT)')
    expect(stat.nattch).toBe(2)
  })

  it('decides what can be accessed', () => {
    expect(resultOf(M, P, 'A: mprotect(P, 1, 0)', 'A: load(P)')).toBe('signal 11 code 2')
    expect(resultOf(M, P, 'A: mprotect(P, 1, PROT_READ)', 'A: store(P, 1)')).toBe('signal 11 code 2')
    expect(resultOf(M, P, 'A: mprotect(P, 1, PROT_READ)', 'A: load(P)')).toBe(0)
  })

  it('makes a read-only attachment writable elsewhere only', () => {
    const lines = [M, 'A: P = shmat(M, arena, SHM_RDONLY)', `A: mprotect(P, 1, ${rw})`]
    expect(resultsOf(linux, ...lines)).toEqual(['EACCES'])
    expect(resultsOf(posix, ...lines)).toEqual(['EACCES', 0])
  })

  it('is not predictable where a part comes to lie beside its like', () => {
    const world = worldAfter(M, P, 'A: mprotect(P, 2, 0)')
    const can = (text: string) => isPredictable(world, 'A', parseCall(text))
    expect(can('mprotect(P+8192, 1, 0)')).toBe(false)
    expect(can('mprotect(P+12288, 1, 0)')).toBe(true)
    expect(can('mprotect(P+8192, 2, 0)')).toBe(true)
    expect(can('mprotect(P+8192, 3, 0)')).toBe(false)
  })
})

describe('mremap', () => {
  const grow = 'A: R = mremap(P, 4, 5, arena+40960)'

  it('moves, doubles and grows', () => {
    expect(count(grow)).toBe(1)
    expect(count('A: R = mremap(P, 0, 4, arena+40960)')).toBe(2)
    expect(resultOf(M, P, grow, 'A: load(R+16384)')).toBe('signal 7 code 2')
    expect(resultOf(M, P, grow, 'A: read(R+16384, 1)')).toBe('EFAULT')
    expect(resultOf(M, P, grow, 'A: shmdt(P)')).toBe('EINVAL')
    expect(rulesOf(M, P, grow, 'A: shmdt(P)')).toContain('shmdt.moved.new-address')
    expect(resultOf(M, P, grow, 'A: shmdt(R)')).toBe(0)
    expect(resultOf(M, P, 'A: shmdt(P)', grow)).toBe('EFAULT')
  })
})

describe('shmdt.other-mapping.einval', () => {
  it('leaves other memory where it is', () => {
    const lines = [M, P, 'A: X = mmap(arena, 4)', 'A: shmdt(X)']
    expect(resultOf(...lines)).toBe('EINVAL')
    expect(rulesOf(...lines)).toContain('shmdt.other-mapping.einval')
    expect(resultOf(...lines, 'A: load(X)')).toBe(0)
    expect(resultOf(...lines, 'A: store(X, 1)')).toBe('signal 11 code 2')
  })
})

describe('fork.dontfork.not-inherited', () => {
  it('keeps pages from the child', () => {
    const lines = ['A: madvise(MADV_DONTFORK, P+4096, 1)', 'A: E = fork()']
    expect(count(...lines)).toBe(5)
    expect(resultOf(M, P, ...lines, 'E: load(P+4096)')).toBe('signal 11 code 1')
  })
})

describe('shmat.exec.mapping-runs', () => {
  it('runs for sure only with SHM_EXEC', () => {
    const segment = 'M = shmget(private, 4096, 0700)'
    expect(resultsOf(linux, segment, 'A: P = shmat(M, null, SHM_EXEC)', 'A: run(P)')).toEqual([0])
    expect(resultsOf(linux, segment, 'A: P = shmat(M)', 'A: run(P)')).toEqual(['faulted', 0])
  })
})
