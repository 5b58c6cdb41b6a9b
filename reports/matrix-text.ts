import { type MatrixCell, matrixOf } from './matrix.ts'
import type { ReportedRun } from './reported-run.ts'
import { paint, type Style } from './style.ts'
import { hanging } from './wrap.ts'

/** The matrix of a run with several targets, for people; nothing for a single one. */
export function matrixLines(run: ReportedRun, style: Style): readonly string[] {
  if (run.targets.length < 2) return []
  const { bold, yellow } = paint(style)
  const rows = matrixOf(run)
  const families = rows.find(({ cells }) => cells.length > 0)?.cells.map(({ family }) => family) ?? []
  const first = Math.max(...rows.map(({ target }) => target.length), 'target'.length)
  const widths = families.map((family, at) =>
    Math.max(family.length, ...rows.map(({ cells }) => cellText(cells[at]).length)),
  )
  const isTold = rows.some(({ satisfies }) => satisfies !== '')
  const line = (name: string, cells: readonly string[], satisfies: string) =>
    [name.padEnd(first), ...cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)), satisfies]
      .join('  ')
      .trimEnd()
  return [
    bold(line('target', families, isTold ? 'satisfies' : '')),
    ...rows.flatMap(({ target, idle, cells, satisfies }) =>
      idle === ''
        ? [line(target, cells.map(cellText), satisfies)]
        : hanging(`${target.padEnd(first)}  `, idle, style.columns).map(yellow),
    ),
    ...hanging('', LEGEND, style.columns),
    '',
  ]
}

export const LEGEND =
  'Rules met; !deviating; ?not exercised, or only beside a deviation; -of a call that is missing.'

/** What became of the rules of a family, in a few signs. */
export const cellText = (cell: MatrixCell | undefined): string =>
  cell === undefined
    ? ''
    : [
        `${cell.met}`,
        ...(cell.deviating > 0 ? [`!${cell.deviating}`] : []),
        ...(cell.unsettled > 0 ? [`?${cell.unsettled}`] : []),
        ...(cell.missing > 0 ? [`-${cell.missing}`] : []),
      ].join(' ')
