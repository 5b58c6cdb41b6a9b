import { describe, expect, it } from 'vitest'
import { Pairs } from './pairs.ts'

describe('Pairs', () => {
  it('remembers a number for each pair, however many there are', () => {
    const pairs = new Pairs()
    for (let first = 0; first < 200; first++)
      for (let second = -100; second < 100; second++) pairs.add(first, second, first * 1000 + second + 101)
    let wrong = 0
    for (let first = 0; first < 200; first++)
      for (let second = -100; second < 100; second++)
        if (pairs.get(first, second) !== first * 1000 + second + 101) wrong++
    expect(wrong).toBe(0)
    expect(pairs.get(200, 0)).toBe(0)
    expect(pairs.get(0, 100)).toBe(0)
  })
})
