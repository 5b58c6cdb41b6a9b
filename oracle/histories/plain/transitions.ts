import type { Expected, Result } from '../../../model/expected.ts'
import { canAct, type Outcome, outcomes } from '../../../model/outcomes.ts'
import type { Profile } from '../../../model/profile.ts'
import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import type { World } from '../../../model/world.ts'
import { type Bindings, type Context, UNSEEN } from '../../bindings.ts'
import { matchEvent } from '../../match-step.ts'
import { Pairs } from '../pairs.ts'
import { FILL, type Kind } from './kinds.ts'
import { type Row, Rows } from './rows.ts'

/** Nothing that comes of the call is what was seen. */
export const NOTHING = 1
/** It comes to something that no plain history has. */
export const ODD = 2

/** What becomes of the messages of a queue. */
export const SAME = 0
export const APPENDED = 1
/** And as many above it as there were messages before the one that was received. */
export const TAKEN = 2

/** What is needed to ask the model; the answers do not depend on it. */
export interface Asking {
  readonly bindings: Bindings
  readonly context: Context
}

/**
 * What calls do in worlds, as numbers, the model asked once for each kind of call in each world. Messages are known by their
 * place in the queue only: where every message has room and fits the buffer, nothing that is done to them depends on how
 * long they are, or on what they say (data independence: Wolper, POPL 1986). So the worlds recur, whatever was sent.
 */
export class Transitions {
  readonly #profile: Profile
  readonly #found = new Pairs()
  readonly #rows = new Rows()
  /** By the number of an answer. */
  readonly #next: number[] = [0, 0, 0]
  readonly #does: number[] = [0, 0, 0]
  readonly #more: number[] = [0, NOTHING, NOTHING]

  constructor(profile: Profile) {
    this.#profile = profile
  }

  get size(): number {
    return this.#next.length + this.#rows.size
  }

  /** The number of a world as calls on a set see it, or on a queue of which all messages have room, and fit. */
  rowOf(world: World, queue: string | undefined): number {
    return this.#rows.of(world, queue).number
  }

  /** NOTHING, ODD, or the number of an answer. */
  ask(row: number, kind: Kind, asking: Asking): number {
    const known = this.#found.get(row, kind.number)
    if (known !== 0) return known
    const answer = this.#answer(this.#rows.at(row), kind, asking)
    this.#found.add(row, kind.number, answer)
    return answer
  }

  /** The row to which an answer leads. */
  next(answer: number): number {
    return this.#next[answer] as number
  }

  does(answer: number): number {
    return this.#does[answer] as number
  }

  /** Another answer to the same, or NOTHING. */
  more(answer: number): number {
    return this.#more[answer] as number
  }

  #answer(row: Row, kind: Kind, asking: Asking): number {
    if (!canAct(row.world, kind.actor)) return NOTHING
    let all: readonly Outcome[]
    try {
      all = outcomes(row.world, kind.actor, callIn(row, kind), NOW, this.#profile)
    } catch {
      return ODD
    }
    let answer = NOTHING
    for (let at = all.length - 1; at >= 0; at--) {
      const outcome = all[at] as Outcome
      const event = outcome.events[0]
      if (event === undefined) continue
      if (outcome.events.length > 1 || event.actor !== kind.actor) return ODD
      if (event.is !== 'returned') continue
      if (!isSaidByItself(event.result, kind)) return ODD
      inCall[kind.actor] = kind.call
      const { bindings, context } = asking
      if (matchEvent(event, kind.seen, inCall, bindings, outcome.world, context) === undefined) continue
      const does = doneTo(row, outcome.world, event.result)
      if (does === undefined || (kind.receives && does < TAKEN)) return ODD
      answer = this.#add(this.#rows.after(row, outcome.world).number, does, answer)
    }
    return answer
  }

  #add(next: number, does: number, more: number): number {
    this.#next.push(next)
    this.#does.push(does)
    this.#more.push(more)
    return this.#next.length - 1
  }
}

const NOW = 1

/** The calls that are matched: one object for all. */
const inCall: Record<string, Call> = {}

function callIn({ world, queue }: Row, { call }: Kind): Call {
  if (call.name !== 'msgsnd' || queue === undefined) return call
  const { name, type, size, flags } = call
  return { name, queue: call.queue, type, size, fill: world.queues[queue]?.messages.length ?? 0, flags }
}

/** What has become of the messages; undefined where it is something else. */
function doneTo({ world, queue }: Row, after: World, { out }: Result): number | undefined {
  if (queue === undefined) return SAME
  const count = world.queues[queue]?.messages.length ?? 0
  const left = after.queues[queue]?.messages
  if (left === undefined || count > PLACES_MAX) return undefined
  let place = 0
  while (place < left.length && left[place]?.fill === place) place++
  if (place === left.length && left.length === count) return SAME
  if (place === left.length && left.length === count + 1) return APPENDED
  if (left.length !== count - 1 || out?.[FILL_NAME] !== place) return undefined
  for (let at = place; at < left.length; at++) if (left[at]?.fill !== at + 1) return undefined
  return TAKEN + place
}

/** A byte says no more. */
const PLACES_MAX = 250

const FILL_NAME = formOf('msgrcv').outputs[FILL]?.name ?? ''

/** Whether the result is the same whatever else was seen before. */
function isSaidByItself({ value, out }: Result, { call, seen }: Kind): boolean {
  if (!isByItself(value)) return false
  if (seen.out === null) return true
  const { outputs } = formOf(call.name)
  for (let at = 0; at < outputs.length; at++)
    if (!Object.is(seen.out[at], UNSEEN) && !isByItself(out?.[outputs[at]?.name ?? ''] ?? 0)) return false
  return true
}

const isByItself = (expected: Expected): boolean =>
  typeof expected !== 'object' || !('is' in expected) || byItself.has(expected.is)

const byItself: ReadonlySet<string> = new Set(['anything', 'untouched', 'atLeast', 'atMost'])
