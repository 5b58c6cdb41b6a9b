import { paint, type Style } from '../../reports/style.ts'
import { row } from '../../reports/table.ts'
import { counted, hanging } from '../../reports/wrap.ts'
import type {
  ExplainedClause,
  ExplainedOutcome,
  ExplainedScenario,
  ExplainedStep,
} from './explained-scenario.ts'

/** An explained scenario as a table: each call, what is allowed, by which profiles and rules, and what that leaves. */
export function scenarioText(explained: ExplainedScenario, brief: boolean, style: Style): string {
  const { title, profiles, steps, problem, rules } = explained
  const { bold, dim, red } = paint(style)
  const isNarrowed = profiles.length === 1
  const columns = columnsOf(style, isNarrowed)
  const what = isNarrowed ? `What profile ${profiles.join()} allows` : 'What the profiles allow'
  return `${[
    ...(title === '' ? [] : hanging('', title, style.columns).map(bold)),
    ...hanging('', `${what}, in a system with the usual limits of Linux. > is followed.`, style.columns).map(
      dim,
    ),
    '',
    ...headLines(columns).map(dim),
    ...steps.flatMap((step) => stepLines(step, columns, style)),
    ...(problem === '' ? [] : hanging('', `The explanation ends here: ${problem}.`, style.columns).map(red)),
    ...(brief || rules.length === 0
      ? []
      : ['', bold('Rules'), ...rules.flatMap((rule) => clauseText(rule, style))]),
  ].join('\n')}\n`
}

/** The widths of what is allowed, by whom (0: no such column), and of the rules. */
interface Columns {
  readonly allowed: number
  readonly by: number
  readonly rules: number
}

function columnsOf(style: Style, isNarrowed: boolean): Columns {
  const by = isNarrowed ? 0 : 'both '.length
  const free = Math.max(style.columns - INDENT - by - (isNarrowed ? 2 : 4), WIDTH_MIN)
  const allowed = Math.ceil(free * 0.55)
  return { allowed, by, rules: free - allowed }
}

const INDENT = 8
const WIDTH_MIN = 20

const cells = (allowed: string, by: string, rules: string, columns: Columns) =>
  columns.by === 0
    ? row([allowed, rules], [columns.allowed, columns.rules], 'break')
    : row([allowed, by, rules], [columns.allowed, columns.by, columns.rules], 'break')

const headLines = (columns: Columns) =>
  cells('allowed', 'by', 'rules', columns).map((line) => `step    ${line}`)

function stepLines(step: ExplainedStep, columns: Columns, style: Style): readonly string[] {
  const { bold, dim, red } = paint(style)
  const { allowed, because, after, unmet } = step
  const shown = allowed.filter(({ followed }, at) => followed || at < SHOWN_MAX)
  const hidden = allowed.length - shown.length
  return [
    ...hanging(`${String(step.step).padStart(3)}   `, step.call, style.columns).map(bold),
    ...shown.flatMap((outcome) => outcomeLines(outcome, columns, style)),
    ...(hidden > 0 ? [`        and ${counted(hidden, 'more outcome')}`] : []),
    ...(because === 'only' ? [] : [dim(`        followed: ${reasons[because]}`)]),
    ...unmet.flatMap(({ line, text }) =>
      hanging('        ', `Line ${line} of the file expects what is not allowed: ${text}`, style.columns).map(
        red,
      ),
    ),
    ...(after.length === 0 ? [] : hanging('        then ', after.join('; '), style.columns).map(dim)),
  ]
}

const SHOWN_MAX = 8

const reasons: Readonly<Record<ExplainedStep['because'], string>> = {
  only: 'nothing else is allowed',
  expected: 'the file expects it',
  documented: 'it is what Linux documents',
  needed: 'a step behind needs it',
  chosen: 'you have chosen it',
}

function outcomeLines(outcome: ExplainedOutcome, columns: Columns, style: Style): readonly string[] {
  const { words, leaves, profiles, rules, followed } = outcome
  const left = leaves.length === 0 ? '' : ` – leaves ${leaves.join('; ')}`
  const by = profiles.length === 2 ? 'both' : profiles.join()
  return cells(`${words}${left}`, by, rules.join(' '), columns).map((line, at) => {
    const marked = `${at === 0 && followed ? '      > ' : '        '}${line}`.trimEnd()
    return followed ? marked : paint(style).dim(marked)
  })
}

/** What a rule says, where it comes from, and what each profile makes of it. */
export function clauseText(
  { id, sentence, cites, profiles }: ExplainedClause,
  style: Style,
): readonly string[] {
  const { bold, dim } = paint(style)
  const demand = `posix ${profiles.posix}, linux ${profiles.linux}`
  const isShort = id.length + demand.length + 4 <= style.columns
  return [
    ...(isShort ? [`  ${bold(id)}  ${dim(demand)}`] : [`  ${bold(id)}`, `    ${dim(demand)}`]),
    ...hanging('    ', sentence, style.columns),
    ...cites.flatMap((source) => hanging('    - ', source, style.columns).map(dim)),
  ]
}
