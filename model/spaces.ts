import type { Moment } from './moment.ts'
import type { Call } from './vocabulary/forms.ts'
import { processOf, type Space, type World } from './world.ts'

/** The namespace in which a scenario starts. The others are named by the process that made them, and when. */
export const HOME = ''

/** Whether some process is, or was, in another namespace. */
export function hasSpaces(world: World): boolean {
  // Asked several times a step: a loop makes no list.
  for (const _ in world.spaces) return true
  return false
}

/** The namespace of an actor; one that is gone leaves no trace of it. */
export const spaceOf = (world: World, actor: string): string =>
  world.processes[processOf(world, actor)]?.lifecycle.space ?? HOME

/** The world as it is seen in a namespace: its objects, keys, limits and settings. */
export function seenFrom(world: World, space: string): World {
  if (world.space === space) return world
  const { sets, queues, segments, freedKeys, limits, settings } = world
  const { [space]: entered, ...others } = world.spaces
  if (entered === undefined) return world
  const left: Space = { sets, queues, segments, freedKeys, limits, settings }
  return { ...world, ...entered, space, spaces: { ...others, [world.space]: left } }
}

/** Does something to a process among the objects of its own namespace. */
export function inSpaceOf(moment: Moment, process: string, act: () => void): void {
  if (!hasSpaces(moment.world)) {
    act()
    return
  }
  const before = moment.world.space
  moment.world = seenFrom(moment.world, spaceOf(moment.world, process))
  act()
  moment.world = seenFrom(moment.world, before)
}

/** Makes a new, empty namespace; nobody is in it yet. */
export function makeSpace(moment: Moment, space: string, empty: Space): void {
  moment.world = { ...moment.world, spaces: { ...moment.world.spaces, [space]: empty } }
}

/** Notes in which namespace the variable of a call got its value. */
export function noteMadeIn(moment: Moment, call: Call): void {
  const { space, madeIn } = moment.world
  if (space === HOME || !('as' in call)) return
  moment.world = { ...moment.world, madeIn: { ...madeIn, [call.as]: space } }
}

/**
 * Whether it is known what the call finds: an identifier of another namespace may be in use here as well, unless nothing was
 * ever made here. Memory that stays attached, deadlines and chosen pids are not followed across namespaces.
 */
export function isKnownHere(world: World, actor: string, call: Call): boolean {
  if (world.settings.pidsChosen && takesAPid(call)) return false
  if (!hasSpaces(world)) return true
  if (call.name === 'setnextpid') return false
  const here = spaceOf(world, actor)
  if (call.name === 'semtimedop' && here !== HOME) return false
  const isNew = here !== HOME && seenFrom(world, here).settings.recycled === false
  return objectsOf(call).every((name) => (world.madeIn[name] ?? HOME) === here || isNew)
}

/** Makes processes whose number nobody has chosen, or leaves to where the chosen pids are not kept. */
const takesAPid = ({ name }: Call): boolean =>
  name === 'vfork' || name === 'inside' || name === 'unshare' || /^ipc(s|rm)\./.test(name)

const objectsOf = (call: Call): readonly string[] =>
  ['set', 'queue', 'segment', 'object'].flatMap((field) => {
    const value = (call as unknown as Readonly<Record<string, unknown>>)[field]
    return typeof value === 'string' ? [value] : []
  })
