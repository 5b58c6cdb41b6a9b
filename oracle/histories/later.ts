import type { Effects } from './effects.ts'
import type { Line } from './lines.ts'
import { type Node, nextCall } from './node.ts'

/**
 * The candidates, and behind the lines those who have something left to do that follows from calls of others: they meet their
 * signals whenever they like, but before a call that began when nobody could go on.
 */
export function withLater(
  node: Node,
  lines: readonly Line[],
  candidates: readonly number[],
  effects: Effects,
): readonly number[] {
  const left = effects.unfinished(node.place)
  if (left.length === 0) return candidates
  return [
    ...candidates.filter((at) => nextCall(node, lines, at)?.atRest !== true),
    ...left.map((_, nth) => lines.length + nth),
  ]
}
