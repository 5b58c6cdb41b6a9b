import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import type { LitmusTest } from './litmus-test.ts'
import { type Look, madeActors, objectsOf } from './objects.ts'
import type { End } from './proposition.ts'
import type { Seen } from './seen.ts'

/** A step that was made, and what was seen when all was at rest again. */
export interface MadeStep {
  readonly step: Step
  /** `A.2`: the second call of A's column; `setup`; or the look that it is. */
  readonly place: string | Look
  readonly seen: readonly Seen[]
}

/** `B.0`: the call of B in the setup in which it slept at the end of the setup. */
export const sleeperOf = (actor: string): string => `${actor}.0`

/** Everybody who acts. */
export const actorsIn = (test: Pick<LitmusTest, 'setup' | 'columns'>): readonly string[] => [
  ...new Set([
    ...test.setup.map((step) => step.actor),
    ...test.columns.map((column) => column.actor),
    ...madeActors(test),
  ]),
]

/** What the steps came to. */
export function endOf(test: LitmusTest, made: readonly MadeStep[]): End {
  const end: Record<string, number | string> = {}
  for (const { actor, calls } of test.columns)
    for (let at = 1; at <= calls.length; at++) end[`${actor}.${at}`] = 'unmade'
  const inCall: Record<string, string> = {}
  const states: Record<string, string> = {}
  for (const actor of actorsIn(test))
    states[actor] = rootActors.some((root) => root === actor) ? 'idle' : 'unborn'
  let isSetUp = false
  for (const { step, place, seen } of made) {
    if (place !== 'setup' && !isSetUp) {
      isSetUp = true
      for (const actor in inCall) {
        inCall[actor] = sleeperOf(actor)
        end[sleeperOf(actor)] = 'asleep'
      }
    }
    if (typeof place === 'string') {
      inCall[step.actor] = place
      if (place !== 'setup') end[place] = 'asleep'
    }
    for (const event of seen) {
      const its = inCall[event.actor]
      if (event.is === 'returned' || event.is === 'faulted' || event.is === 'ended') {
        if (its !== undefined && its !== 'setup') Object.assign(end, resultsOf(its, event))
        delete inCall[event.actor]
      }
      if (event.is === 'ended') states[event.actor] = 'ended'
      if (event.is === 'stopped') states[event.actor] = 'stopped'
      if (event.is === 'continued') states[event.actor] = 'idle'
      if (event.is === 'returned' && !event.failed && event.actor === step.actor && 'as' in step.call)
        if (states[step.call.as] === 'unborn') states[step.call.as] = 'idle'
    }
    if (typeof place !== 'string') Object.assign(end, lookedAt(place, seen))
  }
  for (const [actor, state] of Object.entries(states))
    end[actor] = state === 'idle' && inCall[actor] !== undefined ? 'asleep' : state
  for (const { name, looks } of objectsOf(test)) {
    const isLooked = made.some(({ place }) => typeof place !== 'string' && looks.includes(place))
    if (end[name] === undefined) end[name] = isLooked ? 'there' : 'unmade'
  }
  return end
}

function resultsOf(
  place: string,
  event: Exclude<Seen, { readonly is: 'stopped' | 'continued' | 'skipped' }>,
) {
  if (event.is === 'faulted') return { [place]: event.signal }
  if (event.is !== 'returned') return { [place]: 'ended' }
  const told = Object.entries(event.out).map(([name, value]) => [`${place}.${name}`, value] as const)
  return { [place]: event.result, ...Object.fromEntries(told) }
}

/** What a look tells; an object that cannot be looked at is gone, or has become another's. */
function lookedAt({ call, tells }: Look, seen: readonly Seen[]): End {
  const [event] = seen
  if (event?.is !== 'returned') return {}
  if (event.failed) {
    const name =
      'set' in call ? call.set : 'queue' in call ? call.queue : 'segment' in call ? call.segment : ''
    return { [name]: event.result === 'EINVAL' || event.result === 'EIDRM' ? 'gone' : event.result }
  }
  return Object.fromEntries(
    tells.flatMap(({ output, as }) => {
      const value = output === 'value' ? event.result : event.out[output]
      return value === undefined ? [] : [[as, value]]
    }),
  )
}
