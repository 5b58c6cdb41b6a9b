/** A litmus file that cannot be read; the message begins with line and column, from 1. */
export class LitmusSyntaxError extends Error {
  override name = 'LitmusSyntaxError'
}

/** Where something stands in a file: an offset in its text. */
export function errorAt(text: string, offset: number, problem: string): LitmusSyntaxError {
  const before = text.slice(0, offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return new LitmusSyntaxError(`line ${before.length}, column ${column}: ${problem}`)
}

/** A part of a file, which knows where it stands in it. */
export interface Placed {
  readonly text: string
  readonly offset: number
}

/** Without the blanks around it. */
export function trimmed({ text, offset }: Placed): Placed {
  const begin = text.length - text.trimStart().length
  return { text: text.trim(), offset: offset + begin }
}

/** The parts between separators that stand outside any brackets. */
export function splitAt({ text, offset }: Placed, separator: string): readonly Placed[] {
  const parts: Placed[] = []
  let depth = 0
  let begin = 0
  for (let at = 0; at <= text.length; at++) {
    const character = text[at] ?? separator
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character)) depth--
    if (at < text.length && (character !== separator || depth > 0)) continue
    parts.push({ text: text.slice(begin, at), offset: offset + begin })
    begin = at + 1
  }
  return parts
}
