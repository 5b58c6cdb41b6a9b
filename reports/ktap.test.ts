import fc from 'fast-check'
import { Parser, type Result } from 'tap-parser'
import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { runs } from './arbitrary-run.testing.ts'
import { ktapFormat } from './ktap.ts'
import { type KtapTest, readKtap } from './read-ktap.testing.ts'
import type { ReportedRun } from './reported-run.ts'
import { plain } from './style.ts'
import { testTree } from './test-tree.ts'

const render = (run: ReportedRun) => ktapFormat.render(run, { ...plain, verbose: false })

const leaves = (tests: readonly KtapTest[]): readonly KtapTest[] =>
  tests.flatMap((test) => (test.tests.length === 0 ? [test] : leaves(test.tests)))

describe('the KTAP report', () => {
  it('holds the tests of each target, each family and each rule', () => {
    const known = { ...aDeviation, rule: 'semop.inc', expected: true, reason: 'it forgets' }
    const deviations = [
      { ...aDeviation, scenario: 'A: wait()\n', step: 0 },
      { ...known, scenario: 'A: wait()\n' },
    ]
    expect(render(aRun({ verdict: 'deviates', targets: [aTarget({ deviations })] }))).toMatchInlineSnapshot(`
      "KTAP version 1
      1..2
        KTAP version 1
        # Subtest: host
        1..4
          KTAP version 1
          # Subtest: harness
          1..2
          ok 1 the target runs
          ok 2 every scenario can be judged
        ok 1 harness
          KTAP version 1
          # Subtest: semaphores
          1..2
          # semop.inc  expected deviation, in 12 scenarios
          #    A completed array records the caller as the last process of every semaphore it names.
          #    Source: POSIX.1-2024 semop, DESCRIPTION
          #
          #      A: wait()
          #
          #    observed  A returns 0
          #    allowed   A returns the pid of B
          #    see also  semop.sempid, semctl.getpid
          #    expected  it forgets
          #    replay    ipc-oracle replay runs/x/findings/semop.sempid/finding.scenario
          ok 1 semop.inc # XFAIL expected deviation: it forgets
          # semop.sempid  deviation, in 12 scenarios
          #    A completed array records the caller as the last process of every semaphore it names.
          #    Source: POSIX.1-2024 semop, DESCRIPTION
          #
          #    > A: wait()
          #
          #    observed  A returns 0
          #    allowed   A returns the pid of B
          #    see also  semctl.getpid
          #    replay    ipc-oracle replay runs/x/findings/semop.sempid/finding.scenario
          not ok 2 semop.sempid
        not ok 2 semaphores
          KTAP version 1
          # Subtest: messages
          1..1
          ok 1 msgsnd.full.bytes # SKIP a longer run may come to it
        ok 3 messages # SKIP
          KTAP version 1
          # Subtest: common
          1..1
          ok 1 get.mode-stored
        ok 4 common
      not ok 1 host
        KTAP version 1
        # Subtest: run
        1..1
          KTAP version 1
          # Subtest: whole
          1..1
          ok 1 the run is complete
        ok 1 whole
      ok 2 run
      # Totals: pass:4 fail:1 xfail:1 xpass:0 skip:1 error:0
      "
    `)
  })

  it('is read as the specification of KTAP says, and says what JUnit says, whatever a run holds', () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const tests = readKtap(render(run))
        const known = testTree(run)
        expect(tests.map(({ name }) => name)).toEqual(known.map(({ name }) => name))
        const expected = known.flatMap(({ groups }) => groups.flatMap((group) => group.tests))
        expect(leaves(tests).map(({ ok }) => ok)).toEqual(
          expected.map(({ outcome }) => outcome !== 'failed' && outcome !== 'error'),
        )
        expect(tests.every(({ ok }) => ok)).toBe(run.verdict === 'conforms')
      }),
    )
  })

  it('is TAP to readers that know only that', () => {
    fc.assert(
      fc.property(runs(), (run) => {
        const seen: Result[] = []
        const parser = new Parser((results) => {
          expect(results.fail).toBe(readKtap(render(run)).filter(({ ok }) => !ok).length)
        })
        parser.on('assert', (result) => seen.push(result))
        parser.end(render(run))
        expect(seen.map(({ name, ok }) => ({ name, ok }))).toEqual(
          readKtap(render(run)).map(({ name, ok }) => ({ name, ok })),
        )
      }),
    )
  })
})

describe('the reader that checks it refuses', () => {
  const good =
    'KTAP version 1\n1..1\n  KTAP version 1\n  # Subtest: a\n  1..2\n  ok 1 b\n  not ok 2 c # ERROR d\nnot ok 1 a\n'

  it('nothing that is right', () =>
    expect(leaves(readKtap(good)).map(({ name }) => name)).toEqual(['b', 'c']))

  it.each<[string, string, string]>([
    ['a missing plan', '1..1\n', ''],
    ['a plan that is too long', '1..2', '1..3'],
    ['a plan that is too short', '1..2', '1..1'],
    ['a wrong number', 'not ok 2', 'not ok 3'],
    ['another indentation', '  ok 1 b', '    ok 1 b'],
    ['a failure that does not rise', 'not ok 1 a', 'ok 1 a'],
    ['an unknown directive', 'ERROR', 'ODD'],
    ['a missing version', 'KTAP version 1\n1..1', '1..1'],
    ['another name', '1 a\n', '1 z\n'],
  ])('%s', (_, from, to) => {
    expect(good).toContain(from)
    expect(() => readKtap(good.replace(from, to))).toThrow(/line|left over/)
  })
})
