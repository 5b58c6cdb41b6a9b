import { rules } from '../../model/catalogue/rules.ts'
import { distance } from '../nearest.ts'

/** The ids of rules that are most like this word, the most likely first; none where nothing is alike. */
export function nearestRules(word: string): readonly string[] {
  const wanted = word.toLowerCase()
  const parts = wanted.split(/[.-]/).filter((part) => part.length > 2)
  const awayFrom = (id: string): number => {
    const typed = distance(wanted, id)
    if (typed <= TYPING_MISTAKES) return typed - ALL_RIGHT
    const shared = parts.filter((part) => id.includes(part)).length
    return shared === 0 ? Number.POSITIVE_INFINITY : typed - shared * PART_WORTH
  }
  return rules
    .flatMap(({ id, also }) => [id, ...also])
    .map((id) => ({ id, away: awayFrom(id) }))
    .filter(({ away }) => away < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.away - b.away)
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
