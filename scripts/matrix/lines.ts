import { counted } from '../../reports/wrap.ts'
import type { Row } from './row.ts'

/** What came of a target, and all that nobody expected. */
export function lines({ target, status, skipped, run, seconds, said }: Row): readonly string[] {
  const head = `${target.padEnd(16)}  `
  if (skipped !== '') return [`${head}left out: ${skipped}`]
  if (run === undefined) return [`${head}has no result (status ${status}): ${said}`]
  const unexpected = run.targets.flatMap(({ deviations }) => deviations.filter(({ expected }) => !expected))
  const known = run.targets.flatMap(({ deviations }) => deviations.filter(({ expected }) => expected))
  const scenarios = run.targets.reduce((sum, each) => sum + each.scenarios, 0)
  return [
    `${head}${run.verdict}, ${seconds.toFixed(0)} s, ${counted(scenarios, 'scenario')}, ${counted(known.length, 'expected deviation')}, seed ${run.seed}`,
    ...unexpected.flatMap(({ rule, scenario }) => [
      `  ${rule} is not expected to deviate:`,
      indented(scenario),
    ]),
    ...(run.staleExpectations ?? []).map(({ at, rule }) => `  ${rule} no longer deviates: delete ${at}`),
    ...run.targets.flatMap(({ errors, inconclusive, mishaps = [] }) => [
      ...errors.map((error) => `  ${error}`),
      ...inconclusive.flatMap(({ reason, scenario }) => [`  ${reason}`, indented(scenario)]),
      ...(errors.length + inconclusive.length > 0 ? [] : mishaps.map(({ reason }) => `  ${reason}`)),
    ]),
  ]
}

/** One line about all targets. */
export function describe(rows: readonly Row[]): string {
  const ran = rows.filter(({ skipped }) => skipped === '')
  const failed = ran.filter(({ status }) => status !== 0).map(({ target }) => target)
  const seconds = ran.reduce((sum, row) => sum + row.seconds, 0)
  const verdict = failed.length === 0 ? 'all as expected' : `not as expected: ${failed.join(', ')}`
  return `${counted(ran.length, 'target')} in ${seconds.toFixed(0)} s, ${verdict}`
}

const indented = (text: string) => text.trimEnd().replaceAll(/^/gm, '    ')
