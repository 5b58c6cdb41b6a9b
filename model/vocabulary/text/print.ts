import { type Call, formOf } from '../forms.ts'
import { INT_MIN, LONG_MAX, LONG_MIN, operationFlags, POISON, signalName } from '../names.ts'
import type { Scenario, Step } from '../scenario.ts'
import type { Argument, ArgumentKind, ArgumentTypes, Names, Operation } from '../shape.ts'

/** A scenario as text, without expectations: what `parseScenario` reads. */
export function printScenario(scenario: Scenario): string {
  const title = scenario.title === '' ? [] : [`# ${scenario.title}`]
  return `${[...title, ...scenario.steps.map(printStep)].join('\n')}\n`
}

/** A step as text: `B: semop(S, [0 -1])`. */
export function printStep({ actor, call }: Step): string {
  if (call.name === 'tick') return 'tick()'
  if (call.name === 'expires') return `${actor}: expires`
  return `${actor}: ${'as' in call ? `${call.as} = ` : ''}${printCall(call)}`
}

/** A call as it is written in C, with variables for what the kernel chooses. */
export function printCall(call: Call): string {
  const [callee = '', command] = call.name.split('.')
  const form = formOf(call.name)
  const given = call as unknown as Readonly<Record<string, unknown>>
  const words = form.arguments.map((argument) => printArgument(argument, given[argument.name]))
  const defaults = form.arguments.map((argument) => isDefault(argument, given[argument.name]))
  const shown = (from: number) => {
    const rest = words.slice(from)
    let end = rest.length
    while (end > 0 && defaults[from + end - 1] === true) end--
    return rest.slice(0, end)
  }
  if (command === undefined) return `${callee}(${shown(0).join(', ')})`
  const order = commandPlace(callee)
  const name = command === 'other' ? [] : [command]
  if (order === 'first') return `${callee}(${[...name, ...shown(0)].join(', ')})`
  if (order === 'second') return `${callee}(${[words[0], ...name, ...shown(1)].join(', ')})`
  const at = form.arguments.findIndex((argument) => argument.name === 'semnum')
  const semnum = at < 0 ? '0' : words[at]
  const rest = words.filter((_, index) => index !== 0 && index !== at)
  return `${callee}(${[words[0], semnum, ...name, ...rest].join(', ')})`
}

/** Where the command stands among the arguments of a multiplexed function. */
export const commandPlace = (callee: string): 'first' | 'second' | 'third' =>
  callee === 'semctl' ? 'third' : callee === 'msgctl' || callee === 'shmctl' ? 'second' : 'first'

const isDefault = ({ otherwise }: Argument, value: unknown) =>
  otherwise !== undefined && typeof value !== 'bigint' && JSON.stringify(otherwise) === JSON.stringify(value)

type Printer = { readonly [K in ArgumentKind]: (value: ArgumentTypes[K], names?: Names) => string }

const printers: Printer = {
  int: (value, names) => printNumber(value, names),
  long: (value, names) => printNumber(value, names),
  flags: (value, names) => printFlags(value, names),
  signal: (value) => printSignal(value),
  id: String,
  key: (value) => (value === 'private' ? value : printKey(value)),
  process: (value) => (typeof value === 'number' ? printNumber(value) : value),
  address: ({ base, offset }) =>
    base === 'literal' ? `@${offset}` : offset === 0 ? base : `${base}${offset < 0 ? '' : '+'}${offset}`,
  user: String,
  operations: (value) => `[${value.map(printOperation).join(', ')}]`,
  values: (value) => `{${value.join(' ')}}`,
  timeout: (value) => (value === 'none' ? value : `{${value.seconds} ${value.nanoseconds}}`),
}

/** A key of the run by its name, any other as it is. */
export const printKey = (key: number): string => (key < 0 ? printNumber(key) : `key${key}`)

function printArgument(argument: Argument, value: unknown): string {
  const print = printers[argument.kind] as (value: unknown, names?: Names) => string
  if (argument.name === 'mode') return printOctal(value as number)
  return print(value, argument.names)
}

const printOctal = (value: number) =>
  value === 0 ? '0' : value < 0 ? String(value) : `0${value.toString(8)}`

const printSignal = (value: number) => {
  const name = signalName(value)
  return name.includes(' ') ? String(value) : name
}

function printNumber(value: number | bigint, names?: Names): string {
  for (const [name, number] of Object.entries(names?.of ?? {})) if (number === value) return name
  if (value === INT_MIN) return 'INT_MIN'
  if (value === LONG_MAX) return 'LONG_MAX'
  if (value === LONG_MIN) return 'LONG_MIN'
  return String(value)
}

/** Named bits joined with `|`; what remains is octal (modes), or hexadecimal where it is no mode. */
export function printFlags(value: number, names?: Names): string {
  if (value === 0) return '0'
  const words: string[] = []
  let rest = value
  for (const [name, bit] of Object.entries(names?.of ?? {}))
    if ((rest & bit) === bit && bit !== 0) {
      words.push(name)
      rest &= ~bit
    }
  if (rest !== 0)
    words.push(rest > 0 && rest <= 0o777 ? `0${rest.toString(8)}` : `0x${(rest >>> 0).toString(16)}`)
  return words.join('|')
}

function printOperation({ sem, change, flags }: Operation): string {
  const signed = change > 0 ? `+${change}` : String(change)
  return flags === 0 ? `${sem} ${signed}` : `${sem} ${signed} ${printFlags(flags, operationFlags)}`
}

/** A 32-bit out value for people: poison is "untouched". */
export const printInt = (value: number): string => (value === POISON ? 'untouched' : String(value))
