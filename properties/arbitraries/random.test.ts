import { describe, expect, it } from 'vitest'
import { drawFrom, randomFor } from './draw.ts'
import { seeded } from './random.ts'

const some = (seed: number, count: number, min: number, max: number) => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => random.nextInt(min, max))
}

describe('seeded', () => {
  it('repeats itself for the same seed only', () => {
    expect(some(1, 20, 0, 1e6)).toEqual(some(1, 20, 0, 1e6))
    expect(some(1, 20, 0, 1e6)).not.toEqual(some(2, 20, 0, 1e6))
    expect(some(0, 20, 0, 1e6)).not.toEqual(some(-1, 20, 0, 1e6))
  })

  it('gives every number of a range about equally often, and no other', () => {
    const counts = new Map<number, number>()
    for (const number of some(42, 10_000, -3, 6)) counts.set(number, (counts.get(number) ?? 0) + 1)
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6])
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  it('reaches both ends of a large range', () => {
    const numbers = some(7, 10_000, 0, 2 ** 32 - 1)
    expect(Math.min(...numbers)).toBeLessThan(2 ** 22)
    expect(Math.max(...numbers)).toBeGreaterThan(2 ** 32 - 2 ** 22)
  })
})

describe('randomFor', () => {
  it('starts differently for each index', () => {
    const firsts = Array.from({ length: 2000 }, (_, index) => drawFrom(randomFor(1, index)).int(1e9))
    expect(new Set(firsts).size).toBeGreaterThan(1990)
  })

  it('makes first choices that are independent of the index', () => {
    let ones = 0
    for (let index = 0; index < 4000; index++) ones += drawFrom(randomFor(3, index)).int(2)
    expect(Math.abs(ones - 2000)).toBeLessThan(200)
  })
})
