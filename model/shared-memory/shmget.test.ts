import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { resultOf, resultsOf, rulesOf, statOf, worldAfter } from './story.ts'

describe('shmget.existing.size-above-einval', () => {
  it('compares bytes, not pages', () => {
    expect(resultOf('M = shmget(key1, 100, IPC_CREAT|0600)', 'N = shmget(key1, 101)')).toBe('EINVAL')
    expect(resultOf('M = shmget(key1, 100, IPC_CREAT|0600)', 'N = shmget(key1, 100)')).toEqual({
      is: 'id',
      of: 'M',
    })
  })
})

describe('shmget.existing.bits-folded', () => {
  const writeOnly = 'M = shmget(key1, 100, IPC_CREAT|0200)'

  it('is EACCES in the documented outcome, and open in POSIX', () => {
    expect(resultOf(writeOnly, 'N = shmget(key1, 100, 0040)')).toBe('EACCES')
    expect(resultsOf(posix, writeOnly, 'N = shmget(key1, 100, 0040)')).toContainEqual({ is: 'id', of: 'M' })
  })

  it('does not soften a plain refusal', () => {
    expect(resultsOf(posix, writeOnly, 'N = shmget(key1, 100, 0400)')).toEqual(['EACCES'])
  })
})

describe('shmget.existing.creat-excl-eexist', () => {
  it('competes with the other errors in POSIX', () => {
    const lines = ['M = shmget(key1, 9, IPC_CREAT|0200)', 'N = shmget(key1, 10, IPC_CREAT|IPC_EXCL|0600)']
    expect(resultOf(...lines)).toBe('EEXIST')
    expect([...resultsOf(posix, ...lines)].sort()).toEqual(['EACCES', 'EEXIST', 'EINVAL'])
  })
})

describe('shmget.create.fields', () => {
  it('shows creator, time and exact size', () => {
    const lines = ['B: M = shmget(key1, 100, IPC_CREAT|0640)', 'A: shmctl(M, IPC_STAT)']
    expect(statOf(...lines)).toEqual({
      key: { is: 'key', of: 1 },
      uid: 1000,
      gid: 1000,
      cuid: 1000,
      cgid: 1000,
      mode: 0o640,
      segsz: 100,
      cpid: { is: 'pid', of: 'B' },
      lpid: 0,
      nattch: 0,
      atime: 0,
      dtime: 0,
      ctime: { is: 'time', step: 1 },
    })
  })
})

describe('shmget.create.memory-enomem', () => {
  it('leaves large segments open, also in profile linux', () => {
    const world = worldAfter('M = shmget(private, 1099511627776)')
    expect(world.segments.M?.size).toBe(2 ** 40)
    expect(resultsOf(posix, 'M = shmget(private, LONG_MAX)')).toEqual([
      { is: 'id', of: 'M' },
      'ENOSPC',
      'ENOMEM',
    ])
  })
})

describe('shmget.create.file-size-limit', () => {
  it('refuses sizes from 2^63 on', () => {
    expect(rulesOf('M = shmget(private, LONG_MIN)')).toContain('shmget.create.file-size-limit')
    expect(rulesOf('M = shmget(private, -1)')).toContain('shmget.create.size-above-shmmax-einval')
  })
})

describe('shmget.removed-key.new-segment', () => {
  it('is told when the key is used again, attached or not', () => {
    const removed = ['M = shmget(key1, 9, IPC_CREAT|0600)', 'A: shmctl(M, IPC_RMID)']
    expect(rulesOf(...removed, 'N = shmget(key1, 9, IPC_CREAT|0600)')).toContain(
      'shmget.removed-key.new-segment',
    )
    expect(rulesOf('N = shmget(key1, 9, IPC_CREAT|0600)')).not.toContain('shmget.removed-key.new-segment')
  })
})
