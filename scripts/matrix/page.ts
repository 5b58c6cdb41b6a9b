import type { TargetRecord } from '../../oracle/run.ts'
import { families } from '../../reports/coverage.ts'
import { cell, code, inline, table } from '../../reports/markdown-text.ts'
import { matrixOf } from '../../reports/matrix.ts'
import { cellText, LEGEND } from '../../reports/matrix-text.ts'
import { numberWords } from '../../reports/wrap.ts'
import type { Row } from './row.ts'

const BEGIN = '<!-- npm run results -->'
const END = '<!-- end of npm run results -->'

/** The page with the matrix in place of what stands between its marks. */
export function intoPage(page: string, rows: readonly Row[]): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`The page has no lines \`${BEGIN}\` and \`${END}\`.`)
  return `${page.slice(0, from)}${BEGIN}\n\n${matrix(rows)}\n\n${page.slice(to)}`
}

function matrix(rows: readonly Row[]): string {
  const ran = rows.filter(({ skipped, run }) => skipped === '' && run !== undefined)
  const seconds = ran.reduce((sum, row) => sum + row.seconds, 0)
  return [
    table(
      ['target', 'system', ...families, 'scenarios', 'seconds', 'status'],
      ran.flatMap((row) => row.run?.targets.map((target) => line(row, target)) ?? []),
    ),
    `${LEGEND} All of it took ${numberWords(Math.round(seconds))} seconds.`,
    ...rows
      .filter(({ skipped }) => skipped !== '')
      .map(({ target, skipped }) => `${code(target)} was left out: ${inline(skipped)}`),
  ].join('\n\n')
}

function line({ run, seconds, status }: Row, target: TargetRecord): readonly string[] {
  const [known] = run === undefined ? [] : matrixOf({ ...run, targets: [target] })
  return [
    code(target.name),
    cell(inline(systemOf(target))),
    ...families.map((family) => cellText(known?.cells.find((each) => each.family === family))),
    numberWords(target.scenarios),
    seconds.toFixed(0),
    `${status}`,
  ]
}

const systemOf = ({ kernel, libc, arch, version }: TargetRecord) =>
  [kernel, arch, libc, ...(version === undefined ? [] : [version])].join(', ')
