import type { Setting } from './setting.ts'

/** One of the first `count` keys of the scenario; seldom, where nobody else has any, a key that is negative. */
export const aKey = ({ draw, world }: Pick<Setting, 'draw' | 'world'>, count: number): number =>
  world.facts.alone && draw.chance(3) ? draw.pick([-1, -2, -2147483648]) : 1 + draw.int(count)
