import type { TargetRecord } from '../oracle/run.ts'
import { blameCounts } from './blame-counts.ts'
import { choicesOf, isOtherwise } from './choices.ts'
import { classificationText } from './classification-text.ts'
import { coverage } from './coverage.ts'
import { deviationText } from './deviation-text.ts'
import type { Format, FormatOptions } from './format.ts'
import { matrixLines } from './matrix-text.ts'
import type { ReportedRun } from './reported-run.ts'
import { paint, type Style } from './style.ts'
import { verdictSentence } from './verdict-sentence.ts'
import { counted, hanging, numberWords } from './wrap.ts'

export const consoleFormat: Format = {
  name: 'console',
  summary: 'text for people',
  render: (run, options) =>
    `${[
      ...run.targets.flatMap((target) => [...targetLines(target, options), '']),
      ...deviationLines(run, options),
      ...staleLines(run, options),
      ...matrixLines(run, options),
      ...(run.problems ?? []).flatMap((problem) => [...hanging('', problem, options.columns), '']),
      ...verdictLines(run, options),
    ].join('\n')}\n`,
}

function targetLines(target: TargetRecord, options: FormatOptions): readonly string[] {
  const { bold, yellow } = paint(options)
  const { columns } = options
  const where = [target.kernel, target.arch, target.libc]
    .filter((part) => part !== '' && part !== 'unknown')
    .join(', ')
  const line = (label: string, text: string) =>
    text === '' ? [] : hanging(`  ${label.padEnd(11)}`, text, columns)
  return [
    `${bold(target.name)}${where === '' ? '' : `: ${where}`}`,
    ...(target.conditions.length === 0 ? [] : line('conditions', target.conditions.join('; '))),
    ...(target.skipped === undefined ? line('ran', howMuch(target)) : line('skipped', target.skipped)),
    ...(target.missing === undefined ? [] : line('missing', target.missing.join(' '))),
    ...(target.covered ?? []).flatMap(({ sentence }) => line('covered', sentence)),
    ...coverageLines(target, options),
    ...choiceLines(target, options),
    ...line('profiles', classificationText(target)),
    ...line('blame', blameCounts(target)),
    ...target.inconclusive.slice(0, LISTED_MAX).flatMap(({ reason, scenario }) => [
      ...line('open', reason).map(yellow),
      ...scenario
        .trimEnd()
        .split('\n')
        .map((text) => `             ${text}`.trimEnd()),
    ]),
    ...(target.inconclusive.length > LISTED_MAX
      ? line('', `… and ${target.inconclusive.length - LISTED_MAX} more scenarios that could not be judged`)
      : []),
    ...target.errors.flatMap((error) => line('problem', error).map(yellow)),
  ]
}

const LISTED_MAX = 3

function howMuch({ scenarios, steps, seconds }: TargetRecord): string {
  const rate =
    seconds > 0
      ? ` (${numberWords(scenarios / seconds)} scenarios/s, ${numberWords(steps / seconds)} steps/s)`
      : ''
  return `${counted(scenarios, 'scenario')}, ${counted(steps, 'step')} in ${seconds.toFixed(1)} s${rate}`
}

function coverageLines({ rules }: TargetRecord, { verbose, columns }: FormatOptions): readonly string[] {
  const { exercised, met, total, untested } = rules
  if (total === 0) return []
  const families = coverage(rules).map(
    (each) => `    ${each.family.padEnd(14)}${reached(each.exercised, each.met, each.total)}`,
  )
  const hint = untested.length > 0 && !verbose ? '; --verbose lists the others' : ''
  return [
    `  rules      ${reached(exercised, met, total)}${hint}`,
    ...families,
    ...(verbose && untested.length > 0 ? hanging('    untested      ', untested.join(' '), columns) : []),
  ]
}

/** What the target chose where the profile leaves it open; with --verbose for each rule. */
function choiceLines({ rules }: TargetRecord, { verbose, columns }: FormatOptions): readonly string[] {
  const choices = choicesOf(rules)
  if (choices.length === 0) return []
  const otherwise = choices.filter(isOtherwise)
  const how =
    otherwise.length === 0
      ? 'always as Linux documents'
      : `otherwise than Linux documents in ${otherwise.length}`
  return [
    ...hanging(
      '  choices    ',
      `${counted(choices.length, 'rule')} left something open; chosen ${how}`,
      columns,
    ),
    ...(verbose ? choices : otherwise).map(
      ({ rule, documented, others }) =>
        `    ${rule.padEnd(40)} as documented ${numberWords(documented)}, otherwise ${others.map(numberWords).join(', ') || '0'}`,
    ),
  ]
}

const reached = (exercised: number, met: number, total: number) =>
  `${numberWords(exercised)} of ${numberWords(total)} exercised, ${numberWords(met)} met`

function deviationLines({ targets }: ReportedRun, style: Style): readonly string[] {
  const lines: string[] = []
  for (const { name, deviations } of targets)
    for (const [index, found] of deviations.entries()) {
      const title = targets.length > 1 ? `${name} ${index + 1}.` : `${index + 1}.`
      lines.push(...deviationText(found, title, style), '')
    }
  return lines
}

function staleLines({ staleExpectations = [] }: ReportedRun, style: Style): readonly string[] {
  const { red } = paint(style)
  return staleExpectations.flatMap(({ rule, at, text }) => [
    red(`${rule} was expected to deviate and does not any more. Delete ${at}:`),
    `   ${text}`,
    '',
  ])
}

function verdictLines(run: ReportedRun, style: Style): readonly string[] {
  const { bold, red, green, yellow } = paint(style)
  const colour = { conforms: green, deviates: red, inconclusive: yellow }[run.verdict]
  return hanging('', verdictSentence(run), style.columns).map((line) => bold(colour(line)))
}
