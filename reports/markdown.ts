import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import { choicesOf, isOtherwise } from './choices.ts'
import { classificationWord, posixText } from './classification-text.ts'
import { families } from './coverage.ts'
import type { Format } from './format.ts'
import { cell, code, fenced, folded, html, inline, table } from './markdown-text.ts'
import { markedScenario } from './marked-scenario.ts'
import type { ReportedRun } from './reported-run.ts'
import { familyResults, type RuleResult } from './rule-results.ts'
import { verdictSentence } from './verdict-sentence.ts'
import { counted, numberWords } from './wrap.ts'

/** Markdown as GitHub and GitLab show it, for the summary of a job: what matters is seen, the rest folded. */
export const markdownFormat: Format = {
  name: 'markdown',
  summary: 'Markdown for the summary of a CI job',
  render: (run) =>
    `${[
      `### ipc-oracle: ${run.verdict}`,
      inline(verdictSentence(run)),
      ...matrix(run),
      ...problems(run),
      ...stale(run),
      ...findings(run),
      ...choices(run),
      ...repeating(run),
    ].join('\n\n')}\n`,
}

/** Findings that are shown in full: a summary may not be longer than 1 MiB. */
const FINDINGS_MAX = 40
const PROBLEMS_MAX = 20

/** What became of the rules of each family on each target. */
function matrix(run: ReportedRun): readonly string[] {
  const rows = run.targets.map((target) => ({ target, results: familyResults(target, run) }))
  const shown = families.filter((family) =>
    rows.some(({ results }) => results.some((each) => each.family === family)),
  )
  if (rows.length === 0) return []
  return [
    table(
      ['target', ...shown, 'satisfies', 'scenarios', 'seconds'],
      rows.map(({ target, results }) => [
        cell(`${code(target.name)}<br>${inline(systemOf(target))}`),
        ...shown.map((family) => counts(results.find((each) => each.family === family)?.results ?? [])),
        classificationWord(target),
        numberWords(target.scenarios),
        target.seconds.toFixed(1),
      ]),
    ),
  ]
}

const systemOf = ({ skipped, kernel, arch, libc }: TargetRecord) =>
  skipped === undefined ? [kernel, arch, libc].join(', ') : `skipped: ${skipped}`

function counts(results: readonly RuleResult[]): string {
  const count = (...some: readonly RuleResult['is'][]) => results.filter(({ is }) => some.includes(is)).length
  const words = (number: number, text: string) => (number === 0 ? [] : [`${numberWords(number)} ${text}`])
  return [
    ...words(count('deviates'), '**deviating**'),
    ...words(count('met'), 'met'),
    ...words(count('expected'), 'deviating as expected'),
    ...words(count('untested', 'unsettled'), 'not exercised'),
  ].join('<br>')
}

/** What kept the run from being judged in full. */
function problems({ targets, problems = [] }: ReportedRun): readonly string[] {
  const all = [
    ...problems,
    ...targets.flatMap(({ name, errors, inconclusive }) => [
      ...errors.map((error) => `${name}: ${error}`),
      ...inconclusive.map(({ reason }) => `${name}: a scenario was left open: ${reason}`),
    ]),
  ]
  if (all.length === 0) return []
  const more = all.length > PROBLEMS_MAX ? [`- … and ${counted(all.length - PROBLEMS_MAX, 'more')}`] : []
  return [
    '#### Not settled',
    [...all.slice(0, PROBLEMS_MAX).map((each) => `- ${inline(each)}`), ...more].join('\n'),
  ]
}

const stale = ({ staleExpectations = [] }: ReportedRun): readonly string[] =>
  staleExpectations.length === 0
    ? []
    : [
        '#### Expected deviations that no longer occur',
        staleExpectations.map(({ at, text }) => `- Delete ${inline(at)}: ${code(text)}`).join('\n'),
      ]

function findings(run: ReportedRun): readonly string[] {
  const all = run.targets.flatMap((target) => target.deviations.map((found) => ({ target, found })))
  const unexpected = all.filter(({ found }) => !found.expected)
  const expected = all.filter(({ found }) => found.expected)
  return [
    ...(unexpected.length === 0 ? [] : ['#### Deviations', ...some(unexpected)]),
    ...(expected.length === 0
      ? []
      : [folded(counted(expected.length, 'expected deviation'), some(expected))]),
  ]
}

function some(all: readonly { readonly target: TargetRecord; readonly found: DeviationRecord }[]) {
  const rest = all
    .slice(FINDINGS_MAX)
    .map(({ target, found }) => `${code(found.rule)} on ${code(target.name)}`)
  return [
    ...all.slice(0, FINDINGS_MAX).map(({ target, found }) => finding(target, found)),
    ...(rest.length === 0 ? [] : [`Also: ${rest.join(', ')}.`]),
  ]
}

function finding({ name }: TargetRecord, found: DeviationRecord): string {
  const { rule, sentence, cites, scenario, step, observed, allowed, replay, seen, reason, link, blame } =
    found
  return folded(`<code>${html(rule)}</code> on ${html(name)}, ${counted(seen, 'scenario')}`, [
    inline([sentence, cites.join('; ')].filter((text) => text !== '').join(' ')),
    fenced(markedScenario(scenario, step)),
    table(['observed', 'allowed'], [[cell(inline(observed)), cell(allowed.map(inline).join('<br>or '))]]),
    ...(found.posix === undefined ? [] : [inline(`Profile posix ${posixText(found)}.`)]),
    ...(blame === undefined ? [] : [inline(`Blame: ${blame.sentence}.`)]),
    ...(reason === undefined ? [] : [inline(`Expected: ${[reason, link].filter(Boolean).join(' ')}`)]),
    ...(replay === '' ? [] : [fenced([replay], 'sh')]),
  ])
}

/** Where the standard leaves something open, what the targets did otherwise than Linux documents. */
function choices({ targets }: ReportedRun): readonly string[] {
  const rows = targets.flatMap(({ name, rules }) =>
    choicesOf(rules)
      .filter(isOtherwise)
      .map(({ rule, documented, others }) => [
        cell(code(name)),
        cell(code(rule)),
        numberWords(documented),
        others.map(numberWords).join(', '),
      ]),
  )
  if (rows.length === 0) return []
  return [
    folded(`${counted(rows.length, 'choice')} made otherwise than Linux documents`, [
      table(['target', 'rule', 'as documented', 'otherwise'], rows),
    ]),
  ]
}

const repeating = ({ command, targets }: ReportedRun): readonly string[] => [
  folded('How to repeat it', [
    fenced(command.split('; '), 'sh'),
    ...targets
      .filter(({ conditions }) => conditions.length > 0)
      .map(({ name, conditions }) => `${code(name)}: ${inline(conditions.join('; '))}`),
  ]),
]
