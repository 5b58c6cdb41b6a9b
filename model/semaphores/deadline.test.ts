import { describe, expect, it } from 'vitest'
import { expiry, isInvalid, isZero } from './deadline.ts'

describe('semtimedop.expire', () => {
  it('comes after so many microseconds, or never', () => {
    expect(expiry({ seconds: 0, nanoseconds: 1999 })).toBe(1)
    expect(expiry({ seconds: 3, nanoseconds: 5000 })).toBe(3_000_005)
    expect(expiry({ seconds: 999, nanoseconds: 0 })).toBe(999_000_000)
    expect(expiry({ seconds: 1000, nanoseconds: 0 })).toBe('never')
    expect(expiry('none')).toBe('never')
  })
})

describe('semtimedop.einval', () => {
  it('is what is negative, or a second of nanoseconds', () => {
    const timeouts = [
      [-1, 0],
      [0, -1],
      [0, 1_000_000_000],
      [0, 999_999_999],
      [0, 0],
    ] as const
    const found = timeouts.map(([seconds, nanoseconds]) => isInvalid({ seconds, nanoseconds }))
    expect(found).toEqual([true, true, true, false, false])
    expect(isInvalid('none')).toBe(false)
  })
})

describe('semtimedop.zero', () => {
  it('is no time at all', () => {
    expect(isZero({ seconds: 0, nanoseconds: 0 })).toBe(true)
    expect(isZero({ seconds: 1, nanoseconds: 0 })).toBe(false)
    expect(isZero({ seconds: 0, nanoseconds: 1 })).toBe(false)
    expect(isZero('none')).toBe(false)
  })
})
