/**
 * What can be told of an end, by name: results of calls (`A.2`, or `A.2.type` of what it stored), what an actor does (`A`),
 * semaphores (`S[0]`, `S[0].ncnt`), queues (`Q.qnum`), segments (`M.nattch`), whether an object is there (`S`). A value is
 * a number, a list, the name of an error or of a process, or a word such as `ok` or `asleep`.
 */
export type End = Readonly<Record<string, number | string>>

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

export type Proposition =
  | { readonly is: 'true' }
  | { readonly is: 'not'; readonly of: Proposition }
  | { readonly is: 'and' | 'or'; readonly of: readonly Proposition[] }
  | {
      readonly is: 'atom'
      readonly name: string
      readonly comparison: Comparison
      readonly value: number | string
    }

/** Whether it is true of an end. A name that the end does not have is equal to nothing. */
export function isTrue(proposition: Proposition, end: End): boolean {
  switch (proposition.is) {
    case 'true':
      return true
    case 'not':
      return !isTrue(proposition.of, end)
    case 'and':
      return proposition.of.every((each) => isTrue(each, end))
    case 'or':
      return proposition.of.some((each) => isTrue(each, end))
    case 'atom':
      return compares[proposition.comparison](end[proposition.name], proposition.value)
  }
}

type Test = (value: number | string | undefined, wanted: number | string) => boolean

/** Any success is `ok`. */
const isEqual: Test = (value, wanted) => value === wanted || (wanted === 'ok' && typeof value === 'number')

const inOrder =
  (test: (a: number, b: number) => boolean): Test =>
  (value, wanted) =>
    typeof value === 'number' && typeof wanted === 'number' && test(value, wanted)

const compares: Readonly<Record<Comparison, Test>> = {
  '=': isEqual,
  '<>': (value, wanted) => !isEqual(value, wanted),
  '<': inOrder((a, b) => a < b),
  '<=': inOrder((a, b) => a <= b),
  '>': inOrder((a, b) => a > b),
  '>=': inOrder((a, b) => a >= b),
}

/** The names that it mentions, each once. */
export function namesIn(proposition: Proposition): readonly string[] {
  if (proposition.is === 'atom') return [proposition.name]
  if (proposition.is === 'true') return []
  const parts = proposition.is === 'not' ? [proposition.of] : proposition.of
  return [...new Set(parts.flatMap(namesIn))]
}

/** As it is written in a file. */
export function printProposition(proposition: Proposition): string {
  switch (proposition.is) {
    case 'true':
      return 'true'
    case 'not':
      return `~${inParentheses(proposition.of)}`
    case 'and':
    case 'or':
      return proposition.of.map(inParentheses).join(proposition.is === 'and' ? ' /\\ ' : ' \\/ ')
    case 'atom':
      return `${proposition.name} ${proposition.comparison} ${proposition.value}`
  }
}

const inParentheses = (proposition: Proposition) =>
  proposition.is === 'and' || proposition.is === 'or'
    ? `(${printProposition(proposition)})`
    : printProposition(proposition)
