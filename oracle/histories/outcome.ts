import type { Expected, ExpectedEvent } from '../../model/expected.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { errnoName, signalName } from '../../model/vocabulary/names.ts'
import type { OverlappingProgram, OverlappingRun } from '../trace/timed-call.ts'
import type { TraceEvent } from '../trace/trace.ts'

/** What came of a call that is still asleep when nobody can go on, and of one that was not made. */
export const ASLEEP = 'asleep'
export const UNMADE = 'not made'

/** Outputs that tell one outcome from another whoever runs the program, and whenever. */
export const toldOutputs: readonly string[] = ['values', 'type', 'fill', 'qnum', 'cbytes', 'nattch']

/** What came of each step. */
export function cameOf({ scenario }: OverlappingProgram, { calls }: OverlappingRun): readonly string[] {
  const byStep = new Map(calls.map((call) => [call.step, call]))
  return scenario.steps.map((_, at) => {
    const made = byStep.get(at)
    if (made === undefined) return UNMADE
    return made.seen === null ? ASLEEP : cameInRecording(made.seen, made.call)
  })
}

/** What came of a call: `0`, `EAGAIN`, `ok` where the kernel chooses the number, `8 type=1 fill=97`. */
export function cameInRecording(event: TraceEvent, call: Call): string {
  if (event.is === 'faulted') return signalName(event.signal)
  if (event.is !== 'returned') return event.is
  if (event.errno !== 0) return errnoName(event.errno)
  const { outputs, value } = formOf(call.name)
  const told = outputs.map(({ name }, at) => [name, numbers(event.out?.[at])] as const)
  return words(isChosen(value, Number(event.value)) ? 'ok' : String(event.value), told)
}

/** The same of an event that the model expects; undefined where it leaves open what will be seen. */
export function cameInModel(event: ExpectedEvent, call: Call): string | undefined {
  if (event.is === 'faulted') return signalName(event.signal)
  if (event.is !== 'returned') return event.is
  const { value, errno, out } = event.result
  if (errno !== 'none') return errno
  const { outputs } = formOf(call.name)
  const told = outputs.map(({ name }) => [name, expected(out?.[name])] as const)
  if (told.some(([name, seen]) => toldOutputs.includes(name) && seen === undefined)) return undefined
  return words(expected(value) ?? 'ok', told)
}

/** 0 is an identifier, but no pid. */
export const isChosen = (kind: string, seen: number) =>
  kind === 'id' || kind === 'address' || (kind === 'pid' && seen !== 0)

function words(value: string, told: readonly (readonly [string, string | undefined])[]): string {
  const shown = told.filter(([name]) => toldOutputs.includes(name))
  return [value, ...shown.map(([name, seen]) => `${name}=${seen}`)].join(' ')
}

const numbers = (seen: unknown): string => (Array.isArray(seen) ? seen.join(',') : String(seen))

const expected = (value: Expected | undefined): string | undefined =>
  typeof value === 'number' || typeof value === 'bigint' || Array.isArray(value) ? numbers(value) : undefined
