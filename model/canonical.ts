const keys = new WeakMap<object, string>()

/**
 * Equal values have equal keys, in whatever order their fields were written. Keys are remembered by identity, so a
 * forked world pays only for the branch that changed.
 */
export function canonicalKey(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const known = keys.get(value)
  if (known !== undefined) return known
  const key = Array.isArray(value) ? keyOfList(value) : keyOfRecord(value)
  keys.set(value, key)
  return key
}

const keyOfList = (items: readonly unknown[]) => `[${items.map(canonicalKey)}]`

const keyOfRecord = (record: object) =>
  `{${Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, value]) => `${JSON.stringify(field)}:${canonicalKey(value)}`)}}`

/** Whether two values have equal keys: soon told where they share most of their parts. */
export function areEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false
    for (let at = 0; at < a.length; at++) if (!areEqual(a[at], b[at])) return false
    return true
  }
  const [one, other] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  let fields = 0
  for (const field in one) {
    if (!(field in other) || !areEqual(one[field], other[field])) return false
    fields++
  }
  for (const _ in other) fields--
  return fields === 0
}
