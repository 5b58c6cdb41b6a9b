import type { ExpectedEvent, Result } from '../model/expected.ts'
import type { Outcome } from '../model/outcomes.ts'
import { type Call, formOf } from '../model/vocabulary/forms.ts'
import { errnos } from '../model/vocabulary/names.ts'
import type { World } from '../model/world.ts'
import { type Bindings, type Context, match } from './bindings.ts'
import type { RecordedStep, TraceEvent } from './trace/trace.ts'

/** Which call each process is in, so that out data can be read by the names of its form's outputs. */
export type Calls = Readonly<Record<string, Call>>

type Returned = Extract<TraceEvent, { is: 'returned' }>

/** The bindings after the step if the outcome explains all that was observed and nothing else, else undefined. */
export function matchStep(
  outcome: Outcome,
  observed: RecordedStep,
  calls: Calls,
  bindings: Bindings,
  context: Context,
): Bindings | undefined {
  if (outcome.events.length !== observed.events.length) return undefined
  let bound: Bindings | undefined = bindings
  for (const expected of outcome.events) {
    const seen = seenFor(expected, observed)
    if (seen === undefined) return undefined
    bound = matchEvent(expected, seen, calls, bound, outcome.world, context)
    if (bound === undefined) return undefined
  }
  return bound
}

function seenFor({ actor, is }: ExpectedEvent, { events }: RecordedStep): TraceEvent | undefined {
  for (const event of events) if (event.actor === actor && event.is === is) return event
  return undefined
}

/** The bindings after the event if it is the expected one, else undefined. */
export function matchEvent(
  expected: ExpectedEvent,
  seen: TraceEvent,
  calls: Calls,
  bindings: Bindings,
  world: World,
  context: Context,
): Bindings | undefined {
  if (expected.is === 'returned' && seen.is === 'returned')
    return matchResult(expected.result, seen, calls[expected.actor], bindings, world, context)
  if (expected.is === 'faulted' && seen.is === 'faulted')
    return expected.signal === seen.signal && expected.code === seen.code ? bindings : undefined
  return expected.is === seen.is ? bindings : undefined
}

function matchResult(
  result: Result,
  seen: Returned,
  call: Call | undefined,
  bindings: Bindings,
  world: World,
  context: Context,
): Bindings | undefined {
  if (seen.clobbered) return undefined
  const errno = result.errno === 'none' ? 0 : errnos[result.errno]
  if (seen.errno !== errno) return undefined
  const bound = match(result.value, seen.value, bindings, world, context)
  if (bound === undefined || call === undefined) return bound
  return matchOut(result, seen, call, bound, world, context)
}

function matchOut(
  { out }: Result,
  seen: Returned,
  call: Call,
  bindings: Bindings,
  world: World,
  context: Context,
): Bindings | undefined {
  const outputs = formOf(call.name).outputs
  if (outputs.length === 0 || seen.out === null)
    return out === null || isAllUntouched(out) ? bindings : undefined
  let bound: Bindings | undefined = bindings
  for (let at = 0; at < outputs.length && bound !== undefined; at++) {
    const name = outputs[at]?.name ?? ''
    const expected = out?.[name] ?? { is: 'untouched' as const }
    bound = match(expected, seen.out[at] ?? 0, bound, world, context)
  }
  return bound
}

/** Whether a call that left every byte as it was gives this out data. */
export const isAllUntouched = (out: NonNullable<Result['out']>) =>
  Object.values(out).every(
    (expected) =>
      typeof expected === 'object' &&
      'is' in expected &&
      (expected.is === 'untouched' || expected.is === 'anything'),
  )
