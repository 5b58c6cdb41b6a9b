import { type Answer, longOf } from '../../../harness/protocol/decode.ts'
import { eventKinds } from '../../../harness/protocol/kinds.ts'
import type { Expected, ExpectedEvent, Result } from '../../../model/expected.ts'
import type { Foresight } from '../../../model/foresight.ts'
import type { Outcome } from '../../../model/outcomes.ts'
import { formNames, formOf } from '../../../model/vocabulary/forms.ts'
import { errnos } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Long, Output } from '../../../model/vocabulary/shape.ts'
import type { World } from '../../../model/world.ts'
import { type Bindings, type Context, initialBindings, match } from '../../../oracle/bindings.ts'
import { isAllUntouched } from '../../../oracle/match-step.ts'
import type { TraceHeader } from '../../../oracle/trace/trace.ts'

/**
 * Whether an answer says that everything went as foreseen, told from its words. A yes saves reading them as a
 * recording and judging it: there was one way only for each step, and it explains all that was seen. A no says nothing.
 */
export function isAsForeseen(answer: Answer, { steps }: Foresight, header: TraceHeader): boolean {
  const { words, from, to, request } = answer
  const { scenario, actors } = request
  if (to - from < HEAD || words[from + 1] !== 0 || words[from + 3] !== scenario.steps.length) return false
  const clock: { seconds: number }[] = []
  const context: Context = { header, recording: { started: (words[from + 2] ?? 0) >>> 0, steps: clock } }
  const reading: Reading = { words, at: from + HEAD, bindings: initialBindings(header), context }
  const inCall: (readonly Output[])[] = []
  for (let index = 0; index < scenario.steps.length; index++) {
    const { actor, call } = scenario.steps[index] as Step
    const outcome = onlyWay(steps[index])
    if (outcome === undefined || next(reading) !== outcome.events.length) return false
    clock.push({ seconds: next(reading) >>> 0 })
    const outputs = outputsOf.get(call.name)
    if (outputs !== undefined) inCall[actors.indexOf(actor)] = outputs
    if (!isOutcome(reading, outcome, actors, inCall)) return false
  }
  return reading.at === to
}

/** Words before the first step. */
const HEAD = 4

/** The outcome of a step that can have no other. */
const onlyWay = (foreseen: readonly Outcome[] | undefined): Outcome | undefined =>
  foreseen?.length === 1 && foreseen[0]?.choices.length === 0 ? foreseen[0] : undefined

/** The outputs of each form; undefined if it is no call of its actor. */
const outputsOf: ReadonlyMap<string, readonly Output[] | undefined> = new Map(
  formNames.map((name) => [name, formOf(name).pseudo ? undefined : formOf(name).outputs]),
)

/** The words, how far they are read, and what was bound on the way. */
interface Reading {
  readonly words: Int32Array
  at: number
  bindings: Bindings
  readonly context: Context
}

/** The next word; 0 behind the last one, which is noticed in the end. */
const next = (reading: Reading): number => reading.words[reading.at++] ?? 0

/** Whether the next events are those of the outcome, each once, in whatever order. */
function isOutcome(
  reading: Reading,
  { events, world }: Outcome,
  actors: readonly string[],
  inCall: readonly (readonly Output[])[],
): boolean {
  let found = 0
  for (let count = 0; count < events.length; count++) {
    const slot = next(reading)
    const head = next(reading)
    const actor = actors[slot]
    const at = placeOf(events, actor, head & 0xff)
    const event = events[at]
    if (event === undefined || (found & (1 << at)) !== 0) return false
    found |= 1 << at
    if (!isEvent(reading, event, head, inCall[slot], world)) return false
  }
  return true
}

/** Where the outcome has the event, -1 if it has none. */
function placeOf(events: readonly ExpectedEvent[], actor: string | undefined, kind: number): number {
  for (let at = 0; at < events.length; at++) {
    const event = events[at]
    if (event !== undefined && event.actor === actor && eventKinds[event.is] === kind) return at
  }
  return -1
}

function isEvent(
  reading: Reading,
  event: ExpectedEvent,
  head: number,
  outputs: readonly Output[] | undefined,
  world: World,
): boolean {
  if (event.is === 'faulted') return next(reading) === event.signal && next(reading) === event.code
  if (event.is !== 'returned') return true
  const { value, errno, out } = event.result
  const isClobbered = (head & 0xff00) !== 0
  if (isClobbered || next(reading) !== (errno === 'none' ? 0 : errnos[errno])) return false
  if (!isValue(reading, value, 'long', world)) return false
  const end = reading.at + (head >>> 16)
  if (end === reading.at) return out === null || isAllUntouched(out)
  return outputs !== undefined && isOut(reading, out, outputs, world) && reading.at === end
}

function isOut(reading: Reading, out: Result['out'], outputs: readonly Output[], world: World): boolean {
  for (const { name, kind } of outputs)
    if (!isValue(reading, out?.[name] ?? untouched, kind, world)) return false
  return true
}

const untouched: Expected = { is: 'untouched' }

/** Whether the next words are the value, if a symbol then one that is bound to the same or to nothing yet. */
function isValue(reading: Reading, expected: Expected, kind: Output['kind'], world: World): boolean {
  const seen = kind === 'list' ? list(reading) : isWide(kind) ? long(reading) : next(reading)
  if (typeof expected !== 'object') return seen === expected
  const bindings = match(expected, seen, reading.bindings, world, reading.context)
  if (bindings === undefined) return false
  reading.bindings = bindings
  return true
}

const isWide = (kind: Output['kind']) => kind === 'long' || kind === 'address' || kind === 'time'

const long = (reading: Reading): Long => longOf(next(reading), next(reading))

function list(reading: Reading): readonly number[] {
  const count = next(reading)
  const items: number[] = []
  for (let at = 0; at < count && reading.at < reading.words.length; at++) items.push(next(reading))
  return items
}
