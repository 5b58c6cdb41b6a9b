/**
 * Equal values become one number each. What was numbered is remembered by identity, so that a changed value pays only for
 * the parts that changed.
 */
export interface Numbering {
  numberOf(value: object): number
  size(): number
}

export function createNumbering(): Numbering {
  const known = new WeakMap<object, number>()
  const byWords = new Map<string, number>()
  const numberOf = (value: object): number => {
    const number = known.get(value)
    if (number !== undefined) return number
    const words = Array.isArray(value) ? listWords(value) : recordWords(value as Record<string, unknown>)
    const fresh = byWords.get(words) ?? byWords.size
    byWords.set(words, fresh)
    known.set(value, fresh)
    return fresh
  }
  const listWords = (items: readonly unknown[]) => {
    let words = '['
    for (const item of items) words += `${word(item)},`
    return words
  }
  const recordWords = (record: Readonly<Record<string, unknown>>) => {
    let words = '{'
    for (const name of Object.keys(record).sort()) words += `${name}:${word(record[name])},`
    return words
  }
  const word = (value: unknown): string => {
    if (typeof value === 'number') return String(value)
    if (typeof value === 'object' && value !== null) return `#${numberOf(value)}`
    return typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? 'undefined')
  }
  return { numberOf, size: () => byWords.size }
}
