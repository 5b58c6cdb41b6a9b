import { boundOf, candidatesOf } from './candidates.ts'
import { withLater } from './later.ts'
import type { Node } from './node.ts'
import { createSeen } from './seen.ts'
import { type Search, successors } from './successors.ts'
import { sureStep } from './sure.ts'

export interface Found {
  /** The end of an order that explains everything; null: there is none, or none was found in time. */
  readonly end: Node | null
  /** A node as far as any order leads, and of those one with as many calls as any. */
  readonly farthest: Node
  /** The last time by which all calls that were back before it were explained. */
  readonly reached: number
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
export function search(root: Node, asked: Search): Found {
  const { budget, effects } = asked
  const seen = createSeen(asked, root.bindings)
  const first = frameOf(root, asked)
  if (first.bound === OVER) return { end: root, farthest: root, reached: OVER, tried: 0, isExhausted: false }
  let farthest = root
  let reached = first.bound
  let tried = 0
  const stack: Frame[] = [first]
  while (stack.length > 0) {
    const frame = stack[stack.length - 1] as Frame
    const node = frame.nodes[frame.at++]
    if (node === undefined) {
      const candidate = frame.candidates[frame.next++]
      if (candidate === undefined) {
        stack.pop()
        if (frame.candidates.length > 1 && !mayComeAgain(frame.node)) seen.add(frame.node)
        continue
      }
      frame.nodes = successors(frame.node, candidate, frame.bound, asked)
      frame.at = 0
      tried += frame.nodes.length + 1
      if (tried > budget || effects.isFull())
        return { end: null, farthest, reached, tried, isExhausted: true }
      continue
    }
    const next = frameOf(node, asked)
    const isFarther = next.bound > reached || (next.bound === reached && node.depth > farthest.depth)
    // Where everybody left sleeps for ever, the last sleep leads nowhere.
    if (isFarther && (next.candidates.length > 0 || next.bound === OVER)) {
      farthest = node
      reached = next.bound
    }
    if (next.bound === OVER) return { end: node, farthest: node, reached, tried, isExhausted: false }
    if (next.candidates.length > 1 || mayComeAgain(node)) {
      if (seen.has(node)) continue
      if (mayComeAgain(node)) seen.add(node)
    }
    stack.push(next)
  }
  return { end: null, farthest, reached, tried, isExhausted: false }
}

/** Whether it may be met again before it is left: who sleeps may rise, and fall asleep once more. */
const mayComeAgain = ({ asleep, risen }: Node) => (asleep | risen) !== 0

/** No call is left that must be made. */
const OVER = Number.POSITIVE_INFINITY

function frameOf(node: Node, asked: Search): Frame {
  const { lines, effects } = asked
  const bound = boundOf(node, lines)
  const candidates = withLater(node, lines, candidatesOf(node, lines, bound, effects.profile), effects)
  const sure = candidates.length > 1 ? sureStep(node, candidates, bound, asked) : undefined
  if (sure === undefined) return { node, bound, candidates, next: 0, nodes: [], at: 0 }
  return { node, bound, candidates: [sure.at], next: 1, nodes: sure.nodes, at: 0 }
}
