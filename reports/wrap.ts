/**
 * Breaks text at blanks into lines of at most `width` characters. A longer word stands alone, unless it is to be broken
 * as well: behind a dot, a dash or a bar, or wherever it must be.
 */
export function wrap(text: string, width: number, longWords: 'stand' | 'break' = 'stand'): readonly string[] {
  const lines: string[] = []
  let line = ''
  const words = text.split(/\s+/).filter(Boolean)
  for (const word of longWords === 'break' ? words.flatMap((each) => pieces(each, width)) : words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function pieces(word: string, width: number): readonly string[] {
  if (word.length <= width || width < 1) return [word]
  const begin = word.slice(0, width)
  const head = /^.*[.\-|,]/.exec(begin)?.[0] ?? /^.*_/.exec(begin)?.[0] ?? begin
  return [head, ...pieces(word.slice(head.length), width)]
}

/** The text wrapped within `columns`, each line behind `first` or, from the second on, behind as many blanks. */
export const hanging = (first: string, text: string, columns: number): readonly string[] =>
  wrap(text, Math.max(columns - first.length, WIDTH_MIN)).map((line, index) =>
    `${index === 0 ? first : ' '.repeat(first.length)}${line}`.trimEnd(),
  )

const WIDTH_MIN = 30

export const numberWords = (value: number): string => Math.round(value).toLocaleString('en-US')

/** `1 scenario`, `21,034 scenarios`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${numberWords(count)} ${count === 1 ? one : many}`
