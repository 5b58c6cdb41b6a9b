import type { Profile } from '../../model/profile.ts'
import type { Clause } from '../../model/rule.ts'
import { paint, type Style } from '../../reports/style.ts'
import { counted, hanging } from '../../reports/wrap.ts'
import { clauseLines } from '../rule-lines.ts'
import type { Hold } from '../rule-profiles.ts'
import type { ExplainedRule, KnownDeviation } from './explained-rule.ts'

/** An explained rule for a person. */
export function ruleText(rule: ExplainedRule, style: Style): string {
  const { bold } = paint(style)
  const { columns } = style
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', bold(title), ...lines]
  const { about, also } = rule.scenarios
  return `${[
    `${bold(rule.id)}  ${strengths[rule.strength]}`,
    ...clauseLines(rule, style),
    ...(rule.also.length === 0 ? [] : hanging('    Also known as ', `${rule.also.join(', ')}.`, columns)),
    ...(rule.reason === null ? [] : hanging('    ', `Not exercised: ${rule.reason}.`, columns)),
    ...section('Profiles', profileLines(rule.profiles, columns)),
    ...section(
      'Scenarios about it',
      about.map((name) => `  ${name}`),
    ),
    ...section(
      about.length === 0 ? 'Scenarios that come by it' : 'Other scenarios that come by it',
      listLines(also, columns),
    ),
    ...section(
      'Targets known to deviate',
      grouped(rule.deviating).flatMap((each) => deviationLines(each, style)),
    ),
    ...section(
      'Lies that break it (C libraries, wrong on purpose)',
      rule.lies.flatMap(({ name, breaks }) => hanging('  - ', `${name}: ${breaks}`, columns)),
    ),
  ].join('\n')}\n`
}

const strengths: Readonly<Record<Clause['strength'], string>> = {
  shall: 'POSIX requires it',
  may: 'POSIX allows it beside other behaviour',
  unspecified: 'POSIX leaves it open',
  linux: 'fixed by the documentation of Linux only',
}

const profileLines = (profiles: Readonly<Record<Profile['name'], Hold>>, columns: number) =>
  (['posix', 'linux'] as const).flatMap((name) =>
    hanging(`  ${name}  `, `${profiles[name]}: ${holdWords[profiles[name]]}`, columns),
  )

const holdWords: Readonly<Record<Hold, string>> = {
  required: 'anything else deviates',
  allowed: 'so is other behaviour',
  open: 'whatever happens is allowed',
  extension: 'POSIX has no such call or option',
  never: 'only other systems do so',
}

function listLines(names: readonly string[], columns: number): readonly string[] {
  const hidden = names.length - SHOWN_MAX
  return [
    ...(names.length === 0 ? [] : hanging('  ', names.slice(0, SHOWN_MAX).join(' '), columns)),
    ...(hidden > 0 ? [`  and ${counted(hidden, 'more scenario')}`] : []),
  ]
}

const SHOWN_MAX = 12

/** Targets that deviate for one reason are named together. */
function grouped(deviating: readonly KnownDeviation[]): readonly KnownDeviation[] {
  const found: KnownDeviation[] = []
  for (const each of deviating) {
    const at = found.findIndex(({ reason, since }) => reason === each.reason && since === each.since)
    const same = found[at]
    if (same === undefined) found.push(each)
    else found[at] = { ...same, target: `${same.target}, ${each.target}` }
  }
  return found
}

function deviationLines(
  { target, since, until, reason, link }: KnownDeviation,
  style: Style,
): readonly string[] {
  const versions = [...(since === '' ? [] : [`since ${since}`]), ...(until === '' ? [] : [`until ${until}`])]
  const name = versions.length === 0 ? target : `${target} (${versions.join(', ')})`
  return [
    ...hanging('  - ', `${name}: ${reason}`, style.columns),
    ...(link === '' ? [] : [paint(style).dim(`    ${link}`)]),
  ]
}
