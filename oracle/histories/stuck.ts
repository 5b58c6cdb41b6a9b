import { describeOutcomes } from '../words.ts'
import { boundOf, candidatesOf } from './candidates.ts'
import type { Stuck, StuckCall } from './history.ts'
import { seenOtherwise } from './in-the-end.ts'
import type { Node } from './node.ts'
import type { Search } from './successors.ts'

/** What the calls may come to that had to be next where the longest order ends. */
export function stuckAt(node: Node, { lines, effects, lives }: Search): Stuck {
  if (lives !== undefined && boundOf(node, lines) === Number.POSITIVE_INFINITY)
    return seenOtherwise(node, lives, lines, effects)
  const calls: StuckCall[] = []
  const rules = new Set<string>()
  const bound = boundOf(node, lines)
  for (const at of candidatesOf(node, lines, bound, effects.profile)) {
    const line = lines[at]
    const call = line?.calls[node.made[at] ?? 0]
    if (line === undefined || call === undefined) continue
    const found = effects.of(node.place, line.actor, call.call)
    const outcomes = found.map(({ outcome }) => outcome)
    const inCalls = Object.fromEntries(
      lines.flatMap(({ actor, calls: its }, other) => {
        const its_call = its[node.made[other] ?? 0]
        return its_call === undefined ? [] : [[actor, its_call.call]]
      }),
    )
    calls.push({
      at: call.at,
      allowed: describeOutcomes({ actor: call.actor, call: call.call }, outcomes, inCalls),
    })
    for (const { rules: its } of outcomes) for (const rule of its) rules.add(rule)
  }
  return { calls, rules: [...rules] }
}
