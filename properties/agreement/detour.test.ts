import { describe, expect, it } from 'vitest'
import { createDetour } from './detour.ts'

const evidence = (counts: { suspects: number; accused: string[] }) => ({
  suspects: () => counts.suspects,
  accused: () => counts.accused,
})

describe('a detour', () => {
  it('goes around what is known, and around what turns out to be broken', () => {
    const counts = { suspects: 0, accused: ['b'] }
    const detour = createDetour({ avoid: ['a'], budget: { seconds: 1 } }, evidence(counts))
    expect(detour.avoid()).toEqual(['a'])
    counts.suspects = 20
    expect(detour.avoid()).toEqual(['a', 'b'])
    counts.accused = ['c']
    expect(detour.avoid()).toEqual(['a', 'b'])
    counts.suspects = 40
    expect(detour.avoid()).toEqual(['a', 'b', 'c'])
  })

  it('does not depend on how fast scenarios are run where their number is given', () => {
    const detour = createDetour(
      { avoid: ['a'], budget: { scenarios: 9 } },
      evidence({ suspects: 99, accused: ['b'] }),
    )
    expect(detour.avoid()).toEqual(['a'])
  })
})
