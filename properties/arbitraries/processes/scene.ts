import type { Lifecycle } from '../../../model/processes/state.ts'
import type { World } from '../../../model/world.ts'
import { processOf } from '../../../model/world.ts'
import type { Draw } from '../draw.ts'
import { MADE_ACTORS_MAX } from '../made.ts'
import type { Setting } from '../setting.ts'

/** The processes of a world, sorted by what can be done with them. */
export interface Scene {
  readonly draw: Draw
  readonly world: World
  readonly fresh: (letter: string) => string
  readonly made: (letter: string) => readonly string[]
  readonly able: readonly string[]
  /** Zombies too. */
  readonly everybody: readonly string[]
  readonly stopped: readonly string[]
  /** Inside a call of any family and not stopped. */
  readonly asleep: readonly string[]
  readonly zombies: readonly string[]
  /** Forked in the scenario, and waited for or vanished by now. */
  readonly gone: readonly string[]
  /** Parents with their children. */
  readonly children: Readonly<Record<string, readonly string[]>>
  /** Whether the world has objects of other families, so that this one is only a guest. */
  readonly isGuest: boolean
  readonly canFork: boolean
}

/** Processes at one time. */
const PROCESSES_MAX = 12

/** The letters of forked children, in every family, and of pidfds. */
export const CHILD = 'E'
export const PIDFD = 'P'

const nobody: readonly string[] = []

export function sceneOf({ draw, world, able, fresh, made }: Setting): Scene {
  const everybody = Object.keys(world.processes)
  const stopped: string[] = []
  const asleep: string[] = []
  const zombies: string[] = []
  const children: Record<string, string[]> = {}
  for (const name of everybody) {
    const process = world.processes[name]
    if (process === undefined) continue
    const { parent, life } = process.lifecycle
    const siblings = children[parent]
    if (siblings === undefined) children[parent] = [name]
    else siblings.push(name)
    if (life === 'zombie') zombies.push(name)
    else if (life === 'stopped') stopped.push(name)
    else if (process.activity.is !== 'idle') asleep.push(name)
  }
  const forked = made(CHILD)
  return {
    draw,
    world,
    fresh,
    made,
    able,
    everybody,
    stopped,
    asleep,
    zombies,
    gone: forked.filter((name) => world.processes[name] === undefined),
    children,
    isGuest: !(isEmpty(world.sets) && isEmpty(world.queues) && isEmpty(world.segments)),
    canFork: everybody.length < PROCESSES_MAX && forked.length < MADE_ACTORS_MAX,
  }
}

export const newChild = ({ fresh }: Scene): string => fresh(CHILD)

export const childrenOf = ({ children, world }: Scene, name: string): readonly string[] =>
  children[processOf(world, name)] ?? nobody

export const lifecycleOf = ({ world }: Scene, name: string): Lifecycle | undefined =>
  world.processes[processOf(world, name)]?.lifecycle

/** One of the roots, which are there from the start. */
export const isRoot = (name: string): boolean => name.length === 1 && name <= 'D'

/** The signals with such an action, ascending. */
export function signalsWith(scene: Scene, name: string, disposition: 'ignore' | 'handler'): number[] {
  const actions = lifecycleOf(scene, name)?.actions ?? {}
  const found: number[] = []
  for (const signal in actions) if (actions[signal]?.disposition === disposition) found.push(Number(signal))
  return found
}

/** An element; undefined where there is none. */
export const oneOf = <T>({ draw }: Scene, items: readonly T[]): T | undefined => items[draw.int(items.length)]

const isEmpty = (record: object) => {
  for (const _ in record) return false
  return true
}
