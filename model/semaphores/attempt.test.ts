import { describe, expect, it } from 'vitest'
import { usualFacts } from '../initial.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import { attempt } from './attempt.ts'
import type { SemaphoreSet } from './state.ts'

const aSet = (...values: readonly number[]): SemaphoreSet => ({
  permission: { key: 0, uid: 1, gid: 1, cuid: 1, cgid: 1, mode: 0o600 },
  initialMode: 0o600,
  semaphores: values.map((value) => ({ value, pid: '' })),
  otime: 0,
  ctime: 1,
  sleepers: [],
})

/** What an array of operations comes to on these values, in words; and the caller's adjustments where it has some. */
function tried(values: readonly number[], operations: string, adjustments?: readonly number[]): string {
  const call = parseCall(`semop(S, [${operations}])`)
  if (call.name !== 'semop') throw new Error('no semop')
  const result = attempt(usualFacts, aSet(...values), call.operations, 'P', adjustments, 9)
  if (result.is === 'blocks') return `blocks at ${result.at}`
  if (result.is === 'fails') return `${result.errno} at ${result.at}`
  const after = result.set.semaphores.map(({ value }) => value).join(' ')
  return result.adjustments === undefined ? after : `${after} undo ${result.adjustments.join(' ')}`
}

const MAX = 32767

describe('semop.inc', () => {
  it('adds', () => expect(tried([2], '0 +3')).toBe('5'))
  it('reaches the maximum', () => expect(tried([0], '0 +32767')).toBe('32767'))
})

describe('semop.dec', () => {
  it('subtracts down to 0', () => expect(tried([2], '0 -2')).toBe('0'))
  it('blocks one below', () => expect(tried([2], '0 -3')).toBe('blocks at 0'))
})

describe('semop.zero', () => {
  it('leaves the value', () => expect(tried([0], '0 0')).toBe('0'))
  it('blocks at any other value', () => expect(tried([1], '0 0')).toBe('blocks at 0'))
})

describe('semop.eagain', () => {
  it('takes the place of sleeping', () => {
    expect(tried([0], '0 -1 IPC_NOWAIT')).toBe('EAGAIN at 0')
    expect(tried([1], '0 0 IPC_NOWAIT')).toBe('EAGAIN at 0')
  })
  it('depends on the flag of the operation that cannot run', () => {
    expect(tried([0], '0 +1 IPC_NOWAIT, 0 -2')).toBe('blocks at 1')
  })
})

describe('semop.sequential-in-array', () => {
  it.each([
    [[0], '0 -1, 0 +1', 'blocks at 0'],
    [[0], '0 +1, 0 -1', '0'],
    [[0], '0 0, 0 +1', '1'],
    [[1], '0 -1, 0 0', '0'],
    [[0], '0 +1, 0 0', 'blocks at 1'],
  ])('%j %s', (values, operations, result) => expect(tried(values, operations)).toBe(result))
})

describe('semop.order.first-failing-op-decides', () => {
  it.each([
    [[0, MAX], '0 -1 IPC_NOWAIT, 1 +1', 'EAGAIN at 0'],
    [[0, MAX], '1 +1, 0 -1 IPC_NOWAIT', 'ERANGE at 0'],
    [[0, 0], '0 -1, 1 -1 IPC_NOWAIT', 'blocks at 0'],
    [[0, 0], '1 -1 IPC_NOWAIT, 0 -1', 'EAGAIN at 0'],
  ])('%j %s', (values, operations, result) => expect(tried(values, operations)).toBe(result))
})

describe('semop.erange.value', () => {
  it('counts values between two operations', () => {
    expect(tried([1], '0 +32767, 0 -32767')).toBe('ERANGE at 0')
    expect(tried([0], '0 +32767, 0 -32767')).toBe('0')
    expect(tried([MAX], '0 -1, 0 +1')).toBe('32767')
  })
  it('comes with and without IPC_NOWAIT', () => {
    expect(tried([MAX], '0 +1')).toBe('ERANGE at 0')
    expect(tried([MAX], '0 +1 IPC_NOWAIT')).toBe('ERANGE at 0')
  })
})

describe('semop.dec-huge', () => {
  it('blocks at the largest value', () => {
    expect(tried([MAX], '0 -32768')).toBe('blocks at 0')
    expect(tried([MAX], '0 -32768 IPC_NOWAIT')).toBe('EAGAIN at 0')
  })
})

describe('semop.atomic-all-or-nothing', () => {
  it('leaves the set it was given alone', () => {
    const set = aSet(0, 0)
    const operations = [
      { sem: 0, change: 5, flags: 0 },
      { sem: 1, change: -1, flags: 0 },
    ]
    expect(attempt(usualFacts, set, operations, 'P', undefined, 9)).toEqual({ is: 'blocks', at: 1 })
    expect(set).toEqual(aSet(0, 0))
  })
})

describe('semop.sempid, semop.otime', () => {
  it('record the caller at the semaphores that are named, also where it waits for zero', () => {
    const result = attempt(
      usualFacts,
      aSet(0, 0, 0),
      [
        { sem: 0, change: 1, flags: 0 },
        { sem: 2, change: 0, flags: 0 },
      ],
      'P',
      undefined,
      9,
    )
    expect(result.is === 'succeeds' && result.set.semaphores.map(({ pid }) => pid)).toEqual(['P', '', 'P'])
    expect(result.is === 'succeeds' && result.set.otime).toBe(9)
  })
})

describe('undo.accumulate', () => {
  it('subtracts changes with SEM_UNDO only, in the order of the array', () => {
    expect(tried([0, 0], '0 +2 SEM_UNDO, 1 +3, 0 -1 SEM_UNDO')).toBe('1 3 undo -1 0')
    expect(tried([5], '0 -2 SEM_UNDO', [-1])).toBe('3 undo 1')
  })
  it('leaves the adjustments without SEM_UNDO', () => expect(tried([0], '0 +1', [4])).toBe('1 undo 4'))
})

describe('undo.erange.range', () => {
  it('goes from -32768 to 32767', () => {
    expect(tried([0], '0 +1 SEM_UNDO', [-32767])).toBe('1 undo -32768')
    expect(tried([0], '0 +1 SEM_UNDO', [-32768])).toBe('ERANGE at 0')
    expect(tried([1], '0 -1 SEM_UNDO', [32766])).toBe('0 undo 32767')
    expect(tried([1], '0 -1 SEM_UNDO', [32767])).toBe('ERANGE at 0')
  })
  it('counts adjustments between two operations', () => {
    expect(tried([1], '0 -1 SEM_UNDO, 0 +1 SEM_UNDO', [32767])).toBe('ERANGE at 0')
  })
})

describe('undo.erange.after-block', () => {
  it('lets an array block first', () => {
    expect(tried([0], '0 -1 SEM_UNDO', [32767])).toBe('blocks at 0')
    expect(tried([0], '0 -1 SEM_UNDO|IPC_NOWAIT', [32767])).toBe('EAGAIN at 0')
  })
})
