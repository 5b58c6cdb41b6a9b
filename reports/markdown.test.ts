import fc from 'fast-check'
import { lexer, type Token, type Tokens, walkTokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { runs } from './arbitrary-run.testing.ts'
import { markdownFormat } from './markdown.ts'
import type { ReportedRun } from './reported-run.ts'
import { plain } from './style.ts'

const render = (run: ReportedRun) => markdownFormat.render(run, { ...plain, verbose: false })

const tokensOf = (run: ReportedRun): readonly Token[] => {
  const all: Token[] = []
  walkTokens(lexer(render(run)), (token) => {
    all.push(token)
  })
  return all
}

const ofType = <T extends Token>(tokens: readonly Token[], type: T['type']) =>
  tokens.filter((token): token is T => token.type === type)

const tables = (run: ReportedRun) => ofType<Tokens.Table>(tokensOf(run), 'table')
const headings = (run: ReportedRun) =>
  ofType<Tokens.Heading>(tokensOf(run), 'heading').map(({ text }) => text)

describe('the Markdown report', () => {
  it('begins with the verdict and a table of targets and families', () => {
    const deviating = aTarget({
      deviations: [aDeviation, { ...aDeviation, rule: 'semop.inc', expected: true }],
    })
    const run = aRun({ verdict: 'deviates', targets: [deviating, aTarget({ name: 'musl' })] })
    expect(render(run)).toMatch(/^### ipc-oracle: deviates\n\nhost deviates from profile linux/)
    const [matrix] = tables(run)
    expect(matrix?.header.map(({ text }) => text)).toEqual([
      ...['target', 'semaphores', 'messages', 'common', 'satisfies', 'scenarios', 'seconds'],
    ])
    expect(matrix?.rows.map((row) => row[1]?.text)).toEqual([
      '1 **deviating**<br>1 deviating as expected',
      '1 met<br>1 not exercised',
    ])
  })

  it('shows what deviates, and folds how', () => {
    const run = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })
    expect(headings(run)).toEqual(['ipc-oracle: deviates', 'Deviations'])
    expect(render(run)).toContain('<summary><code>semop.sempid</code> on host, 12 scenarios</summary>')
    const [scenario, replay] = ofType<Tokens.Code>(tokensOf(run), 'code')
    expect(scenario?.text).toContain('> A: semctl(S, 0, GETPID)    # A returns 0')
    expect(replay?.text).toBe(aDeviation.replay)
    expect(tables(run)[1]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['A returns 0', 'A returns the pid of B'],
    ])
  })

  it('says whose doing it is', () => {
    const blame = { on: 'sandbox' as const, sentence: 'gVisor: it conforms on target host', compared: [] }
    const run = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [{ ...aDeviation, blame }] })] })
    expect(render(run)).toContain('\n\nBlame: gVisor: it conforms on target host.\n\n')
  })

  it('names the choices that were made otherwise than documented', () => {
    const counts = {
      'semop.inc': { exercised: 3, met: 3, chosen: [1, 2] },
      'semop.sempid': { exercised: 3, met: 3, chosen: [3, 0] },
    }
    const run = aRun({ targets: [aTarget({ rules: { ...aTarget().rules, counts } })] })
    expect(tables(run)[1]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['`host`', '`semop.inc`', '1', '2'],
    ])
  })

  it('says what kept the run from being settled, and what to delete', () => {
    const stale = { rule: 'semop.inc', at: 'known.txt line 3', text: 'semop.inc old kernel' }
    const run = aRun({ targets: [aTarget({ errors: ['The probe ended.'] })], staleExpectations: [stale] })
    expect(headings(run).slice(1)).toEqual(['Not settled', 'Expected deviations that no longer occur'])
    expect(render(run)).toContain('- host: The probe ended.')
    expect(render(run)).toContain('- Delete known.txt line 3: `semop.inc old kernel`')
  })

  it('stays Markdown whatever a run holds: whole tables, and no HTML but its own', () => {
    const ours = /^(<details>|<\/details>|<summary>.*<\/summary>|<br>|\n)*$/
    fc.assert(
      fc.property(runs(), (run) => {
        const tokens = tokensOf(run)
        const html = ofType<Tokens.HTML>(tokens, 'html').map(({ raw }) => raw)
        for (const raw of html) expect(raw).toMatch(ours)
        const count = (mark: string) => html.join('').split(mark).length - 1
        expect(count('<details>')).toBe(count('</details>'))
        const expected = run.targets.flatMap(({ deviations }) => deviations)
        expect(ofType(tokens, 'table').length).toBeGreaterThan(expected.length)
        const [matrix] = ofType<Tokens.Table>(tokens, 'table')
        expect(matrix?.rows.length).toBe(run.targets.length)
      }),
    )
  })

  it('is never longer than a job summary may be', () => {
    const scenario = 'A: semop(S, [0 +1])  # \u{1f600}\n'.repeat(5000)
    const deviations = Array.from({ length: 500 }, (_, index) => ({
      ...aDeviation,
      rule: `semop.${index}`,
      scenario,
    }))
    const errors = new Array(1000).fill('x'.repeat(10_000))
    const text = render(aRun({ targets: [aTarget({ deviations, errors })] }))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect(text).toContain('`semop.499` on `host`')
  })
})
