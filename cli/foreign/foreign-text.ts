import { paint, type Style } from '../../reports/style.ts'
import { counted, hanging } from '../../reports/wrap.ts'
import type { ForeignDeviationRecord, ForeignRecord } from './foreign-record.ts'

/** What is said of one foreign trace, for a person. */
export function foreignText(record: ForeignRecord, style: Style): string {
  const { bold, red, yellow, green, dim } = paint(style)
  const { file, verdict, calls, judged, events, eventsJudged, lines, malformed } = record
  const colour = { deviates: red, inconclusive: yellow, conforms: green }[verdict]
  const words = {
    deviates: 'deviates from profile linux',
    inconclusive: 'inconclusive',
    conforms: 'conforms to profile linux',
  }
  const more = record.deviationCount - record.deviations.length
  return `${[
    ...record.deviations.flatMap((found) => [...deviationLines(found, file, style), '']),
    ...(more > 0 ? [`… and ${counted(more, 'more deviation')}.`, ''] : []),
    ...malformed.first.flatMap(({ line, because, text }) =>
      hanging(`${file} line ${line}: `, `${because}: ${text}`, style.columns),
    ),
    ...(malformed.count > malformed.first.length
      ? [`${counted(malformed.count, 'line')} in all are not understood.`]
      : []),
    bold(`${file}: ${colour(words[verdict])}.`),
    `  ${counted(lines, 'line')}, ${counted(calls, 'call')} of our families, ${share(judged, calls)} judged; ${counted(events, 'signal or end', 'signals and ends')}, ${share(eventsJudged, events)} judged.`,
    ...reasonLines(record, style).map(dim),
  ].join('\n')}\n`
}

function deviationLines(found: ForeignDeviationRecord, file: string, style: Style): readonly string[] {
  const { bold, red, dim } = paint(style)
  const { columns } = style
  return [
    `${bold(`${file} line ${found.line}:`)} ${bold(found.rule)}  ${red('deviation')}`,
    ...hanging('   ', found.sentence, columns),
    ...(found.cites.length === 0 ? [] : hanging('   Source: ', found.cites.join('; '), columns).map(dim)),
    ...hanging('   process   ', `${found.pid}: ${found.what}`, columns),
    ...hanging('   observed  ', found.observed, columns),
    ...found.allowed.flatMap((words, index) =>
      hanging(index === 0 ? '   allowed   ' : '          or ', words, columns),
    ),
  ]
}

const REASONS_MAX = 6

function reasonLines({ notJudged }: ForeignRecord, { columns }: Style): readonly string[] {
  const reasons = Object.entries(notJudged).sort(([, a], [, b]) => b - a)
  if (reasons.length === 0) return []
  const shown = reasons.slice(0, REASONS_MAX).map(([reason, count]) => `${reason} (${count})`)
  if (reasons.length > REASONS_MAX) shown.push('…')
  return hanging('  Not judged: ', `${shown.join('; ')}.`, columns)
}

export const share = (part: number, of: number): string =>
  of === 0 ? '0 %' : `${(Math.floor((part / of) * 1000) / 10).toFixed(1)} %`
