/** Breaks text at blanks into lines of at most `width` characters; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
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
