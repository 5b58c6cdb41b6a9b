import { Pairs } from './pairs.ts'

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
export interface Steps {
  readonly list: number
  readonly record: number
  from(place: number, word: number): number
  size(): number
}

export function createSteps(): Steps {
  const places = new Pairs()
  let count = 2
  return {
    ...{ list: 1, record: 2, size: () => count },
    from(place, word) {
      const known = places.get(place, word)
      if (known !== 0) return known
      places.add(place, word, ++count)
      return count
    },
  }
}
