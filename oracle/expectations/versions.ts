/**
 * Compares versions number by number, as in `6.1.0-18` and `6.12`: negative if `a` is the older one, 0 if the numbers
 * that both have agree. Whatever is no number only separates.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const numbersOf = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number)

/** Whether a version lies in `since ≤ version < until`; empty bounds are none, and an unknown version lies everywhere. */
export const isWithin = (version: string, since: string, until: string): boolean =>
  version === '' ||
  ((since === '' || compareVersions(version, since) >= 0) &&
    (until === '' || compareVersions(version, until) < 0))
