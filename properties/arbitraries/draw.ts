import { type Randomness, seeded } from './random.ts'

/** Random choices of a generator; everything it decides comes from here, so that a seed repeats it. */
export interface Draw {
  /** 0…below-1. */
  int(below: number): number
  /** True in `share` of 100 cases. */
  chance(share: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
  /** An index into the weights, each as likely as its weight says; for lists that are made once. */
  index(weights: readonly number[]): number
  /** One of the weighted alternatives. */
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T
}

export function drawFrom(random: Randomness): Draw {
  const int = (below: number) => (below < 2 ? 0 : random.nextInt(0, below - 1))
  return {
    int,
    chance: (share) => int(100) < share,
    pick: (items) => items[int(items.length)] ?? items[0],
    index: (weights) => {
      let at = int(sumOf(weights))
      for (let index = 0; index < weights.length; index++) {
        at -= weights[index] ?? 0
        if (at < 0) return index
      }
      return 0
    },
    weighted: (items) => {
      let total = 0
      for (const [weight] of items) total += weight
      let at = int(total)
      for (const [weight, item] of items) {
        at -= weight
        if (at < 0) return item
      }
      throw new Error('weighted: nothing to choose from')
    },
  }
}

const sums = new WeakMap<readonly number[], number>()

function sumOf(weights: readonly number[]): number {
  let sum = sums.get(weights)
  if (sum === undefined) {
    sum = weights.reduce((total, weight) => total + weight, 0)
    sums.set(weights, sum)
  }
  return sum
}

/** The generator of scenario number `index` of a run: each scenario can be made again without those before it. */
export const randomFor = (seed: number, index: number): Randomness => seeded(mix(seed, index))

/** Mixes two 32-bit numbers so that neighbours do not resemble each other (the finalizer of MurmurHash3). */
function mix(seed: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
