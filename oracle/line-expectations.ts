import type { ExpectedEvent } from '../model/expected.ts'
import { errnoName, signalName } from '../model/vocabulary/names.ts'
import type { Expectation, ScenarioLine } from '../model/vocabulary/text/parse.ts'
import type { TraceEvent } from './trace/trace.ts'

/** What a line of a scenario expects of an actor when the system is at rest after a step. */
export interface LineExpectation {
  readonly line: number
  readonly text: string
  readonly actor: string
  readonly expectation: Expectation
}

/** The expectations for each step, in order: its own line's, and those of the `returns` lines behind it. */
export function expectationsByStep(lines: readonly ScenarioLine[]): readonly (readonly LineExpectation[])[] {
  const steps: LineExpectation[][] = []
  for (const { line, text, step, actor, expectation } of lines) {
    if (step !== 'returns') steps.push([])
    if (step !== 'returns' && step.call.name === 'tick') continue
    const wanted: Expectation = step === 'returns' && expectation.is === 'none' ? { is: 'ok' } : expectation
    if (wanted.is !== 'none') steps.at(-1)?.push({ line, text, actor, expectation: wanted })
  }
  return steps
}

/** Whether the events of a step, seen or allowed, are what the line expects. Values known by name only fit any value. */
export function isMet(
  { actor, expectation }: LineExpectation,
  events: readonly (TraceEvent | ExpectedEvent)[],
): boolean {
  const own = events.filter((each) => each.actor === actor)
  const event = own.find(({ is }) => is === 'returned' || is === 'faulted')
  switch (expectation.is) {
    case 'none':
      return true
    case 'ok':
      return event?.is === 'returned' && errnoOf(event) === 'none'
    case 'blocks':
      return event === undefined && own.every(({ is }) => is !== 'ended')
    case 'ends':
      return own.some(({ is }) => is === 'ended')
    case 'value':
      return (
        event?.is === 'returned' && errnoOf(event) === 'none' && fits(returnValue(event), expectation.value)
      )
    case 'errno':
      return event?.is === 'returned' && errnoOf(event) === expectation.errno
    case 'fault':
      return event?.is === 'faulted' && signalName(event.signal) === expectation.signal
  }
}

type Returned = Extract<TraceEvent | ExpectedEvent, { is: 'returned' }>

function errnoOf(event: Returned): string {
  if ('result' in event) return event.result.errno
  return event.errno === 0 ? 'none' : errnoName(event.errno)
}

const returnValue = (event: Returned): unknown => ('result' in event ? event.result.value : event.value)

const fits = (value: unknown, wanted: number | bigint) => typeof value === 'object' || value === wanted
