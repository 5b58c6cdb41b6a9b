import { areEqual, canonicalKey } from './canonical.ts'
import { createDistinct } from './distinct.ts'
import type { ExpectedEvent } from './expected.ts'
import { type Performer, performers } from './families.ts'
import type { Chosen, Moment } from './moment.ts'
import { refuseUnknown } from './processes/several-threads.ts'
import type { Profile } from './profile.ts'
import { maybeExpire } from './semaphores/semop.ts'
import type { Call } from './vocabulary/forms.ts'
import { activityOf, type Stamp, type World } from './world.ts'

/** One way in which a step may end, as the profile allows it. */
export interface Outcome {
  readonly world: World
  /** All that becomes true in the step; a process whose call began and has no event is asleep. */
  readonly events: readonly ExpectedEvent[]
  /** Ids of the rules that were used. */
  readonly rules: readonly string[]
  /** How many of `rules` were noted when each event came about: an event's rules are those since the one before. */
  readonly ruleCounts: readonly number[]
  readonly choices: readonly Chosen[]
  /** Those of the choices that are the same in every way that leads to this outcome, where there are several ways. */
  readonly told?: readonly Chosen[]
}

/** A step whose choices are more than these is cut off; `outcomes` then throws, it never forgets some of them. */
const OUTCOMES_MAX = 20_000

/**
 * Every outcome that the profile allows when `actor` makes `call` in `world`, the documented (Linux) one first. The
 * actor must be able to make a call: see `canAct`. `now` numbers the step, from 1.
 * @throws Error if a step has more outcomes than can be followed, or does what the model does not follow.
 */
export function outcomes(
  world: World,
  actor: string,
  call: Call,
  now: Stamp,
  profile: Profile,
): readonly Outcome[] {
  const first = perform(world, actor, call, now, profile, [])
  if (first.choices.length === 0) return [first]
  const found = createDistinct(isSame, keyOf)
  found.add(first)
  const scripts = alternatives(first, [])
  for (let count = 1; scripts.length > 0; count++) {
    if (count > OUTCOMES_MAX) throw new Error(`a step of ${call.name} has more than ${OUTCOMES_MAX} outcomes`)
    const script = scripts.pop() ?? []
    const outcome = perform(world, actor, call, now, profile, script)
    found.add(outcome, (known) => ({
      ...known,
      told: agreed(known.told ?? known.choices, outcome.choices),
    }))
    scripts.push(...alternatives(outcome, script))
  }
  return found.all()
}

/** Whether the actor exists, runs, and is outside any call, so that it can be given a step. */
export function canAct(world: World, actor: string): boolean {
  if (activityOf(world, actor)?.is !== 'idle') return false
  const lifecycle = world.processes[actor]?.lifecycle
  if (lifecycle === undefined) return true
  return lifecycle.life === 'running' && lifecycle.firstThread === 'lives'
}

function perform(
  world: World,
  actor: string,
  call: Call,
  now: Stamp,
  profile: Profile,
  script: readonly number[],
): Outcome {
  const moment: Moment = { world, now, profile, events: [], rules: [], ruleCounts: [], choices: [], script }
  if (world.settings.threaded) refuseUnknown(world, actor, call)
  maybeExpire(moment)
  const performer = performers[call.name] as Performer<Call>
  performer(moment, actor, call)
  maybeExpire(moment)
  if ('as' in call && hasFailed(moment, actor))
    moment.world = { ...moment.world, failed: [...moment.world.failed, call.as] }
  return moment
}

const hasFailed = ({ events }: Moment, actor: string) =>
  events.some((event) => event.is === 'returned' && event.actor === actor && event.result.errno !== 'none')

/** The scripts that repeat an outcome's choices up to one that its own script had not fixed, and change that one. */
function alternatives(outcome: Outcome, script: readonly number[]): number[][] {
  const found: number[][] = []
  const taken = outcome.choices.map(({ index }) => index)
  for (let at = script.length; at < taken.length; at++)
    for (let index = 1; index < (outcome.choices[at]?.of ?? 0); index++)
      found.push([...taken.slice(0, at), index])
  return found
}

/** The choices that two ways have in common: for each rule as many as agree from the first on. */
export function agreed(some: readonly Chosen[], others: readonly Chosen[]): readonly Chosen[] {
  return some.filter(({ rule, index }, at) => {
    const nth = some.slice(0, at).filter((each) => each.rule === rule).length
    return others.filter((each) => each.rule === rule)[nth]?.index === index
  })
}

/** Outcomes that differ only in the order of events are one. */
const isSame = (a: Outcome, b: Outcome): boolean =>
  a.events.length === b.events.length &&
  areEqual(a.world, b.world) &&
  a.events.every((event) => b.events.some((other) => areEqual(event, other)))

const keyOf = ({ world, events }: Outcome) =>
  `${canonicalKey(world)} ${events.map(canonicalKey).sort().join(' ')}`
