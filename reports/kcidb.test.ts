import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { runs } from './arbitrary-run.testing.ts'
import { kcidbFormat } from './kcidb.ts'
import type { ReportedRun } from './reported-run.ts'
import { plain } from './style.ts'

interface Report {
  readonly checkouts: readonly { readonly id: string }[]
  readonly builds: readonly { readonly id: string; readonly checkout_id: string }[]
  readonly tests: readonly {
    readonly id: string
    readonly build_id: string
    readonly path: string
    readonly status: string
    readonly log_excerpt?: string
  }[]
  readonly issues: readonly { readonly id: string; readonly version: number }[]
  readonly incidents: readonly {
    readonly id: string
    readonly issue_id: string
    readonly issue_version: number
    readonly test_id: string
  }[]
}

const render = (run: ReportedRun, origin?: string): Report =>
  JSON.parse(
    kcidbFormat.render(run, { ...plain, verbose: false, ...(origin === undefined ? {} : { origin }) }),
  )

const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('kcidb.schema.json', import.meta.url), 'utf8')),
)

const link = 'https://bugs.example/7'
const known = { ...aDeviation, rule: 'semop.inc', expected: true, reason: 'It forgets.', link }
const deviating = aRun({ targets: [aTarget({ deviations: [aDeviation, known] })] })

describe('the KernelCI report', () => {
  it('has a test for each rule, each family and each target', () => {
    expect(render(deviating).tests.map(({ path, status }) => `${path} ${status}`)).toEqual([
      'ipc_oracle FAIL',
      'ipc_oracle.semaphores FAIL',
      'ipc_oracle.semaphores.semop.inc FAIL',
      'ipc_oracle.semaphores.semop.sempid FAIL',
      'ipc_oracle.messages SKIP',
      'ipc_oracle.messages.msgsnd.full.bytes SKIP',
      'ipc_oracle.common PASS',
      'ipc_oracle.common.get.mode-stored PASS',
    ])
  })

  it('links what is expected to deviate to a known issue, and nothing else', () => {
    const { tests, issues, incidents } = render(deviating)
    expect(issues).toMatchObject([
      {
        id: 'ipc_oracle:known/host/semop.inc',
        comment: 'semop.inc is known to deviate on host: It forgets.',
        report_url: link,
      },
    ])
    expect(incidents.map(({ issue_id }) => issue_id)).toEqual(issues.map(({ id }) => id))
    const linked = tests.filter(({ id }) => incidents.some(({ test_id }) => test_id === id))
    expect(linked.map(({ path }) => path)).toEqual(['ipc_oracle.semaphores.semop.inc'])
  })

  it('shows the finding', () => {
    const [test] = render(deviating).tests.filter(({ path }) => path.endsWith('sempid'))
    expect(test?.log_excerpt).toContain('observed  A returns 0\n')
  })

  it.each<[string, Parameters<typeof aTarget>[0], Partial<ReportedRun>, string]>([
    ['conforms', { rules: { ...aTarget().rules } }, {}, 'PASS'],
    ['did not run', { scenarios: 0, rules: { ...aTarget().rules, counts: {}, untested: [] } }, {}, 'MISS'],
    ['left something open', { inconclusive: [{ scenario: '', reason: 'it hung' }] }, {}, 'ERROR'],
    ['was interrupted', {}, { interrupted: true }, 'ERROR'],
  ])('of a target that %s', (_, target, change, status) => {
    const [root] = render(aRun({ ...change, targets: [aTarget(target)] })).tests
    expect(root?.status).toBe(status)
  })

  it('names the CI system that submits it', () => {
    const { tests, builds } = render(deviating, 'my_ci')
    expect([...tests, ...builds].every(({ id }) => id.startsWith('my_ci:'))).toBe(true)
  })

  it('fits the schema, and refers only to what is there, whatever a run holds', () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const report = render(run)
        validate(report)
        expect(validate.errors).toBe(null)
        const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)
        for (const all of [report.checkouts, report.builds, report.tests, report.issues, report.incidents])
          expect(new Set(ids(all)).size).toBe(all.length)
        expect(ids(report.checkouts)).toEqual(
          expect.arrayContaining(report.builds.map((each) => each.checkout_id)),
        )
        expect(ids(report.builds)).toEqual(expect.arrayContaining(report.tests.map((each) => each.build_id)))
        expect(ids(report.tests)).toEqual(
          expect.arrayContaining(report.incidents.map((each) => each.test_id)),
        )
        expect(ids(report.issues)).toEqual(
          expect.arrayContaining(report.incidents.map((each) => each.issue_id)),
        )
      }),
    )
  })
})

it.each<[string, object]>([
  ['another version', { version: { major: 4, minor: 5 } }],
  ['an id without its origin', { checkouts: [{ id: 'x', origin: 'x' }] }],
  ['an origin with a hyphen', { checkouts: [{ id: 'my-ci:x', origin: 'my-ci' }] }],
  ['a path with a blank', { tests: [{ build_id: 'x:1', id: 'x:2', origin: 'x', path: 'a b' }] }],
  ['another status', { tests: [{ build_id: 'x:1', id: 'x:2', origin: 'x', status: 'XFAIL' }] }],
  ['another field', { tests: [{ build_id: 'x:1', id: 'x:2', origin: 'x', waived: true }] }],
])('the schema refuses %s', (_, change) => {
  expect(validate({ version: { major: 5, minor: 0 } })).toBe(true)
  expect(validate({ version: { major: 5, minor: 0 }, ...change })).toBe(false)
})
