/** Words as they are typed into a shell. */
export const shellWords = (words: readonly string[]): string => words.map(shellWord).join(' ')

const shellWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
