import type { Trial } from './try-lie.ts'

const widths = [8, 34, 44, 5, 8, 7]

/** Columns of the table of trials. */
export const heading = () => row(['fate', 'lie', 'rule that caught it', 'steps', 'one of', 'seconds'])

/** One trial as a line; what is remarkable about it follows, indented. */
export function line({ fate, lie, rule, steps, oneOf, seconds, remark }: Trial): string {
  const numbers = fate === 'killed' || fate === 'misread' ? [`${steps}`, `${oneOf}`] : ['', '']
  const cells = row([fate, lie, rule, ...numbers, seconds.toFixed(1)])
  return remark === '' ? cells : `${cells}\n${' '.repeat((widths[0] ?? 0) + 2)}${remark}`
}

const row = (cells: readonly string[]) =>
  cells.map((cell, at) => (at < 3 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')

/** How many lies were killed, and how small the scenarios are that did it. */
export function summary(trials: readonly Trial[]): string {
  const caught = trials.filter(({ fate }) => fate === 'killed' || fate === 'misread')
  const killed = trials.filter(({ fate }) => fate === 'killed').length
  const others = ['misread', 'survived', 'failed'].flatMap((fate) => {
    const names = trials.filter((trial) => trial.fate === fate).map(({ lie }) => lie)
    return names.length === 0 ? [] : [`${fate} ${names.length}: ${names.join(' ')}`]
  })
  const median = caught.map(({ steps }) => steps).sort((a, b) => a - b)[caught.length >> 1] ?? 0
  return [`killed ${killed} of ${trials.length}, median steps ${median}`, ...others].join('\n')
}
