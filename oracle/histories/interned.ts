/**
 * Equal values become one number each. What was numbered is remembered by identity, so that a changed value pays only for
 * the parts that changed.
 */
export interface Numbering {
  numberOf(value: object): number
  size(): number
}

export function createNumbering(): Numbering {
  const objects = new Map<object, number>()
  const plain = new Map<unknown, number>()
  const steps = createSteps()
  const numberOf = (value: object): number => {
    const known = objects.get(value)
    if (known !== undefined) return known
    const number = Array.isArray(value) ? listNumber(value) : recordNumber(value as Record<string, unknown>)
    objects.set(value, number)
    return number
  }
  const listNumber = (items: readonly unknown[]): number => {
    let at = steps.list
    for (const item of items) at = steps.from(at, word(item))
    return at
  }
  /** In the order of the names, as they were first seen. */
  const recordNumber = (record: Readonly<Record<string, unknown>>): number => {
    const names: number[] = []
    const words: number[] = []
    for (const name in record) {
      const number = word(name)
      let place = names.length
      for (; place > 0 && (names[place - 1] as number) > number; place--) {
        names[place] = names[place - 1] as number
        words[place] = words[place - 1] as number
      }
      names[place] = number
      words[place] = word(record[name])
    }
    let at = steps.record
    for (let place = 0; place < names.length; place++)
      at = steps.from(steps.from(at, names[place] as number), words[place] as number)
    return at
  }
  /** Odd for an object, even for anything else. */
  const word = (value: unknown): number => {
    if (typeof value === 'object' && value !== null) return 2 * numberOf(value) + 1
    const known = plain.get(value)
    if (known !== undefined) return known
    const fresh = 2 * plain.size
    plain.set(value, fresh)
    return fresh
  }
  return { numberOf, size: () => objects.size }
}

/** The places of a tree of words, each a number: from one place a word leads to another one, always the same. */
interface Steps {
  readonly list: number
  readonly record: number
  from(place: number, word: number): number
}

/** A table of its own: a map would need an object for each step. */
function createSteps(): Steps {
  let mask = (1 << 14) - 1
  let places = new Int32Array(mask + 1)
  let words = new Int32Array(mask + 1)
  let next = new Int32Array(mask + 1)
  /** The places of the tree; 0 in the table says that nothing is there. */
  let count = 2
  const slotOf = (place: number, word: number): number => {
    let slot = (Math.imul(place, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    while (next[slot] !== 0 && (places[slot] !== place || words[slot] !== word)) slot = (slot + 1) & mask
    return slot
  }
  const grow = () => {
    const [oldPlaces, oldWords, oldNext] = [places, words, next]
    mask = 2 * mask + 1
    places = new Int32Array(mask + 1)
    words = new Int32Array(mask + 1)
    next = new Int32Array(mask + 1)
    for (let at = 0; at < oldNext.length; at++) {
      if (oldNext[at] === 0) continue
      const slot = slotOf(oldPlaces[at] as number, oldWords[at] as number)
      places[slot] = oldPlaces[at] as number
      words[slot] = oldWords[at] as number
      next[slot] = oldNext[at] as number
    }
  }
  return {
    ...{ list: 1, record: 2 },
    from(place, word) {
      const slot = slotOf(place, word)
      if (next[slot] !== 0) return next[slot] as number
      places[slot] = place
      words[slot] = word
      next[slot] = ++count
      if (2 * count > mask) grow()
      return count
    },
  }
}
