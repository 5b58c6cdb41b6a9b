import type { LineCounter, Range } from 'yaml'

/** Where a node of a YAML file stands: `FILE line N` or `FILE lines N-M`. */
export function placeOf(node: unknown, lines: LineCounter, file: string): string {
  const [first, , end] = (node as { range?: Range | null }).range ?? [0, 0, 0]
  const from = lines.linePos(first).line
  const to = lines.linePos(Math.max(first, end - 1)).line
  return from === to ? `${file} line ${from}` : `${file} lines ${from}-${to}`
}
