import { wrap } from './wrap.ts'

/** One row of a table whose cells are wrapped within their columns, two blanks between them. */
export function row(
  cells: readonly string[],
  widths: readonly number[],
  longWords: 'stand' | 'break' = 'stand',
): readonly string[] {
  const wrapped = cells.map((cell, at) => wrap(cell, widths[at] ?? 0, longWords))
  const height = Math.max(...wrapped.map(({ length }) => length), 0)
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, at) => (lines[line] ?? '').padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
