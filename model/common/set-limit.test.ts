import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../initial.ts'
import { outcomes } from '../outcomes.ts'
import { linux } from '../profile.ts'
import { systemLimits } from '../vocabulary/names.ts'
import type { World } from '../world.ts'

const start = initialWorld(usualFacts, ['A', 'B'])

function write(world: World, limit: string, value: number | bigint, actor = 'A') {
  const number = systemLimits.of[limit] ?? -1
  const [outcome] = outcomes(world, actor, { name: 'setlimit', limit: number, value }, 1, linux)
  const [event] = outcome?.events ?? []
  return {
    world: outcome?.world ?? world,
    rules: outcome?.rules,
    errno: event?.is === 'returned' ? event.result.errno : '',
  }
}

const stranger = (world: World): World => {
  const call = { uid: 7, gid: 'own', groups: [], capabilities: -1, ruid: -1, fsgid: -1 } as const
  return outcomes(world, 'B', { name: 'become', ...call }, 1, linux)[0]?.world ?? world
}

describe('limit.changes-at-once', () => {
  it.each(Object.keys(systemLimits.of))('writes %s, and no other limit', (limit) => {
    expect(write(start, limit, 3).world.limits).toEqual({ ...start.limits, [limit]: 3 })
  })

  it('leaves alone what the system allowed when the scenario began', () => {
    expect(write(start, 'semmni', 3).world.facts).toBe(start.facts)
  })
})

describe('limit.out-of-range', () => {
  it.each([
    ['semmni', -1, 'ERANGE'],
    ['semmni', 32769, 'ERANGE'],
    ['msgmni', 32769, 'EINVAL'],
    ['shmmni', 32769, 'EINVAL'],
    ['msgmax', -1, 'EINVAL'],
    ['msgmnb', -1, 'EINVAL'],
  ])('refuses %s %d with %s, and leaves it', (limit, value, errno) => {
    const after = write(start, limit, value)
    expect(after.errno).toBe(errno)
    expect(after.world.limits).toBe(start.limits)
  })

  it.each(['semmni', 'msgmni', 'shmmni'])('accepts as many %s as there are identifiers', (limit) => {
    expect(write(start, limit, 32768).errno).toBe('none')
  })
})

describe('limit.write-privilege', () => {
  it('refuses another user, whatever it is capable of, before it looks at the value', () => {
    const after = write(stranger(start), 'semmni', -1, 'B')
    expect(after.errno).toBe('EACCES')
    expect(after.rules).toEqual(['limit.write-privilege'])
  })
})

describe('limit.out-of-range', () => {
  it('begins behind what the kernel can keep: so many objects, bytes of memory, or an int', () => {
    const most: Readonly<Record<string, number>> = { semmni: 32768, msgmni: 32768, shmmni: 32768 }
    for (const limit of Object.keys(systemLimits.of)) {
      const last = most[limit] ?? (/^shm(max|all)$/.test(limit) ? undefined : 2 ** 31 - 1)
      expect(write(start, limit, -1).errno).toBe(limit === 'semmni' ? 'ERANGE' : 'EINVAL')
      expect(write(start, limit, last ?? 2 ** 40).errno).toBe('none')
      if (last !== undefined) expect(write(start, limit, last + 1).errno).not.toBe('none')
    }
  })

  it.each(['shmmax', 'shmall'])('of %s begins at 2 to the 64th', (limit) => {
    expect(write(start, limit, 2n ** 64n - 1n).errno).toBe('none')
    expect(write(start, limit, 2n ** 64n).errno).toBe('EINVAL')
  })
})
