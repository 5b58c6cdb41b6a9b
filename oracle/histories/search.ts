import type { Bindings } from '../bindings.ts'
import { boundOf, candidatesOf, isOver } from './candidates.ts'
import type { Place } from './effects.ts'
import { type Node, rootOf } from './node.ts'
import { createSeen } from './seen.ts'
import { type Search, successors } from './successors.ts'

export interface Found {
  /** The end of an order that explains everything; null: there is none, or none was found in time. */
  readonly end: Node | null
  /** A node as far as any order leads. */
  readonly farthest: Node
  readonly tried: number
  readonly isExhausted: boolean
}

interface Frame {
  readonly node: Node
  readonly candidates: readonly number[]
  readonly bound: number
  next: number
  /** What is still to be tried of the candidate before `next`. */
  nodes: readonly Node[]
  at: number
}

/**
 * Looks for an order of effects within the intervals that is a run of the model: depth first, the call that was back first
 * before the others, and no state twice (Wing and Gong, Lowe).
 */
export function search(start: Place, bindings: Bindings, asked: Search): Found {
  const { lines, budget, effects } = asked
  const root = rootOf(start, bindings, lines)
  const isNew = createSeen(asked, bindings)
  let farthest = root
  let tried = 0
  const stack: Frame[] = [frameOf(root, asked)]
  while (stack.length > 0) {
    const frame = stack[stack.length - 1] as Frame
    const node = frame.nodes[frame.at++]
    if (node === undefined) {
      const candidate = frame.candidates[frame.next++]
      if (candidate === undefined) {
        stack.pop()
        continue
      }
      frame.nodes = successors(frame.node, candidate, frame.bound, asked)
      frame.at = 0
      tried += frame.nodes.length + 1
      if (tried > budget || effects.isFull()) return { end: null, farthest, tried, isExhausted: true }
      continue
    }
    const next = frameOf(node, asked)
    // Where everybody left sleeps for ever, the last sleep leads nowhere.
    if (node.depth > farthest.depth && (next.candidates.length > 0 || isOver(node, lines))) farthest = node
    if (isOver(node, lines)) return { end: node, farthest: node, tried, isExhausted: false }
    if ((next.candidates.length > 1 || node.risen !== 0) && !isNew(node)) continue
    stack.push(next)
  }
  return { end: isOver(root, lines) ? root : null, farthest, tried, isExhausted: false }
}

function frameOf(node: Node, { lines, effects }: Search): Frame {
  const bound = boundOf(node, lines)
  const candidates = candidatesOf(node, lines, bound, effects.profile)
  return { node, bound, candidates, next: 0, nodes: [], at: 0 }
}
