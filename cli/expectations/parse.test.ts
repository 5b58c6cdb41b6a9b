import { describe, expect, it } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { parseExpectations } from './parse.ts'

const text = `# Known deviations
include: [common.yaml]
expected:
  - rule: semop.sempid
    seen-as: semctl.getpid
    reason: it is not recorded
    link: https://example.org/1
    since: 6.10
    scenario: |
      A: S = semget(private, 1)
      A: semctl(S, 0, GETPID)
  - { rule: ['undo.*', semop.inc], reason: not implemented, profile: posix }
`

describe('an expectations file', () => {
  it('is read as it was written', () => {
    expect(parseExpectations(text, 'f.yaml')).toEqual({
      includes: ['common.yaml'],
      entries: [
        {
          rules: ['semop.sempid'],
          seenAs: ['semctl.getpid'],
          reason: 'it is not recorded',
          link: 'https://example.org/1',
          since: '6.10',
          until: '',
          profiles: ['linux', 'posix'],
          scenario: 'A: S = semget(private, 1)\nA: semctl(S, 0, GETPID)',
          at: 'f.yaml lines 4-11',
        },
        {
          rules: ['undo.*', 'semop.inc'],
          seenAs: [],
          reason: 'not implemented',
          link: '',
          since: '',
          until: '',
          profiles: ['posix'],
          scenario: '',
          at: 'f.yaml line 12',
        },
      ],
    })
  })

  it.each([
    ['', 0],
    ['# nothing\n', 0],
    ['expected:\n', 0],
  ])('may expect nothing: %j', (given, count) => {
    expect(parseExpectations(given, 'f').entries).toHaveLength(count)
  })

  it.each([
    ['a: [', 'f is no YAML'],
    ['- semop.sempid', 'f line 1: `include` and `expected` are missing'],
    ['wanted: 1', 'f line 1: `wanted` is unknown here'],
    ['expected: 3', 'f line 1: `expected` is a list'],
    ['expected:\n  - 3', 'f line 2: an entry has'],
    ['expected:\n  - rul: x', 'f line 2: an entry has no `rul`'],
    ['expected:\n  - reason: x', 'f line 2: the entry lacks `rule`'],
    ['expected:\n  - rule: semop.nonsense\n    reason: x', 'f lines 2-3: there is no rule `semop.nonsense`'],
    ['expected:\n  - rule: semop.sempid', 'f line 2: semop.sempid lacks the reason'],
    ['expected:\n  - rule: semop.sempid\n    reason: TODO', 'semop.sempid lacks the reason'],
    ['expected:\n  - rule: semop.sempid\n    reason: x\n    profile: bsd', 'there is no profile `bsd`'],
    [
      'expected:\n  - rule: semop.sempid\n    reason: x\n    scenario: nonsense',
      'its scenario cannot be read',
    ],
  ])('is refused with a sentence: %j', (given, sentence) => {
    expect(() => parseExpectations(given, 'f')).toThrow(UsageError)
    expect(() => parseExpectations(given, 'f')).toThrow(sentence)
  })

  it('knows what brings a target down', () => {
    const entry = 'expected:\n  - { rule: shmget.breaks-target, reason: it panics }'
    expect(parseExpectations(entry, 'known.yaml').entries[0]?.rules).toEqual(['shmget.breaks-target'])
    expect(() => parseExpectations(entry.replace('shmget', 'shmgot'), 'known.yaml')).toThrow('no rule')
  })
})
