import type { Expected, ExpectedEvent } from '../../model/expected.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { errnoName, POISON, signalName } from '../../model/vocabulary/names.ts'
import type { TraceEvent } from '../../oracle/trace/trace.ts'

/** An event of the model or of a recording, with what tells one end from another and nothing else. */
export type Seen =
  | {
      readonly is: 'returned'
      readonly actor: string
      /** The name of an error, a number, the name of a process, or `ok`. */
      readonly result: number | string
      readonly failed: boolean
      readonly out: Readonly<Record<string, number | string>>
    }
  | { readonly is: 'faulted'; readonly actor: string; readonly signal: string }
  | { readonly is: 'ended' | 'stopped' | 'continued' | 'skipped'; readonly actor: string }

/** The name of the process or thread with this pid, as far as the test has made it. */
export type NameOfPid = (pid: number) => string | undefined

/** An event that the model expects; `made` are the processes and threads of the test. */
export function seenInModel(event: ExpectedEvent, call: Call | undefined, made: readonly string[]): Seen {
  if (event.is === 'faulted') return { is: 'faulted', actor: event.actor, signal: signalName(event.signal) }
  if (event.is !== 'returned') return event
  const { value, errno, out } = event.result
  const told = (expected: Expected): number | string | undefined => {
    if (typeof expected !== 'object') return Number(expected)
    if (!('is' in expected)) return `{${expected.join(' ')}}`
    if (expected.is === 'pid' && made.includes(expected.of)) return expected.of
    return expected.is === 'untouched' ? undefined : expected.is === 'anything' ? 'any' : 'ok'
  }
  return {
    ...{ is: 'returned', actor: event.actor, failed: errno !== 'none' },
    result: errno === 'none' ? (isNamed(call) ? 'ok' : (told(value) ?? 'ok')) : errno,
    out: outputsOf(call, (name) => (out?.[name] === undefined ? undefined : told(out[name]))),
  }
}

/** An event of a recording. */
export function seenInRecording(event: TraceEvent, call: Call | undefined, nameOf: NameOfPid): Seen {
  if (event.is === 'faulted') return { is: 'faulted', actor: event.actor, signal: signalName(event.signal) }
  if (event.is !== 'returned') return event
  const { value, errno, out } = event
  const outputs = call === undefined ? [] : formOf(call.name).outputs
  const told = (kind: string, seen: unknown): number | string | undefined => {
    if (seen === undefined || seen === POISON) return undefined
    if (Array.isArray(seen)) return `{${seen.join(' ')}}`
    return kind === 'pid' && Number(seen) > 0 ? (nameOf(Number(seen)) ?? 'ok') : Number(seen)
  }
  const kind = call === undefined ? 'int' : formOf(call.name).value
  return {
    ...{ is: 'returned', actor: event.actor, failed: errno !== 0 },
    result: errno === 0 ? (isNamed(call) ? 'ok' : (told(kind, value) ?? 'ok')) : errnoName(errno),
    out: outputsOf(call, (name, its) => told(its, out?.[outputs.findIndex((each) => each.name === name)])),
  }
}

/** Whether what the call returns is known by name only. */
const isNamed = (call: Call | undefined) =>
  call !== undefined && ['id', 'address'].includes(formOf(call.name).value)

function outputsOf(
  call: Call | undefined,
  told: (name: string, kind: string) => number | string | undefined,
): Readonly<Record<string, number | string>> {
  if (call === undefined) return {}
  return Object.fromEntries(
    formOf(call.name)
      .outputs.filter(({ kind }) => kind === 'int' || kind === 'long' || kind === 'pid' || kind === 'list')
      .flatMap(({ name, kind }) => {
        const value = told(name, kind)
        return value === undefined ? [] : [[name, value]]
      }),
  )
}
