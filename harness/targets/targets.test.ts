import { describe, expect, it } from 'vitest'
import { targets } from './targets.ts'

describe('targets', () => {
  it('have names of their own, begin with the host, and none is called all', () => {
    const names = targets.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names[0]).toBe('host')
    expect(names).not.toContain('all')
  })

  it('say what they need', () => {
    for (const { packages, summary } of targets) {
      expect(packages.length).toBeGreaterThan(0)
      for (const name of packages) expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/)
      expect(summary).not.toBe('')
    }
  })
})
