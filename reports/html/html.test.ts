import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from '../a-run.testing.ts'
import { runs } from '../arbitrary-run.testing.ts'
import type { ReportedRun } from '../reported-run.ts'
import { plain } from '../style.ts'
import { htmlFormat } from './html.ts'

const render = (run: ReportedRun) => htmlFormat.render(run, { ...plain, verbose: false })
const found = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, word]) => word)

describe('the HTML report', () => {
  it('tells the verdict, what was observed and what is allowed, and draws it', () => {
    const page = render(found)
    expect(page).toContain('<span class="verdict deviates">deviates</span>')
    expect(page).toContain('A returns 0</strong>')
    expect(page).toContain('A returns the pid of B')
    expect(page).toContain('POSIX.1-2024 semop, DESCRIPTION')
    expect(page).toContain('<svg')
    expect(page).toContain(aDeviation.replay)
  })

  it('has a table of what each target chose where something is left open', () => {
    const counts = { 'cnt.multi.zero-only-stale': { exercised: 9, met: 9, chosen: [7, 2] } }
    const target = aTarget()
    const page = render(aRun({ targets: [{ ...target, rules: { ...target.rules, counts } }] }))
    expect(page).toContain('<td class="number">7</td><td class="number expected">2</td>')
  })

  it('says why a rule was not exercised', () => {
    expect(render(aRun())).toMatch(/msgsnd\.full\.bytes<\/code><\/th><td>[^<]+<\/td><td>host/)
  })

  it('has the C program of a finding, and what came of it', () => {
    const reproducer = {
      ...{ file: 'findings/x/reproducer.c', text: '#include <sys/sem.h>\n', confirmed: true, reason: '' },
      tried: [
        { on: 'gvisor', status: 1, output: '' },
        { on: 'host', status: 0, output: '' },
      ],
    }
    const page = render(aRun({ targets: [aTarget({ deviations: [{ ...aDeviation, reproducer }] })] }))
    expect(page).toContain('gvisor: it deviates; host: as allowed')
    expect(page).toContain('#include &#x3C;sys/sem.h>')
  })

  it('is no longer for scenarios that conformed, and a finding adds little', () => {
    const size = (scenarios: number, findings: number) => {
      const deviations = Array.from({ length: findings }, (_, at) => ({ ...aDeviation, rule: `rule.${at}` }))
      return render(aRun({ targets: [aTarget({ scenarios, steps: 10 * scenarios, deviations })] })).length
    }
    expect(size(100_000, 0)).toBeLessThan(size(100, 0) + 100)
    expect(size(100_000, 100)).toBeLessThan(size(100_000, 0) + 100 * 16_000)
  })

  it('says why there is no diagram', () => {
    const odd = { ...aDeviation, scenario: 'A: frobnicate()\n' }
    expect(render(aRun({ targets: [aTarget({ deviations: [odd] })] }))).toContain('There is no diagram: ')
  })

  it('takes nothing that it is told for markup', () => {
    const evil = '</pre><script>alert(1)</script>'
    const page = render(
      aRun({
        command: evil,
        targets: [aTarget({ name: evil, deviations: [{ ...aDeviation, observed: evil }] })],
      }),
    )
    expect(all(page.replaceAll(/"[^"]*"/g, ''), /(<script>)/g)).toHaveLength(1)
  })

  it('needs nothing from elsewhere, and its links and ids are right, whatever a run holds', () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const page = render(run)
        expect(page).not.toMatch(/<(link|img|iframe|script src)/)
        const ids = all(page, /<[a-z]+[^>]* id="([^"]+)"/g)
        expect(new Set(ids).size).toBe(ids.length)
        for (const link of all(page, /href="#([^"]+)"/g)) expect(ids).toContain(link)
      }),
      { numRuns: 60 },
    )
  })
})
