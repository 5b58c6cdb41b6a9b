import type { ExpectedEvent } from '../model/expected.ts'
import type { Outcome } from '../model/outcomes.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import type { Step } from '../model/vocabulary/scenario.ts'
import type { Calls } from './match-step.ts'
import type { RecordedStep, TraceEvent } from './trace/trace.ts'
import { faultWords, outWords, valueWords } from './value-words.ts'

/**
 * What was seen after a step, in words: `A returns 0; B returns -1 EAGAIN`, `B blocks`. `calls`: the call that each
 * process is in, see `callsAt`.
 */
export const describeObserved = (step: Step, recorded: RecordedStep, calls: Calls): string =>
  describe(step, recorded.events, (event) => observedWords(event, callOf(event.actor, step, calls)))

/** An allowed outcome of a step, in the same words: what stands for a value of the kernel's choice is named. */
export const describeOutcome = (step: Step, outcome: Outcome, calls: Calls): string =>
  describe(step, outcome.events, (event) => expectedWords(event, callOf(event.actor, step, calls)))

/** Each different allowed outcome of a step, in words, the documented one first. */
export const describeOutcomes = (
  step: Step,
  allowed: readonly Outcome[],
  calls: Calls,
): readonly string[] => [...new Set(allowed.map((outcome) => describeOutcome(step, outcome, calls)))]

/** The call that each process is in, or was in last, when the step at this index (from 0) has begun. */
export function callsAt(steps: readonly Step[], index: number): Calls {
  const calls: Record<string, Step['call']> = {}
  for (const { actor, call } of steps.slice(0, index + 1)) if (!isPseudo({ actor, call })) calls[actor] = call
  return calls
}

const isPseudo = ({ call }: Step) => formOf(call.name).pseudo === true

const callOf = (actor: string, step: Step, calls: Calls) =>
  actor === step.actor && !isPseudo(step) ? step.call : calls[actor]

function describe<E extends { readonly actor: string }>(
  step: Step,
  events: readonly E[],
  words: (event: E) => string,
): string {
  const own = events.filter(({ actor }) => actor === step.actor)
  const others = events.filter(({ actor }) => actor !== step.actor)
  others.sort((a, b) => (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : 0))
  const all = [...own, ...others].map((event) => `${event.actor} ${words(event)}`)
  if (own.length > 0) return all.join('; ')
  if (!isPseudo(step)) return [`${step.actor} blocks`, ...all].join('; ')
  if (step.call.name === 'expires') return [`${step.actor} stays asleep`, ...all].join('; ')
  return all.length === 0 ? 'nothing happens' : all.join('; ')
}

function observedWords(event: TraceEvent, call: Step['call'] | undefined): string {
  if (event.is === 'faulted') return faultWords(event.signal, event.code)
  if (event.is !== 'returned') return happenings[event.is]
  const { value, errno, out, clobbered } = event
  const named = out === null ? null : namedOut(out, call)
  const beyond = clobbered ? ' and bytes around its buffer are overwritten' : ''
  return `returns ${valueWords(value, errno, call)}${outWords(named, errno, call)}${beyond}`
}

function expectedWords(event: ExpectedEvent, call: Step['call'] | undefined): string {
  if (event.is === 'faulted') return faultWords(event.signal, event.code)
  if (event.is !== 'returned') return happenings[event.is]
  const { value, errno, out } = event.result
  return `returns ${valueWords(value, errno, call)}${outWords(out, errno, call)}`
}

const happenings = {
  ended: 'ends',
  stopped: 'stops',
  continued: 'continues',
  skipped: 'could not be given the call',
} as const

function namedOut(values: readonly unknown[], call: Step['call'] | undefined) {
  const outputs = call === undefined ? [] : formOf(call.name).outputs
  return Object.fromEntries(values.map((value, at) => [outputs[at]?.name ?? `out${at}`, value]))
}
