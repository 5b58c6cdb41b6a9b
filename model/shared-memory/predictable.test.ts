import { describe, expect, it } from 'vitest'
import { linux } from '../profile.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import { isPredictable } from './predictable.ts'
import { resultsOf, worldAfter } from './story.ts'

const two = ['M = shmget(private, 8192)', 'P = shmat(M)'] as const
const stale = [...two, 'A: shmdt(P)'] as const
const overtaken = [...stale, 'Q = shmat(M)'] as const

const predictable = (lines: readonly string[], call: string, actor = 'A') =>
  isPredictable(worldAfter(...lines), actor, parseCall(call))

describe('isPredictable', () => {
  it.each([
    'load(P)',
    'store(P+8191, 1)',
    'shmdt(P)',
    'shmdt(P+4096)',
    'X = shmat(M, P)',
    'X = shmat(M, P, SHM_REMAP)',
    'X = shmat(M, arena+253952)',
    'X = shmat(M, @5, SHM_RND)',
    'X = shmat(M, @7)',
    'shmctl(M, 999)',
    'load(@5)',
  ])('holds for %s on what is attached', (call) => expect(predictable(two, call)).toBe(true))

  it.each(['load(P)', 'shmdt(P)', 'X = shmat(M, P)'])('holds for %s on what was detached', (call) =>
    expect(predictable(stale, call)).toBe(true))

  it.each([
    'load(P)',
    'shmdt(P)',
    'X = shmat(M, P)',
    'X = shmat(M, P, SHM_REMAP)',
  ])('fails for %s once the system chose another address', (call) =>
    expect(predictable(overtaken, call)).toBe(false))

  it.each([
    'load(P+8192)',
    'load(P-1)',
    'X = shmat(M, P+4096, SHM_REMAP)',
    'X = shmat(M, @65536)',
    'X = shmat(M, arena+4190208)',
  ])('fails for %s, which leaves what is known', (call) => expect(predictable(two, call)).toBe(false))

  it('holds for what a failed attach left in its variable', () => {
    const failed = [...two, 'Q = shmat(M, @7)']
    expect(predictable(failed, 'shmdt(Q)')).toBe(true)
    expect(resultsOf(linux, ...failed, 'A: shmdt(Q)')).toEqual(['EINVAL'])
  })

  it('fails for an address that the system chose for another process', () => {
    expect(predictable(two, 'load(P)', 'B')).toBe(false)
    expect(predictable(['M = shmget(private, 1)', 'P = shmat(M, arena)'], 'load(P)', 'B')).toBe(true)
  })

  it('fails for commands outside the vocabulary', () => {
    expect(predictable(two, 'shmctl(M, 14)')).toBe(false)
  })

  it('fails for huge pages of a size that the machine may have, and for a number of them that has no room', () => {
    const ask = (size: string, code: number) =>
      predictable(two, `X = shmget(private, ${size}, 0x${(0o4600 | (code << 26)).toString(16)})`)
    expect([ask('1', 0), ask('1', 3), ask('1', 12), ask('1', 21)]).toEqual([true, true, true, true])
    expect([ask('1', 13), ask('1', 30), ask('67108864', 0)]).toEqual([false, false, false])
  })

  it('fails for so many attachments that there may be no room for them', () => {
    expect(predictable(two, 'many_shmat(M, 8191)')).toBe(true)
    expect(predictable(two, 'many_shmat(M, 8192)')).toBe(false)
    expect(predictable(two, 'many_shmat(M, 0)')).toBe(false)
  })
})

describe('access.unknown-address', () => {
  it('may hit nothing, or any page that the system placed', () => {
    expect(resultsOf(linux, ...overtaken, 'A: store(Q+4096, 7)', 'A: load(P)')).toEqual(
      expect.arrayContaining(['faulted', 0, 7, { is: 'anything' }]),
    )
  })
})

describe('shmdt.unknown', () => {
  it('may find nothing, or the later attachment', () => {
    expect(resultsOf(linux, ...overtaken, 'A: shmdt(P)')).toEqual(['EINVAL', 0])
  })
})
