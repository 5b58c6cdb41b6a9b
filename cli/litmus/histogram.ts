import type { LitmusTest } from '../../properties/litmus/litmus-test.ts'
import { type End, namesIn } from '../../properties/litmus/proposition.ts'
import { paint, type Style } from '../../reports/style.ts'
import { hanging, numberWords } from '../../reports/wrap.ts'

/** How a test may end, or did. */
export interface HistogramEntry {
  readonly end: End
  readonly count: number
  /** Whether the proposition is true of it. */
  readonly holds: boolean
  readonly witness: readonly string[]
  /** What is wrong with it: `!` not allowed, `?` not allowed, but known of the target. */
  readonly wrong?: '!' | '?'
}

/** A line an end as litmus7 prints it, `*>` where the proposition is true of it and `:>` elsewhere, and one way there. */
export function histogramLines(
  test: LitmusTest,
  entries: readonly HistogramEntry[],
  style: Style,
): readonly string[] {
  const names = shownNames(test, entries)
  const width = Math.max(...entries.map(({ count }) => numberWords(count).length), 4)
  const { dim, red } = paint(style)
  return entries.flatMap(({ end, count, holds, witness, wrong }) => {
    const words = names
      .flatMap((name) => (end[name] === undefined ? [] : [`${name}=${end[name]};`]))
      .join(' ')
    const mark = `${wrong ?? ' '}${holds ? '*' : ':'}>`
    const lines = hanging(`${numberWords(count).padStart(width)} ${mark} `, words, style.columns)
    return [
      ...(wrong === undefined ? lines : lines.map(red)),
      ...hanging(' '.repeat(width + 5), `by ${witness.join(' ')}`, style.columns).map(dim),
    ]
  })
}

/** The results of the calls, what the proposition asks for, and what is not the same in all ends. */
function shownNames(
  { columns, proposition }: LitmusTest,
  entries: readonly Pick<HistogramEntry, 'end'>[],
): readonly string[] {
  const results = columns.flatMap(({ actor, calls }) => calls.map((_, at) => `${actor}.${at + 1}`))
  const asked = namesIn(proposition)
  const all = [...new Set(entries.flatMap(({ end }) => Object.keys(end)))].sort()
  const others = all.filter((name) => asked.includes(name) || isTelling(name, entries))
  return [...results, ...others.filter((name) => !results.includes(name))]
}

/** Whether ends differ by it; not by what is known anyway: outputs of calls that came back, and who sleeps. */
const isTelling = (name: string, entries: readonly Pick<HistogramEntry, 'end'>[]) =>
  !/^\w+(\.\d+\.\w+)?$/.test(name) && new Set(entries.map(({ end }) => end[name] ?? '')).size > 1
