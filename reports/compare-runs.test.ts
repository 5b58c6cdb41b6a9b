import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { compareRuns } from './compare-runs.ts'
import { comparisonText } from './comparison-text.ts'
import { plain } from './style.ts'

const runWith = (...deviations: readonly (typeof aDeviation)[]) =>
  aRun({ targets: [aTarget({ deviations })] })
const other = { ...aDeviation, rule: 'semop.inc', observed: 'A returns 1', allowed: ['A returns 0'] }
const isOf = (comparison: ReturnType<typeof compareRuns>) =>
  comparison.targets.flatMap(({ rules }) => rules.map(({ rule, is }) => `${is} ${rule}`))

describe('two runs', () => {
  it('are compared rule by rule', () => {
    const comparison = compareRuns(runWith(aDeviation), runWith(other))
    expect(isOf(comparison)).toEqual(['new semop.inc', 'gone semop.sempid'])
    expect(comparison.verdict).toBe('worse')
    expect(isOf(compareRuns(runWith(other), runWith(other)))).toEqual(['same semop.inc'])
    expect(compareRuns(runWith(other), runWith(other)).verdict).toBe('no worse')
  })

  it('agree where only numbers differ that the kernel chose', () => {
    const [a, b] = [11_111, 22_222].map((pid) => ({ ...other, observed: `A returns ${pid}` }))
    expect(isOf(compareRuns(runWith(a as typeof other), runWith(b as typeof other)))).toEqual([
      'same semop.inc',
    ])
    expect(isOf(compareRuns(runWith(other), runWith({ ...other, observed: 'A blocks' })))).toEqual([
      'changed semop.inc',
    ])
  })

  it('leave open what was not exercised again', () => {
    const found = { ...aDeviation, rule: 'msgsnd.full.bytes' }
    const comparison = compareRuns(runWith(found), runWith())
    expect(isOf(comparison)).toEqual(['unknown msgsnd.full.bytes'])
    expect(comparison.verdict).toBe('unclear')
  })

  it('are never called no worse where the second was not settled, or lacks a target', () => {
    const unsettled = aRun({ targets: [aTarget({ inconclusive: [{ scenario: '', reason: 'it hung' }] })] })
    expect(compareRuns(runWith(), unsettled).verdict).toBe('unclear')
    const two = aRun({ targets: [aTarget(), aTarget({ name: 'musl' })] })
    expect(compareRuns(two, runWith())).toMatchObject({ onlyFirst: ['musl'], verdict: 'unclear' })
  })

  it('may be of different kernels', () => {
    const newer = aRun({ targets: [aTarget({ name: 'linux-6.12', kernel: '6.12.0' })] })
    expect(comparisonText(compareRuns(runWith(aDeviation), newer), plain)).toMatchInlineSnapshot(`
      "host (6.1.0, x86_64, glibc 2.36) -> linux-6.12 (6.12.0, x86_64, glibc 2.36)
        gone     semop.sempid
                   before  A returns 0

      Nothing new deviates: 0 new, 1 gone, 0 changed, 0 the same.
      "
    `)
  })
})
