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

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12 }

/** The bytes of `"a\\0\\n"`, which may have been cut short (`"ab"...`); undefined where it is no string. */
export function bytesOfString(text: string): readonly number[] | undefined {
  if (!text.startsWith('"')) return undefined
  const end = endOfString(text, 0)
  if (end < 0) return undefined
  return [...text.slice(1, end).matchAll(/\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))|([^\\])/g)].map(
    ([, hex, octal, letter, plain]) => {
      if (hex !== undefined) return Number.parseInt(hex, 16)
      if (octal !== undefined) return Number.parseInt(octal, 8)
      if (letter !== undefined) return escapes[letter] ?? letter.charCodeAt(0)
      return plain?.charCodeAt(0) ?? 0
    },
  )
}

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
