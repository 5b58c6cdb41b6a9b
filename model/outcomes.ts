import { areEqual, canonicalKey } from './canonical.ts'
import { noteCall } from './common/spaces.ts'
import { createDistinct } from './distinct.ts'
import type { ExpectedEvent } from './expected.ts'
import { type Performer, performers } from './families.ts'
import type { Chosen, Moment } from './moment.ts'
import { deliverable } from './processes/deliver.ts'
import { namesSuccessor } from './processes/next-pid.ts'
import { actLater, unfinished } from './processes/settle.ts'
import { refuseUnknown } from './processes/several-threads.ts'
import { mayCall } from './processes/vfork.ts'
import type { Profile } from './profile.ts'
import { maybeExpire } from './semaphores/semop.ts'
import { HOME, hasSpaces, isKnownHere, seenFrom, spaceOf } from './spaces.ts'
import type { Call } from './vocabulary/forms.ts'
import { activityOf, type Stamp, type World, withFailed } from './world.ts'

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
  return everyOutcome(call.name, (script) => perform({ world, now, profile, script }, actor, call))
}

/** What the call does itself: what it lets others do comes later, see `laterOutcomes`. The same is thrown. */
export const ownOutcomes = (
  world: World,
  actor: string,
  call: Call,
  now: Stamp,
  profile: Profile,
): readonly Outcome[] =>
  everyOutcome(call.name, (script) =>
    perform({ world, now, profile, script, isBeginning: true }, actor, call),
  )

/** Who has something left to do that follows from calls of which only `ownOutcomes` were asked. */
export const actorsToAct = (world: World, profile: Profile): readonly string[] =>
  unfinished(momentOf({ world, now: 0, profile, script: [], isBeginning: true }))

/** The signals that a process would meet now. */
export const deliverableIn = (world: World, name: string, profile: Profile): readonly number[] =>
  deliverable(momentOf({ world, now: 0, profile, script: [] }), name)

/** What comes of it when one of them does it. */
export const laterOutcomes = (
  world: World,
  actor: string,
  now: Stamp,
  profile: Profile,
): readonly Outcome[] =>
  everyOutcome(`what ${actor} does`, (script) => {
    const moment = momentOf({ world, now, profile, script, isBeginning: true })
    actLater(moment, actor)
    return moment
  })

function everyOutcome(what: string, outcomeOf: (script: readonly number[]) => Outcome): readonly Outcome[] {
  const first = outcomeOf([])
  if (first.choices.length === 0) return [first]
  const found = createDistinct(isSame, keyOf)
  found.add(first)
  const scripts = alternatives(first, [])
  for (let count = 1; scripts.length > 0; count++) {
    if (count > OUTCOMES_MAX) throw new Error(`a step of ${what} has more than ${OUTCOMES_MAX} outcomes`)
    const script = scripts.pop() ?? []
    const outcome = outcomeOf(script)
    found.add(outcome, (known) => ({
      ...known,
      told: agreed(known.told ?? known.choices, outcome.choices),
    }))
    scripts.push(...alternatives(outcome, script))
  }
  return found.all()
}

/** The same; none where the model does not know what the call would find. */
export function knownOutcomes(
  world: World,
  actor: string,
  call: Call,
  now: number,
  profile: Profile,
): readonly Outcome[] {
  try {
    return outcomes(world, actor, call, now, profile)
  } catch (error) {
    if ((error as Error).constructor !== Error) throw error
    return []
  }
}

/** Whether the actor exists, runs, and is outside any call, so that it can be given a step. */
export function canAct(world: World, actor: string): boolean {
  if (activityOf(world, actor)?.is !== 'idle') return false
  const lifecycle = world.processes[actor]?.lifecycle
  if (lifecycle === undefined) return true
  return lifecycle.life === 'running' && lifecycle.firstThread === 'lives'
}

type Beginning = Pick<Moment, 'world' | 'now' | 'profile' | 'script' | 'isBeginning'>

const momentOf = ({ world, now, profile, script, isBeginning = false }: Beginning): Moment => ({
  world,
  now,
  profile,
  script,
  isBeginning,
  events: [],
  rules: [],
  ruleCounts: [],
  choices: [],
})

function perform(beginning: Beginning, actor: string, call: Call): Outcome {
  const { world } = beginning
  if (namesSuccessor(world, call))
    throw new Error(`${call.name} names a process that is gone and whose pid another one may have by now`)
  const isOne = !hasSpaces(world)
  const moment = momentOf(isOne ? beginning : { ...beginning, world: seenFrom(world, HOME) })
  if (world.settings.threaded) refuseUnknown(world, actor, call)
  maybeExpire(moment)
  if (!isKnownHere(world, actor, call))
    throw new Error(`what ${call.name} finds in another namespace is not known`)
  if (!mayCall(world, actor, call)) throw new Error(`${call.name} by a process in the memory of its parent`)
  const performer = performerOf.get(call.name) as Performer<Call>
  if (!isOne) moment.world = seenFrom(moment.world, spaceOf(world, actor))
  performer(moment, actor, call)
  if (!isOne) noteCall(moment, call)
  if (!isOne) moment.world = seenFrom(moment.world, HOME)
  maybeExpire(moment)
  if (!isOne) moment.world = seenFrom(moment.world, spaceOf(moment.world, actor))
  if ('as' in call && hasFailed(moment, actor)) moment.world = withFailed(moment.world, call.as)
  return moment
}

/** A map: a record of so many fields is slow to read. */
const performerOf: ReadonlyMap<string, Performer<Call>> = new Map(
  Object.entries(performers) as unknown as [string, Performer<Call>][],
)

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
