import { type FormName, formOf } from '../../model/vocabulary/forms.ts'
import type { Long, OutputKind } from '../../model/vocabulary/shape.ts'
import type { OutData, Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import type { Request } from './encode.ts'
import { eventKinds } from './kinds.ts'

/** The payload of the result frame that a probe would have sent for this recording. For tests and measurements. */
export function resultWords({ started, steps, problem }: Recording, request: Request): Int32Array {
  const calls = new Map<string, FormName>()
  const words = [request.number, problem === '' ? 0 : 2, started, steps.length]
  for (const [index, step] of steps.entries()) {
    const made = request.scenario.steps[index]
    if (made !== undefined && formOf(made.call.name).pseudo !== true && !calls.has(made.actor))
      calls.set(made.actor, made.call.name)
    words.push(step.events.length, step.seconds)
    for (const event of step.events) words.push(...eventWords(event, request.actors, calls.get(event.actor)))
    for (const { is, actor } of step.events)
      if (is === 'returned' || is === 'faulted' || is === 'ended') calls.delete(actor)
  }
  return Int32Array.from(words)
}

function eventWords(event: TraceEvent, actors: readonly string[], call: FormName | undefined): number[] {
  const slot = actors.indexOf(event.actor)
  const kind = eventKinds[event.is]
  if (event.is === 'faulted') return [slot, kind, event.signal, event.code]
  if (event.is !== 'returned') return [slot, kind]
  const out = outWords(event.out, call)
  const head = kind | (event.clobbered ? 1 << 8 : 0) | (out.length << 16)
  return [slot, head, event.errno, ...longWords(event.value), ...out]
}

const outWords = (out: OutData, call: FormName | undefined): number[] =>
  out === null || call === undefined
    ? []
    : formOf(call).outputs.flatMap(({ kind }, index) => outputWords(kind, out[index] ?? 0))

function outputWords(kind: OutputKind, value: Long | readonly number[]): number[] {
  if (typeof value === 'object') return [value.length, ...value]
  return kind === 'long' || kind === 'address' || kind === 'time' ? longWords(value) : [Number(value)]
}

const longWords = (value: Long): number[] => [
  Number(BigInt.asIntN(32, BigInt(value))),
  Number(BigInt.asIntN(32, BigInt(value) >> 32n)),
]
