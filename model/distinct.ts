/** Values of which no two are the same, in the order in which they came. */
export interface Distinct<T> {
  /** Keeps the value, or merges it into the one that is the same. */
  add(value: T, merged?: (known: T) => T): void
  all(): readonly T[]
}

/** More values than these are told apart by their keys, fewer by comparing them with each other. */
const FEW = 8

/** Collects values; the same are those with equal keys, which is what `isSame` tells without making the keys. */
export function createDistinct<T>(isSame: (a: T, b: T) => boolean, keyOf: (value: T) => string): Distinct<T> {
  const found: T[] = []
  let places: Map<string, number> | undefined
  const placeOf = (value: T): number => {
    if (found.length <= FEW) return found.findIndex((other) => isSame(value, other))
    places ??= new Map(found.map((other, at) => [keyOf(other), at]))
    const key = keyOf(value)
    const known = places.get(key)
    if (known === undefined) places.set(key, found.length)
    return known ?? -1
  }
  return {
    add(value, merged = (known) => known) {
      const at = placeOf(value)
      if (at < 0) found.push(value)
      else found[at] = merged(found[at] as T)
    },
    all: () => found,
  }
}
