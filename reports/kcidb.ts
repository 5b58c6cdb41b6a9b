import type { TargetRecord } from '../oracle/run.ts'
import { deviationText } from './deviation-text.ts'
import type { Format } from './format.ts'
import type { ReportedRun } from './reported-run.ts'
import { familyResults, type RuleResult } from './rule-results.ts'
import { plain } from './style.ts'
import { webLink } from './web-link.ts'

/**
 * KernelCI's report data (`kcidb.schema.json`): for each target a checkout and a build, which stand for the kernel that ran
 * there, and a test for each rule, for each family and for all. An expected deviation is a failure with a known issue.
 */
export const kcidbFormat: Format = {
  name: 'kcidb',
  summary: 'KernelCI report data, schema 5',
  render: (run, { origin = ORIGIN }) => `${JSON.stringify(report(run, origin), null, 2)}\n`,
}

const ORIGIN = 'ipc_oracle'
/** What every object's path begins with. */
const ROOT = 'ipc_oracle'
/** Characters of a log excerpt. */
const EXCERPT_MAX = 16_384

/** From the highest priority to the lowest: the first stands for tests together. */
type Status = 'FAIL' | 'ERROR' | 'MISS' | 'PASS' | 'SKIP'
const byPriority: readonly Status[] = ['FAIL', 'ERROR', 'MISS', 'PASS', 'SKIP']

function report(run: ReportedRun, origin: string) {
  const parts = run.targets.map((target) => partOf(target, run, origin))
  const known = new Map(parts.flatMap(({ issues }) => issues).map((issue) => [issue.id, issue]))
  return {
    // Nothing here needs more than 5.0, so that every reader of 5.x takes it.
    version: { major: 5, minor: 0 },
    checkouts: parts.map(({ checkout }) => checkout),
    builds: parts.map(({ build }) => build),
    tests: parts.flatMap(({ tests }) => tests),
    issues: [...known.values()],
    incidents: parts.flatMap(({ incidents }) => incidents),
  }
}

function partOf(target: TargetRecord, run: ReportedRun, origin: string) {
  const name = idOf(run, target)
  const build = `${origin}:${name}`
  const comment =
    target.skipped !== undefined
      ? clean(`target ${target.name}, which was skipped: ${target.skipped}`)
      : target.kernel === 'unknown'
        ? `target ${target.name}, which did not run`
        : `kernel ${target.kernel} as target ${target.name}`
  const families = familyResults(target, run).map(({ family, results }) => ({
    family,
    tests: results.map((result) => ({ result, test: ruleTest(result) })),
  }))
  const test = (path: string, body: object) => ({
    build_id: build,
    id: `${origin}:${name}/${path}`,
    origin,
    environment: environmentOf(target),
    path: `${ROOT}${path === '' ? '' : `.${path}`}`,
    start_time: run.started,
    ...body,
  })
  const deviating = families.flatMap(({ tests }) =>
    tests.map(({ result }) => result).filter(({ is }) => is === 'expected'),
  )
  return {
    checkout: { id: build, origin, comment, start_time: run.started, valid: true },
    build: {
      checkout_id: build,
      id: build,
      origin,
      comment,
      start_time: run.started,
      architecture: target.arch.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_'),
      status: 'PASS',
      misc: { target: target.name, libc: target.libc },
    },
    tests: [
      test(
        '',
        rootTest(
          target,
          run,
          families.flatMap(({ tests }) => tests.map((each) => each.test.status)),
        ),
      ),
      ...families.flatMap(({ family, tests }) => [
        test(family, { status: statusOf(tests.map((each) => each.test.status)) }),
        ...tests.map((each) => test(`${family}.${each.result.rule}`, each.test)),
      ]),
    ],
    issues: deviating.map((result) => issueOf(result, target, origin)),
    incidents: deviating.map(({ rule, family }) => ({
      id: `${origin}:${name}/${family}.${rule}`,
      origin,
      issue_id: issueId(rule, target, origin),
      issue_version: 1,
      test_id: `${origin}:${name}/${family}.${rule}`,
      present: true,
    })),
  }
}

/** What tells a target of a run from every other. */
const idOf = ({ started, seed, shard }: ReportedRun, { name }: TargetRecord) =>
  [started, seed, ...(shard === undefined ? [] : [`${shard.number}of${shard.of}`]), name].join('/')

const environmentOf = ({ conditions }: TargetRecord) => ({ comment: clean(conditions.join('; ')) })

function rootTest(target: TargetRecord, run: ReportedRun, statuses: readonly Status[]) {
  const { scenarios, steps, seconds, errors, inconclusive } = target
  const problems = [...errors, ...inconclusive.map(({ reason }) => reason), ...(run.problems ?? [])]
  const own: readonly Status[] =
    target.skipped !== undefined
      ? ['SKIP']
      : scenarios === 0
        ? ['MISS']
        : problems.length > 0 || run.interrupted
          ? ['ERROR']
          : []
  return {
    status: statusOf([...statuses, ...own]),
    ...(target.skipped === undefined ? {} : { comment: clean(target.skipped) }),
    duration: seconds,
    ...(problems.length === 0 ? {} : { log_excerpt: excerpt(problems) }),
    misc: {
      ...{ command: run.command, seed: run.seed, profile: run.profile, scenarios, steps },
      ...(target.satisfies === undefined ? {} : { satisfies: target.satisfies }),
    },
  }
}

function ruleTest({ is, sentence, reason, found, exercised, met }: RuleResult) {
  const status: Status = statuses[is]
  return {
    status,
    comment: clean([sentence, reason === '' ? '' : `Not tested: ${reason}.`].join(' ').trim()),
    ...(found.length === 0
      ? {}
      : { log_excerpt: excerpt(found.flatMap((each) => deviationText(each, '', plain))) }),
    misc: { exercised, met },
  }
}

const statuses: Readonly<Record<RuleResult['is'], Status>> = {
  met: 'PASS',
  deviates: 'FAIL',
  expected: 'FAIL',
  untested: 'SKIP',
  unsettled: 'SKIP',
}

const statusOf = (statuses: readonly Status[]): Status =>
  byPriority.find((status) => statuses.includes(status)) ?? 'SKIP'

const issueId = (rule: string, { name }: TargetRecord, origin: string) => `${origin}:known/${name}/${rule}`

const issueOf = ({ rule, sentence, found }: RuleResult, target: TargetRecord, origin: string) => ({
  id: issueId(rule, target, origin),
  version: 1,
  origin,
  culprit: { code: true, tool: false, harness: false },
  comment: clean(`${rule} is known to deviate on ${target.name}: ${found[0]?.reason ?? sentence}`),
  ...urlOf(found[0]?.link),
})

function urlOf(link = '') {
  const url = webLink(link)
  return url === undefined ? {} : { report_url: url }
}

const excerpt = (lines: readonly string[]) => clean(lines.join('\n')).slice(0, EXCERPT_MAX)

const clean = (text: string) => text.replaceAll('\0', '')
