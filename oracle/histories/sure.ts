import { deliverableIn } from '../../model/outcomes.ts'
import { actionOf } from '../../model/processes/lifecycle.ts'
import { SIGKILL } from '../../model/processes/signals.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import type { World } from '../../model/world.ts'
import type { LineCall } from './lines.ts'
import { type Node, nextCall } from './node.ts'
import { type Search, successors } from './successors.ts'

/** Where the search goes on by a step that can as well be the next one: whatever order explains the others does so behind it, too. */
export interface Sure {
  readonly at: number
  readonly nodes: readonly Node[]
}

/**
 * A call that comes back here as it was seen, and changes nothing at all; or a handler that runs when nobody can tell that from
 * its running at any later time.
 */
export function sureStep(
  node: Node,
  candidates: readonly number[],
  bound: number,
  asked: Search,
): Sure | undefined {
  for (const at of candidates) {
    if (at >= asked.lines.length) {
      const [next] = isUnfelt(node, at - asked.lines.length, asked) ? successors(node, at, bound, asked) : []
      if (next !== undefined) return { at, nodes: [next] }
      continue
    }
    const call = nextCall(node, asked.lines, at)
    if (call === undefined || !(call.mayOnlyLook || isForTheDead(call, node.place.world))) continue
    const nodes = successors(node, at, bound, asked)
    const [next] = nodes
    if (next !== undefined && nodes.length === 1 && isSame(node, next)) return { at, nodes }
  }
  return undefined
}

const isSame = (a: Node, b: Node): boolean =>
  a.place === b.place &&
  a.bindings === b.bindings &&
  a.asleep === b.asleep &&
  a.removed === b.removed &&
  a.risen === b.risen &&
  a.spent === b.spent &&
  a.signals === b.signals

/** A signal for who has ended, or is about to whatever it is sent: it changes nothing now nor later. */
function isForTheDead({ call, seen }: LineCall, { processes, undone }: World): boolean {
  if (call.name !== 'kill' || seen?.is !== 'returned' || seen.errno !== 0) return false
  if (typeof call.process !== 'string') return false
  const lifecycle = processes[call.process]?.lifecycle
  if (lifecycle === undefined) return false
  return lifecycle.life === 'zombie' || call.process in undone.dying || SIGKILL in lifecycle.pending
}

/**
 * Whether what somebody has left to do is to run handlers outside any call, and none of its calls to come was interrupted or
 * may have been: run later they could only interrupt one.
 */
function isUnfelt(node: Node, nth: number, { lines, effects }: Search): boolean {
  const { sight, profile } = effects
  if (sight.uses || sight.sleepers) return false
  const actor = effects.unfinished(node.place)[nth] ?? ''
  const { world } = node.place
  const process = world.processes[actor]
  if (process?.activity.is !== 'idle' || isUndone(world, actor)) return false
  const signals = deliverableIn(world, actor, profile)
  const isCaught = signals.every((signal) => actionOf(process.lifecycle, signal).disposition === 'handler')
  if (signals.length === 0 || !isCaught) return false
  const at = lines.findIndex((line) => line.actor === actor)
  const left = lines[at]?.calls.slice(node.made[at] ?? 0) ?? []
  return !left.some(mayBeInterrupted)
}

const isUndone = ({ undone }: World, actor: string): boolean =>
  undone.continued.includes(actor) ||
  undone.resumed.includes(actor) ||
  undone.woken.includes(actor) ||
  actor in undone.dying

const mayBeInterrupted = ({ seen, isOpen }: LineCall): boolean =>
  isOpen || seen?.is === 'ended' || (seen?.is === 'returned' && seen.errno === errnos.EINTR)
