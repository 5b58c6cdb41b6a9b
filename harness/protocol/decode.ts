import { formNames, formOf } from '../../model/vocabulary/forms.ts'
import type { Long, OutputKind } from '../../model/vocabulary/shape.ts'
import type { RecordedStep, Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import type { Request } from './encode.ts'
import { eventKinds } from './kinds.ts'

/** What the probe wrote is not the protocol. */
export class WireError extends Error {
  override name = 'WireError'
}

/** The payload of a result frame, the words `from` up to `to`: the answer to `request`. */
export interface Answer {
  readonly words: Int32Array
  readonly from: number
  readonly to: number
  readonly request: Request
}

/**
 * Reads an answer. Throws `WireError` for
 * anything that the protocol does not allow; never reads outside its words.
 */
export function decodeResult({ words, from, to, request }: Answer): Recording {
  const cursor: Cursor = { words, at: from, end: to }
  need(cursor, 4, 'the head of a result')
  next(cursor) // Its number, which was looked at when it came.
  const status = next(cursor)
  const problem = problems[status]
  if (problem === undefined) throw new WireError(`unknown status ${status}`)
  const started = next(cursor) >>> 0
  const begun = next(cursor)
  const { scenario } = request
  if (begun < 0 || begun > scenario.steps.length || (status === 0 && begun < scenario.steps.length))
    throw new WireError(`${begun} steps of ${scenario.steps.length}, status ${status}`)
  const calls: Calls = new Array<OutputPlan | undefined>(request.actors.length).fill(undefined)
  const steps: RecordedStep[] = []
  for (let index = 0; index < begun; index++) steps.push(decodeStep(cursor, request, index, calls))
  if (cursor.at !== to) throw new WireError(`${to - cursor.at} words too many behind the last step`)
  return { scenario, started, steps, problem }
}

export const problems: readonly string[] = [
  '',
  'the actors did not come to rest in time',
  'the probe had to give up before the end',
]

/** How to read the out data of a form. */
export type OutputPlan = readonly OutputKind[]

/** The outputs of the call that each actor is in, by slot. */
export type Calls = (OutputPlan | undefined)[]

export const outputPlans: ReadonlyMap<string, OutputPlan | undefined> = new Map(
  formNames.map((name) => {
    const form = formOf(name)
    return [name, form.pseudo ? undefined : form.outputs.map(({ kind }) => kind)]
  }),
)

function decodeStep(cursor: Cursor, request: Request, index: number, calls: Calls): RecordedStep {
  need(cursor, 2, 'the head of a step')
  const count = next(cursor)
  const seconds = next(cursor) >>> 0
  if (count < 0 || count * 2 > cursor.end - cursor.at) throw new WireError(`${count} events in a step`)
  const step = request.scenario.steps[index]
  const outputs = step === undefined ? undefined : outputPlans.get(step.call.name)
  let caller = -1
  if (step !== undefined && outputs !== undefined) {
    const slot = request.actors.indexOf(step.actor)
    // An actor that is still in an earlier call cannot begin this one: the step will be reported as skipped.
    if (calls[slot] === undefined) {
      calls[slot] = outputs
      caller = slot
    }
  }
  const events: TraceEvent[] = []
  for (let event = 0; event < count; event++) events.push(decodeEvent(cursor, request.actors, calls, caller))
  return { seconds, events }
}

export function decodeEvent(
  cursor: Cursor,
  actors: readonly string[],
  calls: Calls,
  caller: number,
): TraceEvent {
  need(cursor, 2, 'the head of an event')
  const slot = next(cursor)
  const head = next(cursor)
  const actor = actors[slot]
  if (actor === undefined) throw new WireError(`an event of slot ${slot}, where no actor is`)
  switch (head & 0xff) {
    case eventKinds.returned: {
      need(cursor, 3, 'a return')
      const errno = next(cursor)
      const value = long(cursor)
      const words = head >>> 16
      const plan = calls[slot]
      if (plan === undefined) throw new WireError(`a return of ${actor}, which is in no call`)
      calls[slot] = undefined
      const out = words === 0 ? null : decodeOutputs(cursor, words, plan)
      return { is: 'returned', actor, value, errno, out, clobbered: (head & 0xff00) !== 0 }
    }
    case eventKinds.faulted: {
      need(cursor, 2, 'a fault')
      calls[slot] = undefined
      return { is: 'faulted', actor, signal: next(cursor), code: next(cursor) }
    }
    case eventKinds.ended:
      calls[slot] = undefined
      return { is: 'ended', actor }
    case eventKinds.stopped:
      return { is: 'stopped', actor }
    case eventKinds.continued:
      return { is: 'continued', actor }
    case eventKinds.skipped:
      if (slot === caller) calls[slot] = undefined
      return { is: 'skipped', actor }
    default:
      throw new WireError(`unknown event kind ${head & 0xff}`)
  }
}

function decodeOutputs(cursor: Cursor, words: number, plan: OutputPlan): (Long | readonly number[])[] {
  need(cursor, words, 'out data')
  const end = cursor.at + words
  const out: (Long | readonly number[])[] = []
  for (let index = 0; index < plan.length; index++) {
    const kind = plan[index]
    if (kind === 'list') out.push(list(cursor, end))
    else if (kind === 'long' || kind === 'address' || kind === 'time') out.push(long(cursor))
    else out.push(next(cursor))
  }
  if (cursor.at !== end)
    throw new WireError(`${words} words of out data where the form has ${cursor.at - end + words}`)
  return out
}

/** A count and that many words; they end before `end`. */
function list(cursor: Cursor, end: number): readonly number[] {
  const count = next(cursor)
  if (count < 0 || count > end - cursor.at) throw new WireError(`a list of ${count} elements`)
  const items = Array.from(cursor.words.subarray(cursor.at, cursor.at + count))
  cursor.at += count
  return items
}

export interface Cursor {
  readonly words: Int32Array
  at: number
  readonly end: number
}

export function need(cursor: Cursor, words: number, what: string): void {
  if (cursor.end - cursor.at < words) throw new WireError(`the frame ends inside ${what}`)
}

/** The next word; callers have checked that there is one, and a read behind the end yields 0. */
export const next = (cursor: Cursor): number => cursor.words[cursor.at++] ?? 0

const long = (cursor: Cursor): Long => longOf(next(cursor), next(cursor))

/** The 64-bit integer of two words. */
export function longOf(low: number, high: number): Long {
  if (high === low >> 31) return low
  const value = high * 2 ** 32 + (low >>> 0)
  return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) | BigInt(low >>> 0)
}
