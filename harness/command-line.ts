import { HarnessError } from './problems.ts'

/**
 * Splits a command as a shell does, with single and double quotes and backslashes, but without variables, patterns
 * or operators. Throws `HarnessError` for an open quote; an empty text gives no words.
 */
export function splitCommand(text: string): string[] {
  const words: string[] = []
  for (const [word, behind, alone] of text.matchAll(WORD)) {
    if (behind !== undefined || alone !== undefined)
      throw new HarnessError(`A quote is not closed in the command \`${text}\`.`)
    words.push(word.replace(PIECE, unquote))
  }
  return words
}

/** A run of pieces; what only an open quote can explain is captured. */
const WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+(['"\\])?|(['"\\])/gs

const PIECE = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs

const unquote = (_: string, single?: string, double?: string, escaped?: string): string =>
  single ?? escaped ?? (double ?? '').replace(/\\(["\\$`])/g, '$1')
