import type { Expected, ExpectedEvent } from '../../model/expected.ts'
import { type Outcome, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { type FormName, formOf } from '../../model/vocabulary/forms.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import type { Long } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import type { Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import type { Draw } from '../arbitraries/draw.ts'

type Returned = Extract<TraceEvent, { is: 'returned' }>

/** A recording of what profile linux documents, with one observation changed. */
export interface Alteration {
  readonly recording: Recording
  readonly what: 'value' | 'out' | 'errno' | 'clobbered' | 'missing' | 'extra' | 'other event'
  /** Why nobody can notice; empty where the oracle must. */
  readonly excuse: '' | Excuse
}

/**
 * `unbound symbol`: the number was chosen by the kernel and is seen nowhere else, so that any other would do.
 * `anything`: the model expects nothing in particular. `another outcome`: Linux leaves the step open, and what was
 * changed is what another of its outcomes shows.
 */
export type Excuse = 'unbound symbol' | 'anything' | 'another outcome'

/** What profile linux expected of each step of a recording that agrees with its documented outcomes. */
export function expectedSteps(recording: Recording, start: World): readonly (readonly Outcome[])[] {
  let world = start
  return recording.scenario.steps.map(({ actor, call }, at) => {
    const found = outcomes(world, actor, call, at + 1, linux)
    world = found[0]?.world ?? world
    return found
  })
}

/** Changes one observation of a recording. `expected`: see `expectedSteps`. */
export function alter(
  recording: Recording,
  expected: readonly (readonly Outcome[])[],
  draw: Draw,
): Alteration {
  const at = draw.int(recording.steps.length)
  const events = recording.steps[at]?.events ?? []
  const which = draw.int(events.length)
  const event = events[which]
  const outcome = expected[at]?.[0]
  const due = outcome?.events[which]
  const others = expected[at]?.slice(1) ?? []
  const done = (
    what: Alteration['what'],
    changed: readonly TraceEvent[],
    excuse: Alteration['excuse'],
  ): Alteration => ({
    recording: {
      ...recording,
      steps: recording.steps.map((step, index) => (index === at ? { ...step, events: changed } : step)),
    },
    what,
    excuse:
      excuse === '' && others.some((other) => mayBe(other.events, changed)) ? 'another outcome' : excuse,
  })
  const how = draw.int(6)
  const actor = ['A', 'B', 'C', 'D'].find((name) => events.every((each) => each.actor !== name)) ?? 'Z'
  if (event === undefined || due === undefined || how === 0)
    return done('extra', [...events, anEvent(actor)], '')
  if (how === 1) return done('missing', events.toSpliced(which, 1), '')
  if (event.is !== 'returned' || due.is !== 'returned')
    return done('other event', events.with(which, anEvent(event.actor)), '')
  if (how === 2) return done('clobbered', events.with(which, { ...event, clobbered: true }), '')
  if (how === 3) return done('errno', events.with(which, withOtherErrno(event)), '')
  const places = sightings(expected)
  const { out } = event
  if (how === 4 || out === null || out.length === 0) {
    const [value, excuse] = otherValue(due.result.value, event.value, places)
    return done('value', events.with(which, { ...event, value: value as Long }), excuse)
  }
  const field = draw.int(out.length)
  const output = formOf(callOf(recording, at, event.actor)).outputs[field]?.name ?? ''
  const [value, excuse] = otherValue(due.result.out?.[output] ?? { is: 'untouched' }, out[field] ?? 0, places)
  return done('out', events.with(which, { ...event, out: out.with(field, value) }), excuse)
}

/** Whether the events are those of the outcome, as far as values without symbols tell. */
const mayBe = (events: readonly ExpectedEvent[], seen: readonly TraceEvent[]): boolean =>
  events.length === seen.length &&
  events.every((event) =>
    seen.some((other) => {
      if (other.actor !== event.actor || other.is !== event.is) return false
      if (event.is !== 'returned' || other.is !== 'returned') return true
      const { value, errno } = event.result
      const isPlain = typeof value !== 'object'
      return (errno === 'none' ? 0 : errnos[errno]) === other.errno && (!isPlain || value === other.value)
    }),
  )

const anEvent = (actor: string): TraceEvent => ({
  is: 'returned',
  actor,
  value: 4711,
  errno: 0,
  out: null,
  clobbered: false,
})

function withOtherErrno(event: Returned): Returned {
  if (event.errno === 0) return { ...event, errno: errnos.EIO, value: -1 }
  return { ...event, errno: event.errno === errnos.EIO ? errnos.EPERM : errnos.EIO }
}

/** Another value where `expected` was due, and why nobody can tell. */
function otherValue(
  expected: Expected,
  seen: Long | readonly number[],
  places: ReadonlyMap<string, number>,
): readonly [Long | readonly number[], Alteration['excuse']] {
  if (isList(expected)) return [[...expected, 7], '']
  if (isList(seen)) return [[...seen, 7], 'anything']
  const next = typeof seen === 'bigint' ? seen - 1n : seen + 1
  if (typeof expected !== 'object') return [next, '']
  switch (expected.is) {
    case 'anything':
      return [next, 'anything']
    case 'time':
      return [Number(seen) + 5, '']
    case 'atLeast':
      return [Number(expected.least) - 1, '']
    case 'atMost':
      return [Number(expected.most) + 1, '']
    case 'pid again':
    case 'key':
    case 'untouched':
      return [next, '']
    default:
      return [
        Number(seen) + 1_000_000 * 4096,
        (places.get(nameOf(expected)) ?? 0) > 1 ? '' : 'unbound symbol',
      ]
  }
}

const isList = (value: unknown): value is readonly number[] => Array.isArray(value)

/** How often each symbol is seen. The driver's pid and the arena are known beforehand. */
function sightings(expected: readonly (readonly Outcome[])[]): ReadonlyMap<string, number> {
  const places = new Map([
    ['pid init', 1],
    ['address arena', 1],
  ])
  for (const [outcome] of expected)
    for (const event of outcome?.events ?? [])
      for (const value of valuesOf(event)) {
        const name = nameOf(value)
        if (name !== '') places.set(name, (places.get(name) ?? 0) + 1)
      }
  return places
}

const valuesOf = (event: ExpectedEvent): readonly Expected[] =>
  event.is === 'returned' ? [event.result.value, ...Object.values(event.result.out ?? {})] : []

const nameOf = (value: Expected) =>
  typeof value === 'object' && 'of' in value && value.is !== 'key' ? `${value.is} ${value.of}` : ''

/** The call from which the actor comes back in the step. */
function callOf({ scenario: { steps } }: Recording, at: number, actor: string): FormName {
  for (let index = at; index >= 0; index--) {
    const step = steps[index]
    if (step?.actor === actor && formOf(step.call.name).pseudo !== true) return step.call.name
  }
  return 'tick'
}
