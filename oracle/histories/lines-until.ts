import type { Line, LineCall } from './lines.ts'

/** The times by which calls had been made or were back, in their order. */
export function endsOf(lines: readonly Line[]): readonly number[] {
  const times = new Set<number>()
  for (const { calls } of lines)
    for (const { madeBy, back } of calls) {
      times.add(madeBy)
      times.add(back)
    }
  times.delete(Number.POSITIVE_INFINITY)
  return [...times].sort((a, b) => a - b)
}

/** What had begun by a time. What was under way then may have been made with the result that it had later, or not at all. */
export const linesUntil = (lines: readonly Line[], time: number): readonly Line[] =>
  time === Number.POSITIVE_INFINITY
    ? lines
    : lines.map((line) => {
        const calls = line.calls.filter(({ begin }) => begin <= time)
        const last = calls.at(-1)
        if (last !== undefined && last.back > time) calls[calls.length - 1] = underWay(last, time)
        return { ...line, calls }
      })

function underWay(call: LineCall, time: number): LineCall {
  const back = Number.POSITIVE_INFINITY
  const asleepAt = (call.asleepAt ?? back) <= time ? call.asleepAt : undefined
  return { ...call, asleepAt, madeBy: asleepAt ?? back, back }
}
