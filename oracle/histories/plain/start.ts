import { hasSpaces } from '../../../model/spaces.ts'
import type { World } from '../../../model/world.ts'
import type { Numbering } from '../interned.ts'
import type { Transitions } from './transitions.ts'

/** What histories that begin in one world have in common. */
export class Start {
  readonly world: World
  readonly #transitions: Transitions
  readonly #standIns: ReadonlyMap<string, string>
  readonly #rows = new Map<string, number>()

  constructor(world: World, transitions: Transitions, numbering: Numbering) {
    this.world = world
    this.#transitions = transitions
    this.#standIns = standInsIn(world, numbering)
  }

  /** See `Transitions`. */
  rowOf(object: string): number {
    const known = this.#rows.get(object)
    if (known !== undefined) return known
    const row = this.#transitions.rowOf(this.world, object in this.world.queues ? object : undefined)
    this.#rows.set(object, row)
    return row
  }

  /** Who stands for an actor that sends or receives: see `standInsIn`. */
  standIn(actor: string): string {
    return this.#standIns.get(actor) ?? actor
  }
}

/**
 * Processes that are alike but for their names do the same to messages, where nobody looks at who did it: one stands for all
 * (symmetry: Ip and Dill, Better verification through symmetry, 1996).
 */
function standInsIn(world: World, numbering: Numbering): ReadonlyMap<string, string> {
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
