import type { ExaminedClaim } from './verdict.ts'

/** Two claims of which one says something else than the other. */
export interface Contradiction {
  readonly one: ExaminedClaim
  readonly other: ExaminedClaim
  /** The one that is right, or nearer to it; null where both fare alike, or one was not decided. */
  readonly better: ExaminedClaim | null
}

/** The contradictions among the claims, each once. */
export function contradictionsAmong(examined: readonly ExaminedClaim[]): readonly Contradiction[] {
  return examined.flatMap((one, at) =>
    examined
      .slice(at + 1)
      .filter((other) => contradict(one, other))
      .map((other) => ({ one, other, better: betterOf(one, other) })),
  )
}

const contradict = ({ claim: one }: ExaminedClaim, { claim: other }: ExaminedClaim) =>
  one.contradicts.includes(other.id) || other.contradicts.includes(one.id)

function betterOf(one: ExaminedClaim, other: ExaminedClaim): ExaminedClaim | null {
  const [a, b] = [ranks.indexOf(one.verdict), ranks.indexOf(other.verdict)]
  if (a < 0 || b < 0 || a === b) return null
  return a > b ? one : other
}

const ranks: readonly string[] = ['does not hold', 'imprecise', 'holds']
