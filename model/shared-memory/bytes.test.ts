import { describe, expect, it } from 'vitest'
import { anything } from '../expected.ts'
import { linux, posix } from '../profile.ts'
import { allOf, resultOf, resultsOf, worldAfter } from './story.ts'

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

describe('access.unknown-address', () => {
  /** The second page of X is free, and the kernel may have put Y there. */
  const overtaken = [
    ...['M = shmget(private, 8192)', 'N = shmget(private, 4096)', 'A: X = shmat(M)'],
    ...['A: munmap(X+4096, 1)', 'A: Y = shmat(N)'],
  ]
  const found = (last: string) =>
    allOf(linux, [...overtaken, last]).map(({ events: [event] }) => {
      if (event?.is === 'faulted') return `signal ${event.signal} code ${event.code}`
      return event?.is === 'returned' ? event.result.value : undefined
    })
  const faults = ['signal 11 code 1', 'signal 11 code 2', 'signal 11 code 128']

  it('may fault, or hit other memory or what the kernel put there', () => {
    expect(new Set(found('A: load(X+4097)'))).toEqual(new Set([...faults, anything, 0]))
    const stored = allOf(linux, [...overtaken, 'A: store(X+4097, 7)'])
    expect(new Set(found('A: store(X+4097, 7)'))).toEqual(new Set([...faults, 0]))
    const contents = stored.map(({ world: { segments } }) =>
      [segments.M, segments.N].map((segment) => JSON.stringify(segment?.contents)).join(),
    )
    expect([...new Set(contents)].sort()).toEqual(['{"1":7},{}', '{},{"1":7}', '{},{}'])
  })
})
