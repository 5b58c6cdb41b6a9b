import { rules } from '../../model/catalogue/rules.ts'

/** The ids of rules that are most like this word, the most likely first; none where nothing is alike. */
export function nearestRules(word: string): readonly string[] {
  const wanted = word.toLowerCase()
  const parts = wanted.split(/[.-]/).filter((part) => part.length > 2)
  const distanceTo = (id: string): number => {
    const typed = editDistance(wanted, id)
    if (typed <= TYPING_MISTAKES) return typed - ALL_RIGHT
    const shared = parts.filter((part) => id.includes(part)).length
    return shared === 0 ? Number.POSITIVE_INFINITY : typed - shared * PART_WORTH
  }
  return rules
    .flatMap(({ id, also }) => [id, ...also])
    .map((id) => ({ id, distance: distanceTo(id) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, SHOWN_MAX)
    .map(({ id }) => id)
}

const SHOWN_MAX = 5
/** Letters that differ between what was meant and what was typed. */
const TYPING_MISTAKES = 3
/** A part of the id that is right counts as much as so many letters. */
const PART_WORTH = 12
/** More than all parts together are worth. */
const ALL_RIGHT = 1000

/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(changed, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return before[b.length] ?? 0
}
