import { errnos } from '../../model/vocabulary/names.ts'
import { parseNumber } from '../../model/vocabulary/text/parse.ts'
import type { Quantifier } from './litmus-test.ts'
import { errorAt, type Placed } from './place.ts'
import type { Comparison, Proposition } from './proposition.ts'

export interface Condition {
  readonly quantifier: Quantifier
  readonly proposition: Proposition
}

/** Reads `exists`, `forall` or `~exists` and a proposition. @throws LitmusSyntaxError naming the place in `file`. */
export function parseCondition(placed: Placed, file: string): Condition {
  const words = tokens(placed, file)
  const end = placed.offset + placed.text.trimEnd().length
  let at = 0
  const peek = () => words[at]?.text
  const fail = (problem: string) => errorAt(file, words[at]?.offset ?? end, problem)
  const next = (wanted: string) => {
    if (peek() !== wanted) throw fail(`expected \`${wanted}\`, found ${found(peek())}`)
    at++
  }

  function quantifier(): Quantifier {
    const isNegated = peek() === '~' || peek() === 'not'
    if (isNegated) at++
    const word = peek()
    if (word !== 'exists' && (word !== 'forall' || isNegated))
      throw fail(`expected \`exists\`, \`~exists\` or \`forall\`, found ${found(word)}`)
    at++
    return isNegated ? '~exists' : word
  }
  const joined = (is: 'and' | 'or', sign: string, part: () => Proposition) => (): Proposition => {
    const of = [part()]
    while (peek() === sign) {
      at++
      of.push(part())
    }
    const [only] = of
    return of.length === 1 && only !== undefined ? only : { is, of }
  }
  const unary = (): Proposition => {
    if (peek() === '~' || peek() === 'not') {
      at++
      return { is: 'not', of: unary() }
    }
    if (peek() === '(') {
      at++
      const inside = either()
      next(')')
      return inside
    }
    if (peek() === 'true') {
      at++
      return { is: 'true' }
    }
    return atom()
  }
  const atom = (): Proposition => {
    const name = peek() ?? ''
    if (!/^[A-Za-z]/.test(name))
      throw fail(`expected a name such as A.1, S[0] or Q.qnum, found ${found(peek())}`)
    at++
    const comparison = comparisons[peek() ?? '']
    if (comparison === undefined) throw fail(`expected =, <>, <, <=, > or >=, found ${found(peek())}`)
    at++
    const word = peek()
    if (word === undefined || !/^[-+\w]/.test(word)) throw fail(`expected a value, found ${found(word)}`)
    const value = valueIn(word)
    if (value === undefined) throw fail(`\`${word}\` is no number, error or word such as ok or asleep`)
    if (typeof value === 'string' && comparison !== '=' && comparison !== '<>')
      throw fail(`\`${word}\` is not less or greater than anything`)
    at++
    return { is: 'atom', name, comparison, value }
  }
  const both = joined('and', '/\\', unary)
  const either = joined('or', '\\/', both)

  const asked = quantifier()
  const proposition = either()
  if (at < words.length) throw fail(`expected /\\, \\/ or the end of the file, found ${found(peek())}`)
  return { quantifier: asked, proposition }
}

const found = (word: string | undefined) => (word === undefined ? 'the end of the file' : `\`${word}\``)

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** Numbers as numbers; errors, processes and words as they are. */
function valueIn(word: string): number | string | undefined {
  if (word in errnos || /^[A-Za-z]\w*$/.test(word)) return word
  try {
    return Number(parseNumber(word))
  } catch {
    return undefined
  }
}

const TOKEN = /\s+|\/\\|\\\/|<>|!=|<=|>=|[=<>~()]|[A-Za-z]\w*(?:\[\d+\])?(?:\.\w+)*|[-+]?\w+/y

function tokens({ text, offset }: Placed, file: string): readonly Placed[] {
  const words: Placed[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw errorAt(file, offset + at, `\`${text[at]}\` has no meaning here`)
    if (match[0].trim() !== '') words.push({ text: match[0], offset: offset + at })
  }
  return words
}
