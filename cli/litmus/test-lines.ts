import { printCall, printStep } from '../../model/vocabulary/text/print.ts'
import type { LitmusTest } from '../../properties/litmus/litmus-test.ts'
import { paint, type Style } from '../../reports/style.ts'
import { row } from '../../reports/table.ts'
import { hanging } from '../../reports/wrap.ts'

/** The name of a test, its idea, and its calls in columns. */
export function testLines(
  { name, description, setup, columns }: LitmusTest,
  style: Style,
): readonly string[] {
  const { bold, dim } = paint(style)
  const cells = columns.map(({ calls }) =>
    calls.map((call) => `${'as' in call ? `${call.as} = ` : ''}${printCall(call)}`),
  )
  const most = Math.max(Math.floor((style.columns - 2) / columns.length) - 2, CELL_MIN)
  const widths = columns.map(({ actor }, at) =>
    Math.min(Math.max(actor.length, ...(cells[at] ?? []).map(({ length }) => length)), most),
  )
  const rows = Array.from({ length: Math.max(...cells.map(({ length }) => length), 0) }, (_, at) =>
    row(
      cells.map((calls) => calls[at] ?? ''),
      widths,
      'break',
    ),
  )
  const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`.trimEnd())
  return [
    bold(name),
    ...(description === '' ? [] : hanging('', description, style.columns)),
    '',
    ...setup.flatMap((step) => hanging('  ', printStep(step), style.columns)).map(dim),
    ...(setup.length === 0 ? [] : ['']),
    ...indented(
      row(
        columns.map(({ actor }) => actor),
        widths,
      ),
    ).map(bold),
    ...indented(rows.flat()),
  ]
}

const CELL_MIN = 8
