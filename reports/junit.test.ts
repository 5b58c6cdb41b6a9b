import { readFileSync } from 'node:fs'
import { DOMParser, type Element } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { runs } from './arbitrary-run.testing.ts'
import { junitFormat } from './junit.ts'
import type { ReportedRun } from './reported-run.ts'
import { plain } from './style.ts'

const render = (run: ReportedRun) => junitFormat.render(run, { ...plain, verbose: false })

const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8')

const validate = async (...texts: readonly string[]) => {
  const xml = texts.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema, maxMemoryPages: 4096 })
  return errors.map(({ message }) => message)
}

const read = (text: string) => {
  const root = new DOMParser({
    onError: (level, message) => {
      if (level !== 'warning') throw new Error(`${level}: ${message}`)
    },
  }).parseFromString(text, 'text/xml').documentElement as Element
  return root
}

const all = (root: Element, name: string): readonly Element[] => [...root.getElementsByTagName(name)]

/** Each test case as `CLASS NAME: OUTCOME`. */
const cases = (root: Element): readonly string[] =>
  all(root, 'testcase').map((each) => {
    const verdict = [...each.childNodes].find(({ nodeType }) => nodeType === 1) as Element | undefined
    const outcome = verdict === undefined ? 'passed' : `${verdict.nodeName} ${verdict.getAttribute('type')}`
    return `${each.getAttribute('classname')} ${each.getAttribute('name')}: ${outcome}`
  })

describe('the JUnit report', () => {
  it('has a suite for each target and family, and a test case for each rule', () => {
    const known = { ...aDeviation, rule: 'semop.inc', expected: true }
    const run = aRun({
      verdict: 'deviates',
      targets: [aTarget({ deviations: [aDeviation, known] }), aTarget({ name: 'musl' })],
    })
    expect(cases(read(render(run)))).toEqual([
      'host.harness the target runs: passed',
      'host.harness every scenario can be judged: passed',
      'host.semaphores semop.inc: skipped expected-deviation',
      'host.semaphores semop.sempid: failure deviation',
      'host.messages msgsnd.full.bytes: skipped not-tested',
      'host.common get.mode-stored: passed',
      'musl.harness the target runs: passed',
      'musl.harness every scenario can be judged: passed',
      'musl.semaphores semop.inc: passed',
      'musl.semaphores semop.sempid: skipped not-tested',
      'musl.messages msgsnd.full.bytes: skipped not-tested',
      'musl.common get.mode-stored: passed',
      'run.whole the run is complete: passed',
    ])
  })

  it('says of a failure what was observed and allowed, in which scenario, and how to see it again', () => {
    const root = read(render(aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })))
    const [failure] = all(root, 'failure')
    expect(failure?.getAttribute('message')).toBe('observed A returns 0; allowed A returns the pid of B')
    expect(failure?.textContent).toMatchInlineSnapshot(`
      "semop.sempid  deviation, in 12 scenarios
         A completed array records the caller as the last process of every semaphore it names.
         Source: POSIX.1-2024 semop, DESCRIPTION

           # A title
           A: S = semget(private, 1)  # A returns 5
           B: semop(S, [0 +1])        # B returns 0
         > A: semctl(S, 0, GETPID)    # A returns 0

         observed  A returns 0
         allowed   A returns the pid of B
         see also  semctl.getpid
         replay    ipc-oracle replay runs/x/findings/semop.sempid/finding.scenario
      "
    `)
  })

  it('says why a rule was not tested', () => {
    const reasons = all(read(render(aRun())), 'skipped').map((each) => each.getAttribute('message'))
    expect(reasons).toEqual([
      'it was exercised only where another rule deviates or something stays open',
      'a longer run may come to it',
    ])
  })

  it.each<[string, Partial<ReportedRun>, string]>([
    [
      'a target that did not run',
      { targets: [aTarget({ scenarios: 0, errors: ['No compiler.'] })] },
      'No compiler.',
    ],
    [
      'a scenario that was left open',
      { targets: [aTarget({ inconclusive: [{ scenario: 'A: wait()\n', reason: 'it hung' }] })] },
      '1 scenario could not be judged: it hung',
    ],
    ['an interruption', { interrupted: true }, 'The run was interrupted before its end.'],
    ['a run that could not be stored', { problems: ['The disk is full.'] }, 'The disk is full.'],
  ])('reports %s as an error', (_, change, message) => {
    const errors = all(read(render(aRun(change))), 'error')
    expect(errors.map((each) => each.getAttribute('message'))).toEqual([message])
  })

  it('reports an expected deviation that no longer occurs as a failure', () => {
    const stale = { rule: 'semop.inc', at: 'known.txt line 3', text: 'semop.inc old kernel' }
    const [failure] = all(read(render(aRun({ staleExpectations: [stale] }))), 'failure')
    expect(failure?.getAttribute('message')).toBe('It no longer occurs: delete known.txt line 3.')
  })

  it('fits its schema, whatever a run holds', async () => {
    expect(await validate(render(aRun()), ...fc.sample(runs(), 5).map(render))).toEqual([])
  })

  it('counts right, and fails where the run does', () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const root = read(render(run))
        for (const suite of [root, ...all(root, 'testsuite')]) {
          const attribute = (name: string) => Number(suite.getAttribute(name))
          const kinds = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' }
          for (const [name, kind] of Object.entries(kinds))
            if (suite.hasAttribute(name)) expect(attribute(name)).toBe(all(suite, kind).length)
        }
        const [failures, errors] = [all(root, 'failure').length, all(root, 'error').length]
        expect(failures > 0 ? 'deviates' : errors > 0 ? 'inconclusive' : 'conforms').toBe(run.verdict)
      }),
    )
  })
})

describe('the schema refuses', () => {
  const good = render(aRun({ targets: [aTarget({ deviations: [aDeviation] })] }))

  it.each<[string, string | RegExp, string]>([
    ['a suite without counts', / skipped="\d+"/, ''],
    ['two test cases of one name', 'name="semop.inc"', 'name="semop.sempid"'],
    ['another element', /<failure(.*?)<\/failure>/s, '<fail/>'],
    ['a time that is none', /time="[\d.]+"/, 'time="long"'],
  ])('%s', async (_, from, to) => {
    expect(good).toMatch(from)
    expect(await validate(good.replace(from, to))).not.toEqual([])
  })
})
