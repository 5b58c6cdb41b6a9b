const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * Splits at the commas that stand in no bracket, string or comment. Undefined where brackets do not match:
 * then the text is not what strace writes.
 */
export function splitArguments(text: string): readonly string[] | undefined {
  if (text === '') return []
  const parts: string[] = []
  const open: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string
    if (character === '"') {
      at = endOfString(text, at)
      if (at < 0) return undefined
    } else if (character === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at)
      if (end < 0) return undefined
      at = end + 1
    } else if (character in closing) open.push(closing[character] as string)
    else if (character === ')' || character === ']' || character === '}') {
      if (open.pop() !== character) return undefined
    } else if (character === ',' && open.length === 0) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  if (open.length > 0) return undefined
  const last = text.slice(from).trim()
  if (last !== '') parts.push(last)
  return parts
}

/** The place of the quote that ends the string that begins at `from`; -1 if there is none. */
export function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === QUOTE) return at
  }
  return -1
}

const BACKSLASH = 92
const QUOTE = 34

/** The fields of `{a=1, b={c=2}}`; an empty record where the text is no structure. */
export function fieldsOf(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined || !text.startsWith('{') || !text.endsWith('}')) return {}
  const fields: Record<string, string> = {}
  for (const part of splitArguments(text.slice(1, -1)) ?? []) {
    const equals = part.indexOf('=')
    if (equals > 0) fields[part.slice(0, equals)] = part.slice(equals + 1)
  }
  return fields
}

/** The elements of `[a, b]`; undefined where the text is no list, or one that strace cut short. */
export function elementsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || !text.startsWith('[') || !text.endsWith(']')) return undefined
  const parts = splitArguments(text.slice(1, -1))
  return parts?.includes('...') ? undefined : parts
}
