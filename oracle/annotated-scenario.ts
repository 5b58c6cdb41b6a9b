import { printStep } from '../model/vocabulary/text/print.ts'
import type { Recording } from './trace/trace.ts'
import { callsAt, describeObserved } from './words.ts'

/** The scenario of a recording as text, with what happened at each step as a comment behind it. */
export function annotatedScenario({ scenario, steps: recorded }: Recording): string {
  const { title, steps } = scenario
  const printed = steps.map(printStep)
  const width = Math.min(Math.max(...printed.map(({ length }) => length), 0), COLUMN_MAX)
  const lines = steps.map((step, index) => {
    const seen = recorded[index]
    const words = seen === undefined ? 'not begun' : describeObserved(step, seen, callsAt(steps, index))
    return `${(printed[index] ?? '').padEnd(width)}  # ${words}`
  })
  return `${[...(title === '' ? [] : [`# ${title}`]), ...lines].join('\n')}\n`
}

/** Comments stand in one column, unless a step is longer than this. */
const COLUMN_MAX = 60
