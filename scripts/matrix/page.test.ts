import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from '../../reports/a-run.testing.ts'
import { describe as described, lines } from './lines.ts'
import { intoPage } from './page.ts'
import type { Row } from './row.ts'

const ran: Row = {
  target: 'host',
  status: 1,
  skipped: '',
  run: aRun({ targets: [aTarget({ deviations: [aDeviation] })] }),
  seconds: 12.3,
  said: '',
}
const leftOut: Row = { ...ran, target: 'musl', status: 0, skipped: 'musl-gcc is missing.', run: undefined }

describe('the matrix', () => {
  it('stands between the marks of a page, and nothing else changes', () => {
    const page = 'above\n<!-- npm run results -->\nold\n<!-- end of npm run results -->\nbelow\n'
    const now = intoPage(page, [ran, leftOut])
    expect(now).toMatch(/^above\n[\s\S]*\nbelow\n$/)
    expect(now).not.toContain('old')
    expect(now).toContain('| 12 | 1 |')
    expect(now).toContain('`musl` was left out: musl-gcc is missing.')
    expect(intoPage(now, [ran, leftOut])).toBe(now)
    expect(() => intoPage('no marks', [ran])).toThrow('has no lines')
  })

  it('names what nobody expected', () => {
    const said = lines(ran).join('\n')
    expect(said).toContain('semop.sempid is not expected to deviate:\n    # A title')
    expect(lines(leftOut)).toEqual(['musl              left out: musl-gcc is missing.'])
    expect(described([ran, leftOut])).toBe('1 target in 12 s, not as expected: host')
  })
})
