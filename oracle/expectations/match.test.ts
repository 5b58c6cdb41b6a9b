import { describe, expect, it } from 'vitest'
import type { TargetRecord } from '../run.ts'
import { covers, type ExpectedDeviation, isMatch } from './expected-deviation.ts'
import { applicable, markExpected, outgrown } from './match.ts'

const entry: ExpectedDeviation = {
  rules: ['undo.*'],
  seenAs: [],
  reason: 'undo is not implemented',
  link: '',
  since: '2.0',
  until: '3.0',
  profiles: ['linux'],
  scenario: '',
  at: 'known.yaml line 2',
}

const target = (change: object): TargetRecord =>
  ({
    deviations: [],
    rules: { counts: { 'undo.exit': { exercised: 4, met: 4 } } },
    ...change,
  }) as unknown as TargetRecord

describe('expected deviations', () => {
  it('cover the rules that fit a pattern', () => {
    expect(covers(entry, 'undo.exit')).toBe(true)
    expect(covers(entry, 'semop.undo')).toBe(false)
    expect(isMatch('semget.*.einval', 'semget.size.einval')).toBe(true)
    expect(isMatch('semget', 'semgetX')).toBe(false)
    expect(isMatch('a.b', 'aXb')).toBe(false)
  })

  it('apply to versions and profiles', () => {
    expect(applicable([entry], '2.5', 'linux')).toEqual([entry])
    expect(applicable([entry], '3.0', 'linux')).toEqual([])
    expect(applicable([entry], '2.5', 'posix')).toEqual([])
  })

  it('mark what they cover, with the reason, and nothing else', () => {
    const marked = markExpected(
      target({ deviations: [{ rule: 'undo.exit' }, { rule: 'semop.inc', expected: true }] }),
      [entry],
    )
    expect(marked.deviations).toEqual([
      { rule: 'undo.exit', expected: true, reason: entry.reason, link: '' },
      { rule: 'semop.inc', expected: false },
    ])
  })

  it('are outgrown once their rule is exercised and nothing deviates', () => {
    expect(outgrown(target({}), [entry])).toEqual([entry])
    expect(outgrown(target({ deviations: [{ rule: 'undo.exit' }] }), [entry])).toEqual([])
    expect(outgrown(target({ rules: { counts: {} } }), [entry])).toEqual([])
  })

  it('that the target is brought down are outgrown once it is not, whatever else it does', () => {
    const shown = { ...entry, rules: ['shmget.breaks-target'], scenario: 'A: M = shmget(private, 1)' }
    const name = 'expected: known.yaml line 2'
    expect(outgrown(target({ shown: { [name]: 'deviates' } }), [shown])).toEqual([shown])
    expect(outgrown(target({ deviations: [{ rule: 'shmget.breaks-target' }] }), [shown])).toEqual([])
    expect(outgrown(target({}), [shown])).toEqual([])
  })

  it('are outgrown only if the scenario that shows them conforms', () => {
    const shown = { ...entry, scenario: 'A: S = semget(private, 1)' }
    const name = 'expected: known.yaml line 2'
    expect(outgrown(target({ shown: { [name]: 'conforms' } }), [shown])).toEqual([shown])
    expect(outgrown(target({ shown: { [name]: 'inconclusive' } }), [shown])).toEqual([])
    expect(outgrown(target({}), [shown])).toEqual([])
  })
})
