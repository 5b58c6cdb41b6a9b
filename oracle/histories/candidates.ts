import type { Profile } from '../../model/profile.ts'
import { hasDeadline } from './late.ts'
import type { Line } from './lines.ts'
import { type Node, nextCall } from './node.ts'

/** The first of the times by which calls that are not over must be made, or over where they sleep. */
export function boundOf(node: Node, lines: readonly Line[]): number {
  let bound = Number.POSITIVE_INFINITY
  for (let at = 0; at < lines.length; at++) {
    const call = nextCall(node, lines, at)
    if (call === undefined) continue
    const isRisen = ((node.risen >> at) & 1) === 1 && (call.seen !== null || call.isOpen)
    const by = (node.asleep >> at) & 1 || isRisen ? call.back : call.madeBy
    if (by < bound) bound = by
  }
  return bound
}

/**
 * The lines whose next call may be the next to take effect, the one that was back first before the others; of several
 * that send, the one whose message was received first: a wrong order of theirs shows only then.
 */
export function candidatesOf(
  node: Node,
  lines: readonly Line[],
  bound: number,
  profile: Profile,
): readonly number[] {
  const found: number[] = []
  for (let at = 0; at < lines.length; at++) {
    const call = nextCall(node, lines, at)
    if (call === undefined || call.begin > bound || (node.spent >> at) & 1) continue
    if ((node.asleep >> at) & 1 && !mayRise(node, lines, at, profile)) continue
    let place = found.length
    while (place > 0 && madeBy(node, lines, found[place - 1] as number) > call.madeBy) place--
    found.splice(place, 0, at)
  }
  if (found.length > 1) sendersInOrder(node, lines, found)
  return found
}

function sendersInOrder(node: Node, lines: readonly Line[], found: number[]): void {
  const sends = (at: number) => nextCall(node, lines, at)?.call.name === 'msgsnd'
  const wanted = (at: number) => nextCall(node, lines, at)?.wantedAt ?? 0
  for (let one = 0; one < found.length; one++) {
    if (!sends(found[one] as number)) continue
    for (let other = one + 1; other < found.length; other++) {
      const [first, later] = [found[one] as number, found[other] as number]
      if (!sends(later) || wanted(first) <= wanted(later)) continue
      found[one] = later
      found[other] = first
    }
  }
}

/**
 * Whether a sleeper may be taken off its object and make its call again. A sender that is woken looks for room itself, and
 * somebody else may have been there; a signal wakes a sleeper, which may yet be told that it is done before it leaves. That
 * nobody overtakes those that are woken is Linux's way only (sem.wake.handoff).
 */
function mayRise(node: Node, lines: readonly Line[], at: number, { openChoices }: Profile): boolean {
  const call = nextCall(node, lines, at)
  const isOvertaken = openChoices === 'all' && !((node.risen >> at) & 1)
  if (call === undefined) return false
  if (call.seen === null && !call.isOpen) return isOvertaken
  if (call.isOpen && hasDeadline(call)) return true
  return (
    lines[at]?.isSignalled === true ||
    isOvertaken ||
    (call.call.name === 'msgsnd' && !((node.risen >> at) & 1))
  )
}

const madeBy = (node: Node, lines: readonly Line[], at: number) => nextCall(node, lines, at)?.madeBy ?? 0

/** All calls are over but those that sleep for good, or of which nothing is known any more. */
export function isOver(node: Node, lines: readonly Line[]): boolean {
  return boundOf(node, lines) === Number.POSITIVE_INFINITY
}
