/** The name that was most likely meant by a word, if one is near. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  const [best] = names
    .map((name) => ({ name, away: distance(lower, name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)
  return best !== undefined && best.away <= Math.max(2, word.length * FAR) ? best.name : undefined
}

/** Letters that may be wrong, for each letter of the word. */
const FAR = 0.4

/** How many letters have to be changed, left out or put in (Levenshtein's distance). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
