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
