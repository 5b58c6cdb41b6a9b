import type { Expected } from '../model/expected.ts'
import { type Call, formOf } from '../model/vocabulary/forms.ts'
import { errnoName, POISON, signalName } from '../model/vocabulary/names.ts'
import { printKey } from '../model/vocabulary/text/print.ts'
import { statusWords } from './status-words.ts'

/** A return value with its errno: `0`, `-1 EAGAIN`, `the id of S`. An errno is a number (0: none) or a name. */
export function valueWords(value: unknown, errno: number | string, call: Call | undefined): string {
  const kind = call === undefined ? 'int' : formOf(call.name).value
  const plain = kind === 'address' && isWhole(value) ? addressWords(value) : words(value)
  return isNone(errno) ? plain : `${plain} ${typeof errno === 'number' ? errnoName(errno) : errno}`
}

/** Out data by the names of the call's outputs: ` {nsems: 2, otime: the time of step 3}`; empty where none is due. */
export function outWords(
  out: Readonly<Record<string, unknown>> | null,
  errno: number | string,
  call: Call | undefined,
): string {
  const outputs = call === undefined ? [] : formOf(call.name).outputs
  if (outputs.length === 0 && out === null) return ''
  if (out === null) return isNone(errno) ? ' {untouched}' : ''
  const named = outputs.length === 0 ? Object.keys(out) : outputs.map(({ name }) => name)
  const names = named.filter((name) => isAsked(name, call) || !isUntouched(out[name]))
  const shown = names.map((name) => `${name}: ${fieldWords(name, out, call)}`)
  return ` {${shown.join(', ')}}`
}

/** Whether the call was given a place for the output. */
const isAsked = (output: string, call: Call | undefined): boolean =>
  call?.name !== 'waitid' || call.usage !== 0 || siginfo.includes(output)

const siginfo: readonly string[] = ['signo', 'errno', 'code', 'status', 'pid', 'uid']

const isUntouched = (value: unknown) => value === undefined || value === POISON

/** A fault raised by a memory access: `is hit by SIGSEGV (SEGV_MAPERR)`. */
export function faultWords(signal: number, code: number): string {
  const name = signal === SIGBUS ? 'SIGBUS' : signalName(signal)
  return `is hit by ${name} (${faultCodes[name]?.[code] ?? `code ${code}`})`
}

const SIGBUS = 7

const faultCodes: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  SIGSEGV: { 1: 'SEGV_MAPERR', 2: 'SEGV_ACCERR' },
  SIGBUS: { 1: 'BUS_ADRALN', 2: 'BUS_ADRERR', 3: 'BUS_OBJERR' },
}

const isNone = (errno: number | string) => errno === 0 || errno === 'none'

function fieldWords(name: string, out: Readonly<Record<string, unknown>>, call: Call | undefined): string {
  const value = out[name] ?? { is: 'untouched' }
  if (!isWhole(value) || value === POISON) return words(value)
  if (name === 'mode') return `0${value.toString(8)}`
  return statusWords(name, Number(value), out, call) ?? words(value)
}

const isWhole = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

const addressWords = (value: number | bigint) => (value < 0 ? String(value) : `0x${value.toString(16)}`)

/** A value that was seen or is expected. */
function words(value: unknown): string {
  if (value === POISON) return 'untouched'
  if (Array.isArray(value)) return `{${value.join(' ')}}`
  return typeof value === 'object' && value !== null ? symbolWords(value as Symbolic) : String(value)
}

type Symbolic = Extract<Expected, { readonly is: string }>

function symbolWords(expected: Symbolic): string {
  switch (expected.is) {
    case 'id':
      return `the id of ${expected.of}`
    case 'new id':
      return expected.of === '' ? 'a new id' : `the id of ${expected.of}`
    case 'slot':
      return `the highest slot of ${expected.of.join(', ')}`
    case 'pid':
      return `the pid of ${expected.of === 'init' ? 'the driver' : expected.of}`
    case 'pid again':
      return `the pid of ${expected.of}, which ${expected.first} had`
    case 'address':
      return `the address ${expected.of}${expected.offset === 0 ? '' : signed(expected.offset)}`
    case 'descriptor':
      return `a descriptor`
    case 'made':
      return `the key of ${expected.of}`
    case 'key':
      return printKey(expected.of)
    case 'time':
      return `the time of step ${expected.step}`
    case 'atLeast':
      return `at least ${expected.least}`
    case 'atMost':
      return `at most ${expected.most}`
    case 'untouched':
    case 'anything':
      return expected.is
  }
}

const signed = (offset: number) => (offset > 0 ? `+${offset}` : String(offset))
