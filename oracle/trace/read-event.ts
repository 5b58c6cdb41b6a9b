import { type FormName, formOf } from '../../model/vocabulary/forms.ts'
import { errnos, signals } from '../../model/vocabulary/names.ts'
import type { Long, Output } from '../../model/vocabulary/shape.ts'
import type { EventLine } from './lines.ts'
import { readLong } from './read-arguments.ts'
import type { OutData, TraceEvent } from './trace.ts'
import { TraceError } from './trace-error.ts'

/** The event of a valid line; `call` is what its actor is in. Throws `TraceError`, without file and line. */
export function readEvent(line: EventLine, call: FormName | undefined): TraceEvent {
  const { actor } = line
  switch (line.event) {
    case 'return':
      if (call === undefined)
        throw new TraceError(`field \`actor\`: ${actor} is in no call that could return`)
      return {
        is: 'returned',
        actor,
        value: readLong(line.value) ?? 0,
        errno: line.errno === null ? 0 : numberOf(line.errno, errnos, 'errno'),
        out: readOut(line.out, call),
        clobbered: line.clobbered === true,
      }
    case 'fault':
      return { is: 'faulted', actor, signal: numberOf(line.signal, signals, 'signal'), code: line.code }
    default:
      return { is: kinds[line.event], actor }
  }
}

const kinds = { exit: 'ended', stop: 'stopped', continue: 'continued', skipped: 'skipped' } as const

/** The number of a name, or of what has none and was written as `errno 999`. */
function numberOf(name: string, names: Readonly<Record<string, number>>, field: string): number {
  const digits = name.match(/^(?:errno|signal) ([0-9]{1,9})$/)?.[1]
  const number = Object.hasOwn(names, name) ? names[name] : digits === undefined ? undefined : Number(digits)
  if (number === undefined)
    throw new TraceError(`field \`${field}\`: there is no ${field} ${JSON.stringify(name)}`)
  return number
}

function readOut(out: Readonly<Record<string, unknown>> | null, call: FormName): OutData {
  if (out === null) return null
  const { outputs } = formOf(call)
  for (const field of Object.keys(out))
    if (!outputs.some(({ name }) => name === field))
      throw new TraceError(`field \`out.${field}\` is unknown: ${call} has no such output`)
  return outputs.map((output) => readOutput(output, out[output.name]))
}

function readOutput({ name, kind }: Output, given: unknown): Long | readonly number[] {
  if (given === undefined) throw new TraceError(`field \`out.${name}\` is missing`)
  if (Array.isArray(given) !== (kind === 'list'))
    throw new TraceError(
      `field \`out.${name}\`: must be ${kind === 'list' ? 'an array of integers' : 'an integer'}`,
    )
  return Array.isArray(given) ? (given as readonly number[]) : (readLong(given) ?? 0)
}
