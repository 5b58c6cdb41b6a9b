import type { Bindings } from '../bindings.ts'
import type { Node } from './node.ts'
import type { Search } from './successors.ts'

/** The nodes from which no order leads to the end. */
export interface Seen {
  has(node: Node): boolean
  add(node: Node): void
}

export function createSeen({ lines, effects }: Search, start: Bindings): Seen {
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
  const isPlain = (node: Node) =>
    isSmall && node.bindings === start && node.signals.length === 0 && node.spent === 0
  const wordsOf = (node: Node) =>
    `${node.made} ${node.asleep} ${node.removed} ${node.risen} ${node.spent} ${effects.numberOfPlace(node.place)} ${effects.numberOf(node.bindings)} ${node.signals}`
  const outerOf = ({ made }: Node) => {
    let outer = 0
    for (let at = 0; at < strides.length; at++) outer += (made[at] as number) * (strides[at] as number)
    return outer
  }
  const innerOf = (node: Node) =>
    ((effects.numberOfPlace(node.place) * 64 + node.asleep) * 64 + node.removed) * 64 + node.risen
  return {
    has(node) {
      if (!isPlain(node)) return byWords.size > 0 && byWords.has(wordsOf(node))
      if (byNumber.size === 0) return false
      const known = byNumber.get(outerOf(node))
      if (known === undefined) return false
      const inner = innerOf(node)
      return typeof known === 'number' ? known === inner : known.has(inner)
    },
    add(node) {
      if (!isPlain(node)) {
        byWords.add(wordsOf(node))
        return
      }
      const outer = outerOf(node)
      const inner = innerOf(node)
      const known = byNumber.get(outer)
      if (known === undefined) byNumber.set(outer, inner)
      else if (typeof known === 'number') byNumber.set(outer, new Set([known, inner]))
      else known.add(inner)
    },
  }
}
