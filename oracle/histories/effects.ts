import type { ExpectedEvent } from '../../model/expected.ts'
import {
  actorsToAct,
  canAct,
  laterOutcomes,
  type Outcome,
  outcomes,
  ownOutcomes,
} from '../../model/outcomes.ts'
import type { Profile } from '../../model/profile.ts'
import { isZero } from '../../model/semaphores/deadline.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { World } from '../../model/world.ts'
import { Few } from './few.ts'
import { createNumbering } from './interned.ts'
import { withoutSleep } from './rise.ts'
import { type Sight, unseenForgotten } from './sight.ts'

/** A world with what calls do in it. Of equal worlds there is one only as long as that is worth while. */
export interface Place {
  /** Undefined: nobody has asked whether it is the same as another one. */
  number: number | undefined
  readonly world: World
  /** By a number that tells calls and callers apart. */
  readonly effects: Few<readonly Effect[]>
  /** Who has something left to do, once somebody has asked. */
  unfinished: readonly string[] | undefined
}

/** One way in which a call may take effect. */
export interface Effect {
  readonly place: Place
  readonly outcome: Outcome
  readonly events: readonly ExpectedEvent[]
  /** The caller has no event: it is asleep. */
  readonly sleeps: boolean
}

/**
 * What the model says about calls in worlds, asked once for each call in each world. Histories of the same objects come to
 * the same worlds again and again: a memory may serve many of them.
 */
export interface Effects {
  placeOf(world: World): Place
  numberOf(value: object): number
  /** The same for equal worlds. */
  numberOfPlace(place: Place): number
  /** Whether more is remembered than a single history may take. */
  isFull(): boolean
  /** The world without the sleep of an actor; undefined where it does not sleep on an object. */
  risen(place: Place, actor: string): Place | undefined
  /** None where the actor cannot make a call. Throws what the model throws. */
  of(place: Place, actor: string, call: Call): readonly Effect[]
  /** Who has something left to do; nobody unless the calls are about lives. */
  unfinished(place: Place): readonly string[]
  /** What comes of it when one of them does it. */
  later(place: Place, actor: string): readonly Effect[]
  readonly profile: Profile
  readonly sight: Sight
}

/** All effects have the same time: see `clock` of the judging. */
const NOW = 1

/** More worlds and values than these are forgotten all together, between two histories. */
const VALUES_MAX = 400_000

/** A history that takes more than these, some 2 GB, is given up. */
const VALUES_OF_ONE_MAX = 4 * VALUES_MAX

/** So many, where nothing is remembered from one history to the next. */
const SELDOM_MAX = 10_000

/**
 * When the model was asked so often, and something was remembered less than twice as often, equal worlds are looked for no
 * more: long queues are seldom the same twice.
 */
const ASKED_MIN = 2000

const nobody: readonly string[] = []

/** More actors than these are not told apart by a number. */
const ACTORS_MAX = 1024

/**
 * A timeout of zero is over at once, as far as the caller can see. Linux lets it sleep until its timer says so (ipc/sem.c,
 * __do_semtimedop): who counts sleepers at that moment counts it.
 */
const waysOf = (call: Call, { sleepers }: Sight): readonly Call[] =>
  sleepers && call.name === 'semtimedop' && isZero(call.timeout)
    ? [call, { ...call, timeout: { seconds: 0, nanoseconds: 1 } }]
    : [call]

export function createEffects(profile: Profile, sight: Sight): Effects {
  let numbering = createNumbering()
  let places = new Map<number, Place>()
  let calls = new Map<Call, number>()
  let asked = 0
  let remembered = 0
  const placeOf = (world: World): Place =>
    isSeldomEqual()
      ? { number: undefined, world, effects: new Few(), unfinished: undefined }
      : onePlaceOf(world)
  const isSeldomEqual = () => asked > ASKED_MIN && 2 * asked > remembered
  const onePlaceOf = (world: World): Place => {
    const blurred = unseenForgotten(world, sight)
    const number = numbering.numberOf(blurred)
    const known = places.get(number)
    if (known !== undefined) return known
    const place: Place = { number, world: blurred, effects: new Few(), unfinished: undefined }
    places.set(number, place)
    return place
  }
  const actors = new Map<string, number>()
  const actorNumber = (actor: string): number => {
    const number = actors.get(actor) ?? actors.size
    if (number >= ACTORS_MAX) throw new Error(`there are more than ${ACTORS_MAX} actors`)
    actors.set(actor, number)
    return number
  }
  /** Even where equal calls have one number, odd where each has its own. */
  const callNumber = (call: Call): number => {
    if (!isSeldomEqual()) return 2 * numbering.numberOf(call)
    const known = calls.get(call)
    if (known !== undefined) return known
    const fresh = 2 * calls.size + 1
    calls.set(call, fresh)
    return fresh
  }
  const effectOf = (outcome: Outcome, actor: string, before: Place): Effect => ({
    outcome,
    place: outcome.world === before.world ? before : placeOf(outcome.world),
    events: outcome.events,
    sleeps: !outcome.events.some((event) => event.actor === actor),
  })
  const outcomesOf = sight.lives ? ownOutcomes : outcomes
  return {
    profile,
    sight,
    unfinished(place) {
      if (!sight.lives) return nobody
      place.unfinished ??= actorsToAct(place.world, profile)
      return place.unfinished
    },
    later(place, actor) {
      const key = -1 - actorNumber(actor)
      const known = place.effects.get(key)
      if (known !== undefined) return known
      const found = laterOutcomes(place.world, actor, NOW, profile).map((outcome) =>
        effectOf(outcome, actor, place),
      )
      place.effects.add(key, found)
      return found
    },
    numberOf: (value) => numbering.numberOf(value),
    numberOfPlace: (place) => (place.number ??= numbering.numberOf(unseenForgotten(place.world, sight))),
    isFull: () => numbering.size() > VALUES_OF_ONE_MAX,
    placeOf(world) {
      if (numbering.size() > (isSeldomEqual() ? SELDOM_MAX : VALUES_MAX)) {
        numbering = createNumbering()
        places = new Map()
        calls = new Map()
      }
      return placeOf(world)
    },
    risen(place, actor) {
      const world = withoutSleep(place.world, actor)
      return world && placeOf(world)
    },
    of(place, actor, call) {
      const key = callNumber(call) * ACTORS_MAX + actorNumber(actor)
      const known = place.effects.get(key)
      if (known !== undefined) {
        remembered++
        return known
      }
      asked++
      const found = canAct(place.world, actor)
        ? waysOf(call, sight)
            .flatMap((way) => outcomesOf(place.world, actor, way, NOW, profile))
            .map((outcome) => effectOf(outcome, actor, place))
        : []
      place.effects.add(key, found)
      return found
    },
  }
}
