import { nearest } from './nearest.ts'
import { UsageError } from './usage-error.ts'

/** One of the named choices; anything else is refused with the list of them. */
export function choose<T extends { readonly name: string }>(
  what: string,
  word: string,
  choices: readonly T[],
  command: string,
): T {
  const found = choices.find(({ name }) => name === word)
  if (found !== undefined) return found
  throw new UsageError(
    unknown(
      what,
      word,
      choices.map(({ name }) => name),
      command,
    ),
  )
}

export const unknown = (what: string, word: string, names: readonly string[], command: string): string =>
  `there is no ${what} \`${word}\`${meant(nearest(word, names))}: choose from ${names.join(', ')}. See \`ipc-oracle ${command} --help\`.`

const meant = (name: string | undefined) => (name === undefined ? '' : ` (did you mean \`${name}\`?)`)
