import { parseNumber } from '../../model/vocabulary/text/parse.ts'
import { waitStatusWords } from '../../oracle/status-words.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'

/** What a result is compared with: `# where FIELD COMPARISON VALUE`. */
export interface Condition {
  /** `value`, the return value, or the name of an output. */
  readonly field: string
  readonly comparison: '=' | '!=' | '<' | '>'
  /** A number, a list such as `{1 2}`, `exited 3`, `own`, or a name bound before. */
  readonly value: string
}

/** Reads `FIELD COMPARISON VALUE`. Throws `Error` saying what is wrong. */
export function parseCondition(text: string): Condition {
  const match = /^([a-z]\w*)\s*(=|!=|<|>)\s*(\S.*)$/.exec(text)
  if (match === null) throw new Error(`\`${text}\` is no condition (FIELD = VALUE, also with !=, <, >)`)
  const [, field = '', comparison, value = ''] = match
  return { field, comparison: comparison as Condition['comparison'], value }
}

/**
 * The results of a call by the names of its outputs, with the return value as `value` and the second in which the
 * system was at rest after it as `now`; ids, pids and addresses are numbers.
 */
export type Fields = Readonly<Record<string, unknown>>

/** Values by name: `arena` and `init`, what `# let` bound, and what calls made (`S = semget(…)`). */
export type Bound = Readonly<Record<string, unknown>>

/** Whether the results of a call are as the condition says. A field that is missing never is. */
export function isFulfilled(
  { field, comparison, value }: Condition,
  fields: Fields,
  bound: Bound,
  { identity }: TraceHeader,
): boolean {
  const seen = fields[field]
  if (seen === undefined) return false
  if (STATUS.test(value)) return (waitStatusWords(Number(seen)) === value) === (comparison === '=')
  const wanted =
    value === 'own' ? (field.endsWith('gid') ? identity.gid : identity.uid) : (bound[value] ?? literal(value))
  switch (comparison) {
    case '=':
      return String(seen) === String(wanted)
    case '!=':
      return String(seen) !== String(wanted)
    case '<':
      return Number(seen) < Number(wanted)
    case '>':
      return Number(seen) > Number(wanted)
  }
}

const STATUS = /^(exited \d+|killed by \w+|stopped by \w+|continued)$/

/** A name that nothing bound is no number. */
function literal(word: string): unknown {
  const list = /^\{(.*)\}$/.exec(word)?.[1]
  return list === undefined ? parseNumber(word) : list.trim().split(/\s+/).map(Number)
}
