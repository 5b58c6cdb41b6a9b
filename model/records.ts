/**
 * Copies of records, made by loops and only here: a spread gives its copies a hidden class of its own at each place
 * where it stands, so that whoever reads them becomes slow. For the same reason copies of the model's other data write
 * out their fields (`changedWorld`, `changedSet`, …), in the order in which they are made.
 */
export function withEntry<T>(
  record: Readonly<Record<string, T>>,
  name: string | number,
  value: T,
): Readonly<Record<string, T>> {
  const changed: Record<string, T> = {}
  for (const each in record) changed[each] = record[each] as T
  changed[name] = value
  return changed
}

export function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  const rest: Record<string, T> = {}
  for (const each in record) if (each !== name) rest[each] = record[each] as T
  return rest
}
