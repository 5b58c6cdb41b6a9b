import type { Shard } from '../../oracle/run.ts'

/** A run that is not split. */
export const whole: Shard = { number: 1, of: 1 }

/** The index in the whole of the nth item (from 0) of a shard: it takes every `of`-th. */
export const indexIn = ({ number, of }: Shard, nth: number): number => nth * of + number - 1

/** How many of `total` items fall to the shard. */
export const countIn = ({ number, of }: Shard, total: number): number =>
  Math.max(0, Math.ceil((total - number + 1) / of))

/** The items that fall to the shard. */
export const partOf = <T>(shard: Shard, items: readonly T[]): readonly T[] =>
  Array.from({ length: countIn(shard, items.length) }, (_, nth) => items[indexIn(shard, nth)] as T)
