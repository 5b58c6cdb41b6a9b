import { describe, expect, it } from 'vitest'
import { linux, posix } from '../profile.ts'
import { atBase } from './shmdt.ts'
import type { Attachment } from './state.ts'
import { allOf, resultOf, resultsOf, rulesOf, statOf, worldAfter } from './story.ts'

const small = 'M = shmget(private, 100)'
const attached = [small, 'P = shmat(M)'] as const

describe('shmdt.base.detaches', () => {
  it('leaves memory that faults', () => {
    expect(resultOf(...attached, 'A: shmdt(P)')).toBe(0)
    expect(resultOf(...attached, 'A: shmdt(P)', 'A: load(P)')).toBe('signal 11 code 1')
  })
})

describe('shmdt.base.detaches, with several that begin at one address', () => {
  const from = (first: number): Attachment => ({
    segment: 'M',
    at: { base: 'arena', offset: 0 },
    pages: 3,
    writable: true,
    pieces: [{ first, pages: 1, protection: 3, forks: true }],
    replaced: true,
    moved: false,
    overtaken: false,
  })

  it('takes the one whose mapping comes first', () => {
    const place = { base: 'arena', offset: 0 }
    expect(atBase({ P: from(1), Q: from(2) }, place)).toBe('P')
    expect(atBase({ P: from(2), Q: from(1) }, place)).toBe('Q')
    expect(atBase({ P: from(1), Q: from(2), R: { ...from(0), pieces: [] } }, place)).toBe('P')
  })
})

describe('shmdt.success.updates', () => {
  it('records process and time; elsewhere only the time', () => {
    const lines = [...attached, 'B: Q = shmat(M)', 'A: shmdt(P)']
    expect(statOf(...attached, 'B: Q = shmat(M)', 'A: shmdt(P)', 'A: shmctl(M, IPC_STAT)')).toMatchObject({
      nattch: 1,
      lpid: { is: 'pid', of: 'A' },
      dtime: { is: 'time', step: 4 },
    })
    const lpids = allOf(posix, lines).map(({ world }) => world.segments.M?.lpid)
    expect(new Set(lpids)).toEqual(new Set(['A', 'B']))
  })
})

describe('shmdt.unknown', () => {
  it('asks nothing about an address that the program names itself', () =>
    expect(rulesOf(...attached, 'A: shmdt(@-4096)')).not.toContain('shmdt.unknown'))

  it('does not ask about an attachment of which nothing is left', () => {
    const taken = ['M = shmget(private, 4096)', 'N = shmget(private, 12288)', 'P = shmat(N)']
    const pieces = ['X = shmat(M, P+4096, SHM_REMAP)', 'A: shmdt(P)', 'Y = shmat(M)', 'A: shmdt(Y)']
    expect(resultsOf(linux, ...taken, 'Z = shmat(M)', ...pieces, 'A: shmdt(Y)')).toEqual(['EINVAL'])
    const begun = [...taken, 'A: munmap(P, 1)', 'Y = shmat(M)', 'A: shmdt(Y)']
    expect(resultsOf(linux, ...begun, 'A: shmdt(Y)')).toEqual(['EINVAL', 0])
  })
})

describe('shmdt.interior.einval', () => {
  it('detaches nothing', () => {
    const lines = ['M = shmget(private, 8192)', 'P = shmat(M)', 'A: shmdt(P+4096)']
    expect(resultOf(...lines)).toBe('EINVAL')
    expect(worldAfter(...lines).processes.A?.attachments.P?.pieces).toHaveLength(1)
  })
})

describe('shmdt.base-taken-by-other', () => {
  const lines = [
    'M = shmget(private, 8192)',
    'N = shmget(private, 4096)',
    'P = shmat(M, arena)',
    'Q = shmat(N, arena, SHM_REMAP)',
    'A: shmdt(P)',
  ]

  it('detaches the other first, then the rest', () => {
    expect(rulesOf(...lines)).toContain('shmdt.base-taken-by-other')
    expect(worldAfter(...lines).processes.A?.attachments.Q?.pieces).toEqual([])
    expect(rulesOf(...lines, 'A: shmdt(P)')).toContain('shmdt.base-unmapped.still-works')
    expect(worldAfter(...lines, 'A: shmdt(P)').processes.A?.attachments.P?.pieces).toEqual([])
  })

  it('is no shorter way to the second page', () => {
    expect(resultOf(...lines, 'A: shmdt(P+4096)')).toBe('EINVAL')
  })
})

describe('shmdt.last.destroys-dest', () => {
  it('destroys only what was removed', () => {
    expect(worldAfter(...attached, 'A: shmdt(P)').segments.M).toBeDefined()
    const removed = [...attached, 'A: shmctl(M, IPC_RMID)', 'A: shmdt(P)'] as const
    expect(worldAfter(...removed).segments.M).toBeUndefined()
    expect(rulesOf(...removed)).toContain('shmdt.last.destroys-dest')
  })
})

describe('shmdt.unknown', () => {
  /** Y has the first two pages of what was X, of which the kernel may have used the free one since. */
  const overtaken = [
    ...['M = shmget(private, 12288)', 'N = shmget(private, 8192)', 'A: X = shmat(M)'],
    ...['A: Y = shmat(N, X, SHM_REMAP)', 'A: munmap(Y, 1)', 'A: Z = shmat(N)'],
  ]
  const left = (...lines: readonly string[]) =>
    allOf(linux, lines).map(({ world }) =>
      Object.entries(world.processes.A?.attachments ?? {})
        .filter(([, { pieces }]) => pieces.length > 0)
        .map(([name]) => name)
        .join(' '),
    )

  it('detaches what begins there, what the kernel may have put there, or nothing', () => {
    expect(left(...overtaken)).toEqual(['X Y Z'])
    expect(left(...overtaken, 'A: shmdt(Y)').sort()).toEqual(['X Y', 'X Y Z', 'X Z', 'Y Z'])
  })
})

describe('shmdt.unknown', () => {
  it('is what lies where the kernel put something before the rest of another attachment', () => {
    const lines = ['M = shmget(private, 8192)', 'X = shmat(M)', 'A: munmap(X, 1)', small.replace('M', 'N')]
    const twice = [...lines, 'Y = shmat(N)', 'A: shmdt(Y)', 'A: shmdt(Y)']
    expect(allOf(linux, twice).map(({ world }) => world.processes.A?.attachments.X?.pieces.length)).toEqual([
      1, 0,
    ])
  })
})
