import { ending, signalling, stopping } from '../../model/processes/clauses/index.ts'
import type { World } from '../../model/world.ts'
import type { Effects, Place } from './effects.ts'
import type { Lives, StuckCall } from './history.ts'
import type { Line } from './lines.ts'
import type { Node } from './node.ts'

type Life = 'running' | 'stopped' | 'dead'

/** Whether nobody has anything left to do, and all who were seen dead or stopped in the end are, and nobody else. */
export const isAsSeen = (place: Place, lives: Lives, effects: Effects): boolean =>
  effects.unfinished(place).length === 0 && othersThanSeen(place.world, lives).length === 0

/** The processes that were seen otherwise. */
function othersThanSeen(world: World, lives: Lives): readonly string[] {
  const names = new Set([...Object.keys(world.processes), ...lives.ended, ...lives.stopped])
  return [...names].filter(
    (name) => !(name in world.threads) && lifeIn(world, name) !== lifeSeen(lives, name),
  )
}

function lifeIn({ processes }: World, name: string): Life {
  const life = processes[name]?.lifecycle.life ?? 'zombie'
  return life === 'zombie' ? 'dead' : life
}

const lifeSeen = ({ ended, stopped }: Lives, name: string): Life =>
  ended.includes(name) ? 'dead' : stopped.includes(name) ? 'stopped' : 'running'

/** Who was seen otherwise in the end, by the last signal that he was sent, and the rules about it. */
export function seenOtherwise(
  { place }: Node,
  lives: Lives,
  lines: readonly Line[],
  effects: Effects,
): { readonly calls: readonly StuckCall[]; readonly rules: readonly string[] } {
  const rules = new Set<string>()
  const { world } = atRest(place, effects)
  const calls = othersThanSeen(world, lives).flatMap((name): readonly StuckCall[] => {
    const all = lines.flatMap((line) => line.calls).sort((a, b) => a.begin - b.begin)
    const last = all.filter(({ call }) => call.name === 'kill' && call.process === name).at(-1) ?? all.at(-1)
    if (last === undefined) return []
    const [is, seen] = [lifeIn(world, name), lifeSeen(lives, name)]
    for (const about of clausesOf(is, seen)) rules.add(about.id)
    return [{ at: last.at, seen: `${name} is ${seen} in the end`, allowed: [`${name} is ${is} in the end`] }]
  })
  return { calls, rules: [...rules] }
}

/** Where somebody has something left to do: one way in which everybody has done it. */
function atRest(place: Place, effects: Effects): Place {
  let rest = place
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const next = effects.unfinished(rest).flatMap((actor) => effects.later(rest, actor))[0]
    if (next === undefined) return rest
    rest = next.place
  }
  return rest
}

/** More than anybody has left to do. */
const STEPS_MAX = 1000

function clausesOf(is: Life, seen: Life) {
  if (is === 'dead' || seen === 'dead') return [signalling.fatalEnds, ending.killAlways, signalling.killSends]
  return is === 'stopped'
    ? [stopping.stops, signalling.killSends, stopping.continues]
    : [stopping.continues, signalling.killSends, stopping.stops]
}
