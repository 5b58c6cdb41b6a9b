import type { Bindings } from '../bindings.ts'
import type { Node } from './node.ts'
import type { Search } from './successors.ts'

/** Whether a node is seen for the first time. */
export function createSeen({ lines, effects }: Search, start: Bindings): (node: Node) => boolean {
  const strides: number[] = []
  let states = 1
  for (const { calls } of lines) {
    strides.push(states)
    states *= calls.length + 1
  }
  const isSmall = states < 2 ** 52 && lines.length <= 6
  /** Mostly there is one; a set for each would take longer than the search. */
  const byNumber = new Map<number, number | Set<number>>()
  const byWords = new Set<string>()
  return (node) => {
    if (!isSmall || node.bindings !== start || node.signals.length > 0) {
      const words = `${node.made} ${node.asleep} ${node.removed} ${node.risen} ${node.place.number} ${effects.numberOf(node.bindings)} ${node.signals}`
      const size = byWords.size
      return byWords.add(words).size > size
    }
    let outer = 0
    for (let at = 0; at < strides.length; at++) outer += (node.made[at] ?? 0) * (strides[at] ?? 0)
    const inner = ((node.place.number * 64 + node.asleep) * 64 + node.removed) * 64 + node.risen
    const known = byNumber.get(outer)
    if (known === inner) return false
    if (known === undefined || typeof known === 'number') {
      byNumber.set(outer, known === undefined ? inner : new Set([known, inner]))
      return true
    }
    const size = known.size
    return known.add(inner).size > size
  }
}
