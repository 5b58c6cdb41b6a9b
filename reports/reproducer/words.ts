import { type Call, formOf, functionOf } from '../../model/vocabulary/forms.ts'
import { INT_MIN, LONG_MAX, LONG_MIN, operationFlags, signalName } from '../../model/vocabulary/names.ts'
import type { Argument, ArgumentKind, ArgumentTypes, Long, Names } from '../../model/vocabulary/shape.ts'
import { commandPlace, printFlags } from '../../model/vocabulary/text/print.ts'

/** A number as a C constant. */
export function number(value: Long): string {
  if (value === INT_MIN) return 'INT_MIN'
  if (value === LONG_MAX) return 'LONG_MAX'
  if (value === LONG_MIN) return 'LONG_MIN'
  if (value > LONG_MAX) return `${value}ULL`
  return value > 0x7fffffff || value < INT_MIN ? `${value}LL` : String(value)
}

/** A number by its name, if it has one. */
export function named(value: Long, names?: Names): string {
  for (const [name, each] of Object.entries(names?.of ?? {})) if (each === value) return name
  return number(value)
}

/** What a scenario calls a signal. */
export const signal = (value: number): string => {
  const name = signalName(value)
  return name.includes(' ') ? number(value) : name
}

/** A variable of the scenario, which all processes see. */
export const variable = (name: string): string => `s->${name}`

export const pid = (name: string): string => `pid(${name})`

type Printer = { readonly [K in ArgumentKind]: (value: ArgumentTypes[K], names?: Names) => string }

/** How a value of each kind of argument is written in C. */
export const printers: Printer = {
  int: named,
  long: named,
  flags: (value, names) => printFlags(value, names),
  signal,
  id: (value) => (typeof value === 'number' ? number(value) : variable(value)),
  key: (value) => (value === 'private' ? 'IPC_PRIVATE' : value < 0 ? number(value) : `KEY(${value})`),
  process: (value) =>
    typeof value === 'number'
      ? number(value)
      : value.startsWith('-')
        ? `-${pid(value.slice(1))}`
        : pid(value),
  address: ({ base, offset }) => {
    if (base === 'literal' || base === 'null') return offset === 0 ? 'NULL' : `(void *)(intptr_t)${offset}`
    const from = base === 'arena' ? 'ARENA' : variable(base)
    return offset === 0 ? from : `${from} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`
  },
  user: (value) => (value === 'own' ? 's->uid' : number(value)),
  operations: (value) => {
    const elements = value.map(({ sem, change, flags }) => {
      const short = change > 32767 || change < -32768 ? `(short)${change}` : String(change)
      const named = printFlags(flags, operationFlags)
      return `{ ${sem}, ${short}, ${flags > 32767 ? `(short)(${named})` : named} }`
    })
    return `(struct sembuf[]){ ${elements.length === 0 ? '{ 0, 0, 0 }' : elements.join(', ')} }, ${value.length}`
  },
  values: (value) => `(unsigned short[]){ ${value.length === 0 ? '0' : value.join(', ')} }`,
  timeout: (value) =>
    value === 'none'
      ? 'NULL'
      : `&(struct timespec){ ${number(value.seconds)}, ${number(value.nanoseconds)} }`,
}

/** An argument of a call as C. */
export function word(argument: Argument, call: Call): string {
  const value = (call as unknown as Readonly<Record<string, unknown>>)[argument.name]
  if (argument.name === 'mode') return octal(value as number)
  const print = printers[argument.kind] as (value: unknown, names?: Names) => string
  return print(value, argument.names)
}

export const octal = (value: number): string => (value <= 0 ? String(value) : `0${value.toString(8)}`)

/**
 * The call as its C prototype has it: what comes out of the vocabulary alone. `more`: what it is given besides (a buffer).
 */
export function plainCall(call: Call, ...more: readonly string[]): string {
  const callee = functionOf(call.name)
  const command = call.name.split('.')[1]
  const { arguments: all } = formOf(call.name)
  const words = all.map((argument) => word(argument, call))
  if (command === undefined || command === 'other') return `${callee}(${[...words, ...more].join(', ')})`
  const place = commandPlace(callee)
  if (place === 'first') return `${callee}(${[command, ...words, ...more].join(', ')})`
  const [object = '', ...rest] = words
  if (place === 'second') return `${callee}(${[object, command, ...rest, ...more].join(', ')})`
  const at = all.findIndex(({ name }) => name === 'semnum')
  const others = words.filter((_, index) => index !== 0 && index !== at)
  return `${callee}(${[object, at < 0 ? '0' : words[at], command, ...others, ...more].join(', ')})`
}
