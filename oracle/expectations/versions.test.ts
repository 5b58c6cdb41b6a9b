import { describe, expect, it } from 'vitest'
import { compareVersions, isWithin } from './versions.ts'

describe('versions', () => {
  it.each([
    ['6.1.0-18', '6.12', -1],
    ['6.12.3', '6.1.99', 1],
    ['6.1', '6.1.5', 0],
    ['0.0~20221219.0', '20230101', -1],
    ['glibc 2.36', '2.9', 1],
  ])('%s against %s', (a, b, sign) => {
    // Leading zeroes of Debian's version of a snapshot count as numbers, so the snapshot is older than any date.
    expect(Math.sign(compareVersions(a, b))).toBe(sign)
    expect(Math.sign(compareVersions(b, a)) + 0).toBe(0 - sign + 0)
  })

  it('lies from the first bound up to, but without, the second', () => {
    expect(isWithin('6.1.5', '6.1', '6.12')).toBe(true)
    expect(isWithin('6.12.0', '6.1', '6.12')).toBe(false)
    expect(isWithin('5.10', '6.1', '')).toBe(false)
    expect(isWithin('', '6.1', '6.12')).toBe(true)
  })
})
