import { describe, expect, it } from 'vitest'
import { classify, tellsMore } from '../oracle/classification.ts'
import type { DeviationRecord, PosixSays, TargetRecord } from '../oracle/run.ts'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { classificationText, classificationWord } from './classification-text.ts'
import { consoleFormat } from './console.ts'
import { joinRuns } from './join-runs.ts'
import { plain } from './style.ts'

const saying = (verdict: PosixSays['verdict'], choices: readonly string[] = []): DeviationRecord => ({
  ...aDeviation,
  posix: { verdict, choices },
})
const allowed = saying('conforms', ['semop.inc'])
const broken = saying('deviates')

describe('which profiles a target satisfies', () => {
  it.each<[string, Partial<TargetRecord>, string, string]>([
    ['conforms', {}, 'yes', 'yes'],
    ['does only what posix allows', { deviations: [allowed, { ...allowed, expected: true }] }, 'no', 'yes'],
    ['does what nobody allows', { deviations: [allowed, broken] }, 'no', 'no'],
    ['is not asked about posix', { deviations: [aDeviation] }, 'no', 'open'],
    ['cannot be settled by posix', { deviations: [saying('inconclusive')] }, 'no', 'open'],
    ['leaves a scenario open', { inconclusive: [{ scenario: '', reason: '' }] }, 'open', 'open'],
    ['leaves one open beside what is allowed', { deviations: [allowed], errors: ['x'] }, 'no', 'open'],
    ['does not run', { scenarios: 0 }, 'open', 'open'],
  ])('if it %s', (_, change, linux, posix) =>
    expect(classify(aTarget(change), 'linux')).toEqual({ linux, posix }))

  it('is not told by profile posix for linux, unless it deviates', () => {
    expect(classify(aTarget(), 'posix')).toEqual({ linux: 'open', posix: 'yes' })
    expect(classify(aTarget({ deviations: [aDeviation] }), 'posix')).toEqual({ linux: 'no', posix: 'no' })
  })

  it('is told anew where runs are joined', () => {
    const part = (deviations: readonly DeviationRecord[], number: number) => {
      const target = aTarget({ deviations })
      const targets = [{ ...target, satisfies: classify(target, 'linux') }]
      return { path: `${number}`, run: aRun({ seed: number, targets }) }
    }
    const joined = joinRuns([part([], 1), part([allowed], 2)])
    expect(joined.targets[0]?.satisfies).toEqual({ linux: 'no', posix: 'yes' })
  })
})

describe('of two findings', () => {
  it('the one that no profile allows tells more, then the shorter one', () => {
    const longer = { ...broken, scenario: `${broken.scenario}A: wait()\n` }
    expect(tellsMore(longer, allowed)).toBe(true)
    expect(tellsMore(allowed, longer)).toBe(false)
    expect(tellsMore(broken, longer)).toBe(true)
  })
})

describe('the classification in words', () => {
  const classified = (change: Partial<TargetRecord>) => {
    const target = aTarget(change)
    return { ...target, satisfies: classify(target, 'linux') }
  }

  it('is a sentence and a word', () => {
    const words = (change: Partial<TargetRecord>) => [
      classificationText(classified(change)),
      classificationWord(classified(change)),
    ]
    expect(words({})).toEqual(['satisfies linux and posix', 'linux, posix'])
    expect(words({ deviations: [allowed] })).toEqual(['satisfies posix, deviates from linux', 'posix'])
    expect(words({ deviations: [allowed, broken] })).toEqual([
      'deviates from linux and posix; posix allows 1 of the deviations',
      'none',
    ])
    expect(words({ deviations: [aDeviation] })).toEqual([
      'deviates from linux, nothing is settled about posix',
      'open',
    ])
    expect(classificationText(aTarget())).toBe('')
  })

  it('stands in the console report, with the choice behind each deviation', () => {
    const run = aRun({ verdict: 'deviates', targets: [classified({ deviations: [allowed] })] })
    const text = consoleFormat.render(run, { ...plain, verbose: false })
    expect(text).toContain('  profiles   satisfies posix, deviates from linux\n')
    expect(text).toContain('   posix     allows it, as a choice that is left open by semop.inc\n')
    expect(text.replaceAll('\n', ' ')).toContain('(seed 42). Profile posix allows that.')
  })
})
