import fc from 'fast-check'
import { clauses } from '../model/catalogue.ts'
import type { Blame, DeviationRecord, TargetRecord } from '../oracle/run.ts'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import type { ReportedRun, StaleExpectation } from './reported-run.ts'
import { verdictOf } from './verdict.ts'

/** What a target may say: also what a format would take for its own. */
const texts = () =>
  fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      ...[
        ']]>',
        '<b>&amp;',
        'a | b',
        '```\n# SKIP',
        'not ok 1 x',
        '\u0000\u001b[31m',
        '\ud800',
        '1..9',
        '  - x',
      ],
      ...['KTAP version 1', '</details>', 'ok 3 # SKIP', '`a` ``b``', '| --- |', ''],
    ),
  )

const rules = () => fc.constantFrom(...clauses.filter((_, index) => index % 40 === 0).map(({ id }) => id))

const blames = (): fc.Arbitrary<Blame> =>
  fc.record({
    on: fc.constantFrom('C library', 'kernel', 'wrap', 'unknown'),
    sentence: texts(),
    compared: fc.constant([]),
  })

const deviations = (): fc.Arbitrary<DeviationRecord> =>
  fc
    .record({
      rule: fc.oneof(rules(), fc.constantFrom('semop', 'wait')),
      allowed: fc.array(texts(), { maxLength: 3 }),
      observed: texts(),
      scenario: texts(),
      replay: texts(),
      expected: fc.boolean(),
      reason: texts(),
      link: fc.oneof(texts(), fc.webUrl()),
      seen: fc.integer({ min: 1, max: 9 }),
      blame: fc.option(blames(), { nil: undefined }),
    })
    .map(({ blame, ...change }) => ({ ...aDeviation, ...change, ...(blame === undefined ? {} : { blame }) }))

const counts = () =>
  fc.dictionary(
    rules(),
    fc.record(
      {
        exercised: fc.nat({ max: 9 }),
        met: fc.nat({ max: 9 }),
        chosen: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
      },
      { requiredKeys: ['exercised', 'met'] },
    ),
    { minKeys: 1, maxKeys: 9, noNullPrototype: true },
  )

const targets = (): fc.Arbitrary<TargetRecord> =>
  fc
    .record({
      name: fc.constantFrom('host', 'musl', 'gvisor', 'qemu-user-s390x', 'linux-6.1-rt'),
      kernel: fc.constantFrom('6.1.0', 'unknown'),
      counts: counts(),
      scenarios: fc.nat({ max: 3 }),
      deviations: fc.array(deviations(), { maxLength: 3 }),
      inconclusive: fc.array(fc.record({ scenario: texts(), reason: texts() }), { maxLength: 2 }),
      errors: fc.array(texts(), { maxLength: 2 }),
      conditions: fc.array(texts(), { maxLength: 2 }),
      seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    })
    .map(({ counts, ...change }) => {
      const entries = Object.entries(counts)
      const count = (field: 'exercised' | 'met') => entries.filter(([, each]) => each[field] > 0).length
      const untested = entries.filter(([, { exercised }]) => exercised === 0).map(([rule]) => rule)
      return aTarget({
        ...change,
        rules: { exercised: count('exercised'), met: count('met'), total: entries.length, untested, counts },
      })
    })

const staleExpectations = (): fc.Arbitrary<StaleExpectation> =>
  fc.record({ rule: rules(), at: fc.constant('known.txt line 3'), text: texts() })

/** Runs that say anything that a run can say. For tests. */
export const runs = (): fc.Arbitrary<ReportedRun> =>
  fc
    .record({
      targets: fc.uniqueArray(targets(), { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
      interrupted: fc.boolean(),
      problems: fc.array(texts(), { maxLength: 1 }),
      staleExpectations: fc.uniqueArray(staleExpectations(), { maxLength: 2, selector: ({ rule }) => rule }),
      command: texts(),
    })
    .map((change) => {
      const run = aRun(change)
      return { ...run, verdict: verdictOf(run) }
    })
