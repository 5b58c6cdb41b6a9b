/** A piece of C that a reproducer has if anything in it uses one of the words that the piece defines. */
export interface Part {
  /** Words separated by spaces; those of functions and macros with `()`. */
  readonly defines: string
  readonly text: string
}

/** The parts that a text uses, those that these use among them, in their order. */
export function partsOf(text: string, all: readonly Part[]): readonly Part[] {
  const used = new Set<Part>()
  let reached = text
  for (let before = -1; before !== used.size; ) {
    before = used.size
    for (const part of all)
      if (!used.has(part) && part.defines.split(' ').some((word) => uses(reached, word))) {
        used.add(part)
        reached += part.text
      }
  }
  return all.filter((part) => used.has(part))
}

/** Whether the word is in the text, comments and strings aside; `word()` only as a call. */
export function uses(text: string, word: string): boolean {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|"(\\.|[^"\\])*"/g, '')
  return new RegExp(word.endsWith('()') ? `\\b${word.slice(0, -2)}\\(` : `\\b${word}\\b`).test(code)
}
