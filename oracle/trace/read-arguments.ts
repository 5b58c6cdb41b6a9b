import { type Call, type FormName, formOf, forms } from '../../model/vocabulary/forms.ts'
import type { Argument, ArgumentKind, ArgumentTypes, Long } from '../../model/vocabulary/shape.ts'
import { TraceError } from './trace-error.ts'

/** The call of a call line. Throws `TraceError`, without file and line, naming the argument that is wrong. */
export function readCall(
  name: string,
  given: Readonly<Record<string, unknown>>,
  as: string | undefined,
): Call {
  if (!isFormName(name)) throw new TraceError(`field \`call\`: there is no call ${JSON.stringify(name)}`)
  const form = formOf(name)
  if (form.makes !== undefined && as === undefined)
    throw new TraceError(`field \`as\` is missing: ${name} makes something`)
  if (form.makes === undefined && as !== undefined)
    throw new TraceError(`field \`as\` is unknown: ${name} makes nothing`)
  for (const field of Object.keys(given))
    if (!form.arguments.some((argument) => argument.name === field))
      throw new TraceError(`field \`arguments.${field}\` is unknown: ${name} has no such argument`)
  const call: Record<string, unknown> = { name }
  for (const argument of form.arguments) call[argument.name] = readArgument(argument, given[argument.name])
  if (as !== undefined) call.as = as
  return call as unknown as Call
}

const isFormName = (name: string): name is FormName => Object.hasOwn(forms, name)

function readArgument({ name, kind }: Argument, given: unknown): unknown {
  if (given === undefined) throw new TraceError(`field \`arguments.${name}\` is missing`)
  const value = readers[kind](given)
  if (value === undefined)
    throw new TraceError(
      `field \`arguments.${name}\`: must be ${descriptions[kind]}, not ${JSON.stringify(given)}`,
    )
  return value
}

/** A reader for each kind; undefined for what is not of the kind. */
const readers: { readonly [K in ArgumentKind]: (given: unknown) => ArgumentTypes[K] | undefined } = {
  int,
  flags: int,
  signal: int,
  long: readLong,
  id: (given) => int(given) ?? matching(given, NAME),
  key: (given) => {
    const n = int(given)
    return given === 'private' ? 'private' : n === 0 ? undefined : n
  },
  process: (given) => int(given) ?? matching(given, PROCESS),
  address: (given) => {
    const base = matching(fieldOf(given, 'base'), NAME)
    const offset = fieldOf(given, 'offset')
    return base === undefined || !isSafe(offset) ? undefined : { base, offset }
  },
  user: (given) => (given === 'own' ? 'own' : int(given)),
  operations: (given) => allOf(given, readOperation),
  values: (given) => allOf(given, int),
  timeout: (given) => {
    if (given === 'none') return 'none'
    const seconds = readLong(fieldOf(given, 'seconds'))
    const nanoseconds = readLong(fieldOf(given, 'nanoseconds'))
    return seconds === undefined || nanoseconds === undefined ? undefined : { seconds, nanoseconds }
  },
}

const descriptions: Readonly<Record<ArgumentKind, string>> = {
  int: 'a 32-bit integer',
  flags: 'a 32-bit integer',
  signal: 'a 32-bit integer',
  long: 'an integer (beyond 2^53 as a string of digits)',
  id: 'the name of a variable or a 32-bit integer',
  key: '"private", the number of a key, counted from 1, or a negative key',
  process: 'the name of a process, a name behind "-", or a 32-bit integer',
  address: 'an object of `base` (a name) and `offset` (an integer)',
  user: '"own" or a 32-bit integer',
  operations: 'an array of objects of `sem`, `change` and `flags`, 32-bit integers',
  values: 'an array of 32-bit integers',
  timeout: '"none" or an object of `seconds` and `nanoseconds`, integers',
}

/** An integer, or a string of digits where it is beyond 2^53; equal values have equal representations. */
export function readLong(given: unknown): Long | undefined {
  if (isSafe(given)) return given
  if (typeof given !== 'string' || !/^-?[0-9]{1,20}$/.test(given)) return undefined
  const value = BigInt(given)
  return isSafe(Number(value)) ? Number(value) : value
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const PROCESS = /^-?[A-Za-z_][A-Za-z0-9_]*$/

const isSafe = (given: unknown): given is number => Number.isSafeInteger(given)

/** 32 bits, signed or unsigned: flags and user ids are written both ways. */
function int(given: unknown): number | undefined {
  return isSafe(given) && given >= -(2 ** 31) && given < 2 ** 32 ? given : undefined
}

const matching = (given: unknown, pattern: RegExp) =>
  typeof given === 'string' && pattern.test(given) ? given : undefined

const fieldOf = (given: unknown, field: string): unknown =>
  typeof given === 'object' && given !== null ? (given as Record<string, unknown>)[field] : undefined

function allOf<T>(given: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(given)) return undefined
  const items = given.map(read)
  return items.every((item) => item !== undefined) ? items : undefined
}

function readOperation(given: unknown) {
  const sem = int(fieldOf(given, 'sem'))
  const change = int(fieldOf(given, 'change'))
  const flags = int(fieldOf(given, 'flags'))
  return sem === undefined || change === undefined || flags === undefined ? undefined : { sem, change, flags }
}
