import { classificationText } from './classification-text.ts'
import type { Format } from './format.ts'
import type { ReportedRun } from './reported-run.ts'
import { type Outcome, type Test, type TestGroup, type TestPart, testTree } from './test-tree.ts'
import { type Tag, tag, xmlText } from './xml.ts'

/**
 * JUnit's XML as CI systems read it (`junit.xsd`): a suite for each target and family, a test case for each rule. What is
 * expected to deviate is skipped, as other test frameworks do it: it neither fails the job nor looks as if it was met.
 */
export const junitFormat: Format = {
  name: 'junit',
  summary: 'JUnit XML for CI systems: a test case for each rule and target',
  render: (run) => xmlText(suites(run)),
}

function suites(run: ReportedRun): Tag {
  const parts = testTree(run)
  const groups = parts.flatMap((part) => part.groups.map((group) => ({ part, group })))
  const tests = groups.flatMap(({ group }) => group.tests)
  const { failures, errors } = countsOf(tests)
  const seconds = run.targets.reduce((sum, target) => sum + target.seconds, 0)
  return tag(
    'testsuites',
    { name: 'ipc-oracle', tests: tests.length, failures, errors, time: seconds.toFixed(3) },
    groups.map(({ part, group }) => suite(part, group, run)),
  )
}

function suite(part: TestPart, group: TestGroup, run: ReportedRun): Tag {
  const { name, target } = part
  const full = `${name}.${group.name}`
  const time = group.name === 'harness' ? (target?.seconds ?? 0) : 0
  return tag(
    'testsuite',
    {
      name: full,
      ...countsOf(group.tests),
      time: time.toFixed(3),
      timestamp: run.started.slice(0, ISO_SECONDS),
    },
    [properties(part, run), ...group.tests.map((test) => testCase(full, test))],
  )
}

/** Letters of `2025-01-02T03:04:05`. */
const ISO_SECONDS = 19

function properties({ target }: TestPart, { profile, seed, command, shard }: ReportedRun): Tag {
  const values: Readonly<Record<string, string>> = {
    profile,
    seed: String(seed),
    ...(shard === undefined ? {} : { shard: `${shard.number}/${shard.of}` }),
    command,
    ...(target === undefined
      ? {}
      : {
          kernel: target.kernel,
          libc: target.libc,
          arch: target.arch,
          conditions: target.conditions.join('; '),
          profiles: classificationText(target),
          scenarios: String(target.scenarios),
          steps: String(target.steps),
        }),
  }
  return tag(
    'properties',
    {},
    Object.entries(values).map(([name, value]) => tag('property', { name, value })),
  )
}

const countsOf = (tests: readonly Test[]) => {
  const count = (...some: readonly Outcome[]) => tests.filter(({ outcome }) => some.includes(outcome)).length
  return {
    tests: tests.length,
    failures: count('failed'),
    errors: count('error'),
    skipped: count('skipped', 'expected'),
  }
}

const testCase = (classname: string, test: Test): Tag =>
  tag('testcase', { name: test.name, classname, time: '0.000' }, verdictTags(test))

function verdictTags({ outcome, reason, details }: Test): readonly Tag[] {
  const text = details.length === 0 ? [] : `${details.join('\n')}\n`
  switch (outcome) {
    case 'passed':
      return []
    case 'failed':
      return [tag('failure', { type: 'deviation', message: reason }, text)]
    case 'error':
      return [tag('error', { type: 'inconclusive', message: reason }, text)]
    case 'expected':
      return [tag('skipped', { type: 'expected-deviation', message: reason }, text)]
    case 'skipped':
      return [tag('skipped', { type: 'not-tested', message: reason })]
  }
}
