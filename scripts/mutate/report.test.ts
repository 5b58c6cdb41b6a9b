import { describe, expect, it } from 'vitest'
import { only, sample } from './choose-mutants.ts'
import type { Mutant } from './mutant.ts'
import { scoreOf, summary, survivorLines, survivorsOf } from './report.ts'
import type { Fate, Tried } from './try-mutants.ts'

const mutant = (name: string, file = 'model/a.ts'): Mutant => ({
  name,
  file,
  line: 3,
  operator: 'number',
  before: 'a > 0',
  after: 'a > 1',
  edit: { start: 0, end: 0, text: '' },
  regions: [0],
})

const tried = (name: string, fate: Fate): Tried => ({ mutant: mutant(name), fate, reason: '' })

const all = [
  tried('a', 'killed'),
  tried('b', 'timeout'),
  tried('c', 'linux'),
  tried('d', 'unreached'),
  tried('e', 'posix'),
  tried('f', 'untrue'),
  tried('g', 'cites'),
  tried('h', 'mistyped'),
]

describe('the report', () => {
  it('counts all but equivalents and what only names other rules', () => {
    const score = scoreOf(all, { d: 'cannot be told apart' })
    expect(score).toMatchObject({
      killed: 4,
      timeouts: 1,
      linux: 1,
      unreached: 0,
      posix: 1,
      equivalent: 1,
      untrue: 1,
    })
    expect(score.score).toBeCloseTo(66.7, 1)
    expect(summary(score)).toContain('killed 4 of 6 (66.7 %)')
  })

  it('shows what survived', () => {
    expect(survivorLines(survivorsOf(all, { d: '', e: '', g: '' }))).toBe(
      'model/a.ts\n  3 number (nobody looks at what differs)\n    - a > 0\n    + a > 1',
    )
  })
})

describe('which mutants are tried', () => {
  const mutants = ['a', 'b', 'c', 'd'].map((name) => mutant(name, `model/${name}/x.ts`))

  it('may be those of a folder or a file', () => {
    expect(only(mutants, 'model/b').map(({ name }) => name)).toEqual(['b'])
    expect(only(mutants, 'model/b/x.ts')).toHaveLength(1)
    expect(only(mutants, 'model/b/x')).toEqual([])
  })

  it('may be a sample, which other mutants hardly change', () => {
    const chosen = sample(mutants, 2, 1)
    expect(chosen).toHaveLength(2)
    expect(sample([...mutants].reverse(), 2, 1)).toEqual([...chosen].reverse())
  })
})
