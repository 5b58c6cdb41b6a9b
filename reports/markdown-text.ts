/** Text of others as Markdown that shows it and nothing else, on one line. */
export const inline = (text: string): string =>
  html(text)
    .trim()
    .replaceAll(/[\\`*_[\]#|~$]/g, '\\$&')
    .replace(/^[-+=]|^(\d+)(?=[.)])/, (first) => (/\d/.test(first) ? `${first}\\` : `\\${first}`))

/** The same as HTML. */
export const html = (text: string): string =>
  oneLine(text).replaceAll(/[&<>]/g, (sign) => entities[sign] ?? sign)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text as a code span. */
export function code(text: string): string {
  const line = oneLine(text)
  const ticks = '`'.repeat(longest(/`+/g, line) + 1)
  const space = ticks.length > 1 ? ' ' : ''
  return line.trim() === '' ? '' : `${ticks}${space}${line}${space}${ticks}`
}

/** Lines as a block of code. */
export function fenced(lines: readonly string[], language = 'text'): string {
  const shown = lines
    .slice(0, LINES_MAX)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').slice(0, COLUMNS_MAX))
  const rest = lines.length > LINES_MAX ? [`… ${lines.length - LINES_MAX} more lines`] : []
  const ticks = '`'.repeat(Math.max(3, longest(/`+/g, shown.join('\n')) + 1))
  return [`${ticks}${language}`, ...shown, ...rest, ticks].join('\n')
}

const LINES_MAX = 100
const COLUMNS_MAX = 200

/** A block that is opened by a click on its title, which is HTML. */
export const folded = (title: string, blocks: readonly string[]): string =>
  ['<details>', `<summary>${title}</summary>`, '', blocks.join('\n\n'), '', '</details>'].join('\n')

/** Markdown as a cell of a table. */
export const cell = (markdown: string): string => markdown.replaceAll(/(?<!\\)\|/g, '\\|')

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, TEXT_MAX)
const TEXT_MAX = 2000

const longest = (pattern: RegExp, text: string) =>
  Math.max(0, ...[...text.matchAll(pattern)].map(([run]) => run.length))
