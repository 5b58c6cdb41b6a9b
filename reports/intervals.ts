import type { OverlapRecord } from '../oracle/run.ts'

/** One call of an overlapping finding, as reports show it. */
export interface Interval {
  readonly actor: string
  readonly call: string
  readonly came: string
  /** In microseconds since the first call began: `1.2…3.4`. */
  readonly time: string
  /** Its place in one order that explains as many calls as possible; empty where it is not in it. */
  readonly place: string
}

/** The calls of the shortest part that no order explains, in the order in which they began. */
export const intervals = ({ calls }: OverlapRecord): readonly Interval[] =>
  [...calls]
    .sort((a, b) => a.begin - b.begin)
    .map(({ actor, text, came, begin, end, place }) => ({
      ...{ actor, call: text, came },
      time: `${micros(begin)}…${end === null ? '' : micros(end)}`,
      place: place === null ? '' : String(place),
    }))

const micros = (nanoseconds: number) => (nanoseconds / 1000).toFixed(1)

/** The same as lines of text. */
export function intervalLines(overlap: OverlapRecord): readonly string[] {
  const rows = intervals(overlap)
  const width = (field: keyof Interval) => Math.max(...rows.map((row) => row[field].length))
  const [time, place, call] = [width('time'), Math.max(width('place'), 1), Math.min(width('call'), CALL_MAX)]
  return rows.map(
    (row) =>
      `${row.place.padStart(place)}  ${row.time.padStart(time)} us  ${row.actor}: ${row.call.padEnd(call)}  ${row.came}`,
  )
}

const CALL_MAX = 40
