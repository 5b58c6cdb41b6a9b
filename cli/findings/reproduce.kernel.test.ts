import { describe, expect, it } from 'vitest'
import { lies } from '../../properties/lies/lies.ts'
import { withCompiled } from '../../scripts/lies/compile-lies.ts'
import { tryLieProgram } from '../../scripts/reproducers/try-lie-program.ts'
import { scenarioTrials } from '../../scripts/reproducers/try-scenario-program.ts'

/** One of so many; `npm run reproducers` tries them all. */
const SAMPLE = 40

describe('a program that looks at every step of a named scenario', async () => {
  const trials = await scenarioTrials(() => true)
  it('conforms on this machine', async () => {
    for (let at = 0; at < trials.length; at += SAMPLE) {
      const tried = await trials[at]?.()
      expect(tried?.fate, `${tried?.name}: ${tried?.remark}`).not.toBe('wrong')
    }
  })
})

describe('the program of a finding', () => {
  const some = lies.filter((_, at) => at % 60 === 0)
  it('shows it where it was found, and nothing on this machine', async () => {
    const tried = await withCompiled(some, async (objectOf) => {
      const all = []
      for (const lie of some) all.push(await tryLieProgram(lie, objectOf(lie)))
      return all
    })
    expect(tried.filter(({ fate }) => fate === 'wrong')).toEqual([])
    expect(tried.filter(({ fate }) => fate === 'right').length).toBeGreaterThan(2)
  })
})
