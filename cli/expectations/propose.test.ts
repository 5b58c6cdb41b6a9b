import { describe, expect, it } from 'vitest'
import { aDeviation, aTarget } from '../../reports/a-run.testing.ts'
import { UsageError } from '../usage-error.ts'
import { parseExpectations } from './parse.ts'
import { propose } from './propose.ts'

const text = `# Known deviations
expected:
  # one that was mended
  - rule: semop.inc
    reason: it was wrong
  # one that is still there
  - rule: undo.*
    reason: not implemented
`

describe('proposed expectations', () => {
  const stale = [{ rule: 'semop.inc', at: 'f lines 4-5', text: '' }]
  const target = aTarget({ deviations: [aDeviation] })
  const proposed = propose(text, 'f', target, stale, 'posix')

  it('add what was not expected and delete what no longer occurs', () => {
    expect(proposed).toMatchObject({ added: 1, deleted: 1 })
    expect(proposed.text).toContain('# Known deviations')
    expect(proposed.text).toContain('rule: undo.*')
    expect(proposed.text).toContain('rule: semop.sempid')
    expect(proposed.text).not.toContain('semop.inc')
  })

  it('are refused until somebody has established the cause', () => {
    expect(() => parseExpectations(proposed.text, 'f')).toThrow(UsageError)
    const [, added] = parseExpectations(proposed.text.replace('TODO: ', ''), 'f').entries
    expect(added).toMatchObject({ rules: ['semop.sempid'], since: '6.1.0', profiles: ['posix'] })
    expect(added?.scenario).toContain('B: semop(S, [0 +1])')
  })

  it('begin a file where there is none', () => {
    const fresh = propose('# New\n', '', target, [], 'linux')
    expect(fresh.text.startsWith('# New\n')).toBe(true)
    expect(fresh).toMatchObject({ added: 1, deleted: 0 })
  })

  it('change nothing where everything is expected', () => {
    expect(propose(text, 'f', aTarget(), [], 'linux')).toMatchObject({ text, added: 0, deleted: 0 })
  })
})
