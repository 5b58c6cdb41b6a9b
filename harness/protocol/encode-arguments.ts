import type { ArgumentKind, ArgumentTypes, Long } from '../../model/vocabulary/shape.ts'
import { type GrowingWords, makeRoom } from './growing-words.ts'
import { OPERATIONS_MAX, VALUES_MAX } from './kinds.ts'

/** Where the words of requests are collected. */
export interface RequestWords extends GrowingWords {
  /** The register of each variable that is known so far; actors have those below `SLOTS_MAX`. */
  readonly registers: Map<string, number>
}

/** Writes one argument, a function for each kind; the words of each are listed in README.md beside this file. */
export const encoders: { readonly [K in ArgumentKind]: (to: RequestWords, value: ArgumentTypes[K]) => void } =
  {
    int: word,
    flags: word,
    signal: word,
    long,
    id(to, value) {
      if (typeof value === 'number') pair(to, LITERAL, value)
      else pair(to, REGISTER, register(to, value))
    },
    key(to, value) {
      word(to, value === 'private' ? 0 : value)
    },
    process(to, value) {
      if (typeof value === 'number') pair(to, LITERAL, value)
      else if (value.startsWith('-')) pair(to, MINUS_REGISTER, register(to, value.slice(1)))
      else pair(to, REGISTER, register(to, value))
    },
    address(to, { base, offset }) {
      if (base === 'null') pair(to, 0, 0)
      else if (base === 'arena') pair(to, 2, 0)
      else if (base === 'literal') pair(to, 3, 0)
      else pair(to, 1, register(to, base))
      long(to, offset)
    },
    user(to, value) {
      if (value === 'own') pair(to, 1, 0)
      else pair(to, LITERAL, value)
    },
    operations(to, operations) {
      count(to, operations.length, OPERATIONS_MAX)
      makeRoom(to, operations.length * 3 + STEP_MAX)
      for (const { sem, change, flags } of operations) {
        word(to, sem)
        word(to, change)
        word(to, flags)
      }
    },
    values(to, values) {
      count(to, values.length, VALUES_MAX)
      makeRoom(to, values.length + STEP_MAX)
      for (const value of values) word(to, value)
    },
    timeout(to, value) {
      if (value === 'none') {
        word(to, 0)
        long(to, 0)
        long(to, 0)
      } else {
        word(to, 1)
        long(to, value.seconds)
        long(to, value.nanoseconds)
      }
    },
  }

/** Words that the fixed part of any step may need; lists make room for themselves and leave as much behind them. */
export const STEP_MAX = 64

const LITERAL = 0
const REGISTER = 1
const MINUS_REGISTER = 2

function word(to: RequestWords, value: number): void {
  to.words[to.at++] = value
}

function count(to: RequestWords, items: number, most: number): void {
  if (items > most) throw new Error(`${items} elements, and the probe has room for ${most}`)
  word(to, items)
}

function pair(to: RequestWords, first: number, second: number): void {
  to.words[to.at++] = first
  to.words[to.at++] = second
}

/** Two's complement, low word first; beyond 64 bits the value wraps, as it does in C. */
function long(to: RequestWords, value: Long): void {
  if (typeof value === 'bigint')
    pair(to, Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)))
  else if ((value | 0) === value) pair(to, value, value >> 31)
  else pair(to, value | 0, Math.floor(value / 2 ** 32) | 0)
}

function register(to: RequestWords, name: string): number {
  const found = to.registers.get(name)
  if (found === undefined) throw new Error(`nothing before it made ${name}`)
  return found
}
