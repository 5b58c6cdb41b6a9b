import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { type FormName, formOf } from '../../model/vocabulary/forms.ts'
import { errnoName, signalName } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { callsInProgress } from './calls-in-progress.ts'
import type { CallLine, EventLine, Line } from './lines.ts'
import { isOverlapping, type OverlappingRecording } from './timed-call.ts'
import type { OutData, Recording, TraceEvent, TraceHeader } from './trace.ts'

/** Writes a whole trace, as fast as `to` takes it; `to` stays open. */
export async function writeTrace(
  to: Writable,
  header: TraceHeader,
  recordings: Iterable<Recording> | AsyncIterable<Recording>,
): Promise<void> {
  to.write(headerText(header))
  for await (const recording of recordings) if (!to.write(recordingText(recording))) await once(to, 'drain')
}

/** The first line of a trace, with its line end. */
export const headerText = (header: TraceHeader): string =>
  textOf({ event: 'header', format: 'ipc-oracle trace', version: 1, ...header })

/** The lines of one scenario, with their line ends. See `schema.ts` for the format. */
export function recordingText(recording: Recording): string {
  return isOverlapping(recording) ? overlappingText(recording) : steppedText(recording)
}

function steppedText({ scenario, started, steps, problem }: Recording): string {
  const calls = callsInProgress()
  let text = textOf({ event: 'scenario', title: scenario.title, started })
  for (const [index, step] of scenario.steps.entries()) {
    const number = index + 1
    text += textOf(callLine(number, step))
    const recorded = steps[index]
    if (recorded === undefined) continue
    calls.begin(step)
    for (const event of recorded.events) {
      text += textOf(eventLine(number, event, calls.callOf(event.actor)))
      calls.see(event)
    }
    const actors = calls.asleep()
    if (actors.length > 0) text += textOf({ event: 'blocked', step: number, actors })
    text += textOf({ event: 'rest', step: number, seconds: recorded.seconds })
  }
  return text + textOf({ event: 'end', problem })
}

/** Each call, and what came of it. */
function overlappingText({ scenario, started, problem, overlapping }: OverlappingRecording): string {
  const { first, last, ended, calls, lives } = overlapping
  const byStep = new Map(calls.map((call) => [call.step, call]))
  let text = textOf({ event: 'scenario', title: scenario.title, started, overlapping: [first + 1, last] })
  for (const [at, step] of scenario.steps.entries()) {
    const call = byStep.get(at)
    const number = at + 1
    const line = callLine(number, step)
    text += textOf(call === undefined ? line : { ...line, begin: call.begin })
    if (call?.asleepAt !== undefined)
      text += textOf({ event: 'blocked', step: number, actors: [call.actor], at: call.asleepAt })
    if (call === undefined || call.seen === null || call.end === 'never') continue
    text += textOf({ ...eventLine(number, call.seen, call.call.name), end: call.end } as EventLine)
  }
  return (
    text +
    textOf({ event: 'end', problem, ended, ...(lives && { dead: lives.ended, stopped: lives.stopped }) })
  )
}

function callLine(step: number, { actor, call }: Step): CallLine {
  const { name, as, ...given } = call as { name: FormName; as?: string }
  return { event: 'call', step, actor, call: name, arguments: given, ...(as === undefined ? {} : { as }) }
}

function eventLine(step: number, event: TraceEvent, call: FormName | undefined): EventLine {
  const { actor } = event
  switch (event.is) {
    case 'returned':
      return {
        event: 'return',
        step,
        actor,
        value: event.value,
        errno: event.errno === 0 ? null : errnoName(event.errno),
        out: outLine(event.out, call),
        ...(event.clobbered ? { clobbered: true } : {}),
      }
    case 'faulted':
      return { event: 'fault', step, actor, signal: signalName(event.signal), code: event.code }
    default:
      return { event: eventNames[event.is], step, actor }
  }
}

const eventNames = { ended: 'exit', stopped: 'stop', continued: 'continue', skipped: 'skipped' } as const

const outLine = (out: OutData, call: FormName | undefined) =>
  out === null || call === undefined
    ? null
    : Object.fromEntries(formOf(call).outputs.map(({ name }, index) => [name, out[index]]))

/** One line. Integers beyond 2^53 become decimal strings; they are rare, so the plain way is tried first. */
function textOf(line: Line): string {
  try {
    return `${JSON.stringify(line)}\n`
  } catch {
    const text = JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
    return `${text}\n`
  }
}
