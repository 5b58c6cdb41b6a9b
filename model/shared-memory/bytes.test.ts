import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { resultOf, resultsOf, worldAfter } from './story.ts'

const attached = ['M = shmget(private, 100)', 'P = shmat(M)'] as const

describe('shmat.rdonly.write-faults', () => {
  it('raises SIGSEGV with SEGV_ACCERR and stores nothing', () => {
    const lines = ['M = shmget(private, 100)', 'P = shmat(M, null, SHM_RDONLY)', 'A: store(P, 1)']
    expect(resultOf(...lines)).toBe('signal 11 code 2')
    expect(resultOf(...lines, 'A: load(P)')).toBe(0)
  })
})

describe('shmget.create.page-tail-usable', () => {
  it('ends with the page; POSIX does not promise it', () => {
    expect(resultOf(...attached, 'A: store(P+4095, 1)')).toBe(0)
    expect(resultsOf(posix, ...attached, 'A: store(P+4095, 1)')).toEqual([0, 'faulted'])
    expect(resultsOf(posix, ...attached, 'A: store(P+99, 1)')).toEqual([0])
  })
})

describe('store.attached.writes', () => {
  it('keeps only what is not 0, as bytes', () => {
    expect(worldAfter(...attached, 'A: store(P+3, 263)').segments.M?.contents).toEqual({ 3: 7 })
    expect(worldAfter(...attached, 'A: store(P+3, 7)', 'A: store(P+3, 0)').segments.M?.contents).toEqual({})
  })
})

describe('shmat.contents.shared', () => {
  it('shows stores at the same offset whatever the address', () => {
    const lines = [...attached, 'B: Q = shmat(M, arena+8192)', 'A: store(P+5, 7)']
    expect(resultOf(...lines, 'B: load(Q+5)')).toBe(7)
    expect(resultOf(...lines, 'B: load(arena+8197)')).toBe(7)
  })
})

describe('access.unmapped.faults', () => {
  it('behind the last page of the arena attachment', () => {
    expect(resultOf('M = shmget(private, 100)', 'P = shmat(M, arena)', 'A: load(arena+4096)')).toBe(
      'signal 11 code 1',
    )
    expect(resultOf('A: load(null)')).toBe('signal 11 code 1')
  })
})
