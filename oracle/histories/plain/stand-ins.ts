import { hasSpaces } from '../../../model/spaces.ts'
import type { World } from '../../../model/world.ts'
import type { Numbering } from '../interned.ts'

/**
 * Who stands for whom where messages are sent and received. Processes that are alike but for their names do the same to messages, where
 * nobody looks at who did it: one stands for all (symmetry: Ip and Dill, Better verification through symmetry, 1996).
 */
export function standInsIn(world: World, numbering: Numbering): ReadonlyMap<string, string> {
  const standIns = new Map<string, string>()
  const firsts = new Map<number, string>()
  if (hasSpaces(world) || Object.keys(world.threads).length > 0) return standIns
  for (const [name, { activity, identity, limits, lifecycle }] of Object.entries(world.processes)) {
    const { life, firstThread, space } = lifecycle
    const number = numbering.numberOf({ activity, identity, limits, life, firstThread, space })
    const first = firsts.get(number) ?? name
    firsts.set(number, first)
    standIns.set(name, first)
  }
  return standIns
}
