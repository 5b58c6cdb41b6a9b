import { type Call, type FormName, formNames, formOf } from '../forms.ts'
import { errnos, INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, operationFlags, signals } from '../names.ts'
import type { Scenario, Step } from '../scenario.ts'
import type { Argument, ArgumentKind, ArgumentTypes, Names, Operation } from '../shape.ts'
import { commandPlace } from './print.ts'

/** What a line says after `->`: how the call (or the sleeper) is expected to come back. */
export type Expectation =
  | { readonly is: 'ok' | 'blocks' | 'ends' | 'none' }
  | { readonly is: 'value'; readonly value: number | bigint }
  | { readonly is: 'errno'; readonly errno: string }
  | { readonly is: 'fault'; readonly signal: string }

/** `returns`: the line says that the actor, asleep before, came back in the step before; it is no step of its own. */
export interface ScenarioLine {
  readonly line: number
  readonly text: string
  readonly step: Step | 'returns'
  readonly actor: string
  readonly expectation: Expectation
}

export interface ScenarioText {
  readonly scenario: Scenario
  /** The ids after `# rules:`. */
  readonly rules: readonly string[]
  readonly lines: readonly ScenarioLine[]
}

/** A line that cannot be read; the message names the line and says what is wrong. */
export class ScenarioSyntaxError extends Error {
  override name = 'ScenarioSyntaxError'
}

/**
 * Reads the scenario text: one step a line, `[ACTOR:] [VARIABLE =] call(arguments) [-> expectation]`, comments after
 * `#`; the first comment is the title, `# rules:` lists rule ids.
 * @throws ScenarioSyntaxError naming line and fault.
 */
export function parseScenario(text: string): ScenarioText {
  const rules: string[] = []
  const lines: ScenarioLine[] = []
  let title = ''
  text.split('\n').forEach((raw, index) => {
    const line = index + 1
    const trimmed = raw.trim()
    if (trimmed === '') return
    if (trimmed.startsWith('#')) {
      const comment = trimmed.slice(1).trim()
      if (comment.startsWith('rules:')) rules.push(...comment.slice(6).trim().split(/\s+/))
      else if (title === '') title = comment
      return
    }
    lines.push(parseLine(trimmed.replace(/\s+#.*$/, ''), line))
  })
  const steps = lines.flatMap(({ step }) => (step === 'returns' ? [] : [step]))
  return { scenario: { title, steps }, rules, lines }
}

function parseLine(text: string, line: number): ScenarioLine {
  try {
    const [action = '', expected = ''] = text.split('->').map((part) => part.trim())
    const [, actor = 'A', rest = action] = /^([A-Za-z]\w*):\s*(.*)$/.exec(action) ?? []
    const expectation = parseExpectation(expected)
    if (rest === 'returns') return { line, text, step: 'returns', actor, expectation }
    if (rest === 'expires')
      return { line, text, step: { actor, call: { name: 'expires' } }, actor, expectation }
    return { line, text, step: { actor, call: parseCall(rest) }, actor, expectation }
  } catch (error) {
    throw new ScenarioSyntaxError(`line ${line}: ${(error as Error).message}: ${text}`)
  }
}

/** Reads `[VARIABLE =] call(arguments)`. */
export function parseCall(text: string): Call {
  const match = /^(?:([A-Za-z]\w*)\s*=\s*)?(\w+)\s*\((.*)\)$/.exec(text)
  if (match === null) throw new Error('expected call(arguments)')
  const [, as, callee = '', inside = ''] = match
  const words = splitArguments(inside)
  const { name, given } = chooseForm(callee, words)
  const form = formOf(name)
  if (given.length > form.arguments.length)
    throw new Error(`${name} takes ${form.arguments.length} arguments, not ${given.length}`)
  const call: Record<string, unknown> = { name }
  form.arguments.forEach((argument, at) => {
    const word = given[at]
    if (word !== undefined) call[argument.name] = parseArgument(argument, word)
    else if (argument.otherwise !== undefined) call[argument.name] = argument.otherwise
    else throw new Error(`${name} lacks its argument \`${argument.name}\``)
  })
  if (form.makes !== undefined && as === undefined)
    throw new Error(`${name} makes something: name it, as in \`X = ${callee}(…)\``)
  if (form.makes === undefined && as !== undefined) throw new Error(`${name} makes nothing to name \`${as}\``)
  return (as === undefined ? call : { ...call, as }) as unknown as Call
}

/** Finds the form among those of a multiplexed function, and brings its arguments into the form's order. */
function chooseForm(callee: string, words: readonly string[]): { name: FormName; given: readonly string[] } {
  const plain = formNames.find((name) => name === callee)
  if (plain !== undefined) return { name: plain, given: words }
  const variants = formNames.filter((name) => name.startsWith(`${callee}.`))
  if (variants.length === 0) throw new Error(`unknown call \`${callee}\``)
  const place = commandPlace(callee)
  const at = place === 'first' ? 0 : place === 'second' ? 1 : 2
  const command = words[at] ?? ''
  const named = variants.find((name) => name === `${callee}.${command}`)
  const other = variants.find((name) => name === `${callee}.other`)
  const name = named ?? (/^(-?\d+|INT_MIN|INT_MAX)$/.test(command) ? other : undefined)
  if (name === undefined) throw new Error(`unknown command \`${command}\` of ${callee}`)
  const rest = words.filter((_, index) => index !== at || named === undefined)
  if (place !== 'third') return { name, given: rest }
  const [object = '', semnum = '0', ...others] = rest
  const order = formOf(name).arguments
  const numberAt = order.findIndex((argument) => argument.name === 'semnum')
  if (numberAt < 0) return { name, given: [object, ...others] }
  const given = [object, ...others]
  given.splice(numberAt, 0, semnum)
  return { name, given }
}

function splitArguments(inside: string): string[] {
  const words: string[] = []
  let depth = 0
  let word = ''
  for (const character of inside) {
    if ('[{('.includes(character)) depth++
    if (']})'.includes(character)) depth--
    if (character === ',' && depth === 0) {
      words.push(word.trim())
      word = ''
    } else word += character
  }
  return word.trim() === '' && words.length === 0 ? [] : [...words, word.trim()]
}

type Parser = { readonly [K in ArgumentKind]: (word: string, names: Names | undefined) => ArgumentTypes[K] }

const parsers: Parser = {
  int: (word, names) => Number(parseNumber(word, names)),
  long: (word, names) => parseNumber(word, names),
  flags: (word, names) => parseFlags(word, names),
  signal: (word) => (signals as Readonly<Record<string, number>>)[word] ?? Number(parseNumber(word)),
  id: (word) => (/^(-?\d|INT_)/.test(word) ? Number(parseNumber(word)) : variable(word)),
  key: (word) => {
    if (/^(-[1-9]|INT_MIN$)/.test(word)) return Number(parseNumber(word))
    const number = /^key([1-9]\d*)$/.exec(word)?.[1]
    if (word !== 'private' && number === undefined)
      throw new Error(`\`${word}\` is no key (private, key1, key2, …, or a negative number)`)
    return number === undefined ? 'private' : Number(number)
  },
  process: (word) => (/^(-?\d|INT_)/.test(word) ? Number(parseNumber(word)) : processName(word)),
  address: parseAddress,
  user: (word) => (word === 'own' ? word : Number(parseNumber(word))),
  operations: parseOperations,
  values: (word) =>
    bracketed(word, '{', '}')
      .split(/\s+/)
      .filter(Boolean)
      .map((each) => Number(parseNumber(each))),
  timeout: (word) => {
    if (word === 'none') return word
    const [seconds = '', nanoseconds = ''] = bracketed(word, '{', '}').trim().split(/\s+/)
    return { seconds: parseNumber(seconds), nanoseconds: parseNumber(nanoseconds) }
  },
}

function parseArgument(argument: Argument, word: string): unknown {
  try {
    return parsers[argument.kind](word, argument.names)
  } catch (error) {
    throw new Error(`argument \`${argument.name}\`: ${(error as Error).message}`)
  }
}

/** Decimal, octal (leading 0), hexadecimal (0x) or a name; a bigint beyond 2^53. */
export function parseNumber(word: string, names?: Names): number | bigint {
  const named = names?.of[word] ?? limits[word]
  if (named !== undefined) return named
  if (!/^[+-]?(0x[0-9a-f]+|\d+)$/i.test(word)) throw new Error(`\`${word}\` is no number`)
  const negative = word.startsWith('-')
  const digits = word.replace(/^[+-]/, '')
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits) * (negative ? -1n : 1n)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

const limits: Readonly<Record<string, number | bigint>> = { INT_MIN, INT_MAX, LONG_MAX, LONG_MIN }

const parseFlags = (word: string, names?: Names): number =>
  word.split('|').reduce((flags, part) => flags | Number(parseNumber(part.trim(), names)), 0)

function parseAddress(word: string): ArgumentTypes['address'] {
  if (word.startsWith('@')) return { base: 'literal', offset: Number(parseNumber(word.slice(1))) }
  const match = /^([A-Za-z]\w*)([+-]\d+)?$/.exec(word)
  if (match === null) throw new Error(`\`${word}\` is no address (null, arena+4096, P+1, @5)`)
  return { base: match[1] ?? '', offset: Number(match[2] ?? 0) }
}

function parseOperations(word: string): readonly Operation[] {
  const inside = bracketed(word, '[', ']').trim()
  if (inside === '') return []
  return inside.split(',').map((element) => {
    const [sem = '', change = '', flags = '0', more] = element.trim().split(/\s+/)
    if (more !== undefined) throw new Error(`\`${element.trim()}\` is no operation (number change flags)`)
    return {
      sem: Number(parseNumber(sem)),
      change: Number(parseNumber(change)),
      flags: parseFlags(flags, operationFlags),
    }
  })
}

function bracketed(word: string, open: string, close: string): string {
  if (!word.startsWith(open) || !word.endsWith(close))
    throw new Error(`expected ${open}…${close}, found \`${word}\``)
  return word.slice(1, -1)
}

function variable(word: string): string {
  if (!/^[A-Za-z]\w*$/.test(word)) throw new Error(`\`${word}\` is no variable`)
  return word
}

const processName = (word: string) => (word.startsWith('-') ? `-${variable(word.slice(1))}` : variable(word))

function parseExpectation(word: string): Expectation {
  if (word === '') return { is: 'none' }
  if (word === 'ok' || word === 'blocks' || word === 'ends') return { is: word }
  if (word in errnos) return { is: 'errno', errno: word }
  if (word in signals) return { is: 'fault', signal: word }
  return { is: 'value', value: parseNumber(word) }
}
