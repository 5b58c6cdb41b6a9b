import type { DeviationRecord } from '../oracle/run.ts'
import { posixText } from './classification-text.ts'
import { intervalLines } from './intervals.ts'
import { markedScenario } from './marked-scenario.ts'
import { paint, type Style } from './style.ts'
import { counted, hanging } from './wrap.ts'

/** One deviation for a person: the clause, where it comes from, the scenario, what was allowed and seen, the replay. */
export function deviationText(found: DeviationRecord, title: string, style: Style): readonly string[] {
  const { bold, dim, red, yellow } = paint(style)
  const { columns } = style
  const state = found.expected ? yellow('expected deviation') : red('deviation')
  const others = found.rules.filter((rule) => rule !== found.rule)
  return [
    `${title === '' ? '' : `${bold(title)} `}${bold(found.rule)}  ${state}${dim(often(found))}`,
    ...hanging('   ', found.sentence, columns),
    ...(found.cites.length === 0 ? [] : hanging('   Source: ', found.cites.join('; '), columns).map(dim)),
    '',
    ...markedScenario(found.scenario, found.step).map(
      (line) => `   ${line.startsWith('>') ? bold(line) : line}`,
    ),
    ...overlapLines(found),
    '',
    ...hanging('   observed  ', found.observed, columns),
    ...allowedLines(found.allowed, columns),
    ...(others.length === 0 ? [] : hanging('   see also  ', others.slice(0, OTHERS_MAX).join(', '), columns)),
    ...(found.posix === undefined ? [] : hanging('   posix     ', posixText(found), columns)),
    ...(found.blame === undefined ? [] : hanging('   blame     ', found.blame.sentence, columns)),
    ...(found.reason === undefined ? [] : hanging('   expected  ', found.reason, columns)),
    ...(found.link === undefined || found.link === '' ? [] : [`   link      ${found.link}`]),
    ...(found.replay === '' ? [] : [`   replay    ${found.replay}`]),
    ...programLines(found, columns),
  ]
}

/** Where calls overlapped: the shortest part that no order of effects explains. */
const overlapLines = ({ overlap }: DeviationRecord): readonly string[] =>
  overlap === undefined
    ? []
    : [
        '',
        `   the shortest part that no order explains, with one order of as many calls as possible (run ${overlap.repetitions} of the program)`,
        ...intervalLines(overlap).map((line) => `     ${line}`),
      ]

/** The C program that shows it, in the run's folder, or why there is none. */
function programLines({ reproducer, replay, file }: DeviationRecord, columns: number): readonly string[] {
  if (reproducer === undefined) return []
  const [folder = ''] = replay.match(/\S+(?=findings\/)/) ?? []
  const shown = reproducer.file === '' || file === '' ? '' : `${folder}${reproducer.file}`
  const words = [shown, reproducer.reason].filter((each) => each !== '').join(': ')
  return words === '' ? [] : hanging('   program   ', words, columns)
}

const often = ({ seen }: DeviationRecord) => (seen > 1 ? `, in ${counted(seen, 'scenario')}` : '')

const allowedLines = (allowed: readonly string[], columns: number) => [
  ...allowed
    .slice(0, ALLOWED_MAX)
    .flatMap((words, index) => hanging(index === 0 ? '   allowed   ' : '          or ', words, columns)),
  ...(allowed.length > ALLOWED_MAX ? [`             … and ${allowed.length - ALLOWED_MAX} more`] : []),
]

const ALLOWED_MAX = 6
const OTHERS_MAX = 4
