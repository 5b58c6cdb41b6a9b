import type { World } from '../../../model/world.ts'
import type { TimedCall } from '../history.ts'
import { linesOf } from '../lines.ts'
import { messageOrderOf, type Needs } from '../message-order.ts'
import type { Part, PlainCalls } from './calls.ts'

/**
 * What the order of messages demands of the calls of a part (see `messageOrderOf`): how many calls of each line must be over
 * before a call, by its index in the history. `impossible`: no order is one of messages. Undefined: nothing is known.
 */
export function messageNeedsOf(
  timed: readonly TimedCall[],
  part: Part,
  calls: PlainCalls,
  world: World,
): Needs | 'impossible' | undefined {
  const indexes = calls.of(part)
  const lines = linesOf(indexes.map((at) => timed[at] as TimedCall))
  const order = messageOrderOf(lines, world)
  if (order === undefined) return undefined
  if (order.contradiction < Number.POSITIVE_INFINITY) return 'impossible'
  const places = lines.map(({ actor }) => calls.lineOf(actor))
  const needs: (readonly number[] | undefined)[] = []
  for (const [at, need] of order.needsUntil(order.contradiction).entries()) {
    if (need === undefined) continue
    const byLine: number[] = new Array(calls.lines).fill(0)
    for (const [line, place] of places.entries()) byLine[place] = need[line] as number
    needs[indexes[at] as number] = byLine
  }
  return needs
}
