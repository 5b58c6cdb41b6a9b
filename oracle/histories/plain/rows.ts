import { changedQueue, type Message, type Queue } from '../../../model/messages/state.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import { type World, withQueue } from '../../../model/world.ts'
import { createNumbering, createSteps } from '../interned.ts'
import { unseenForgotten } from '../sight.ts'

/** A world as calls on one object see it. Of a queue the messages have one byte each, which says the place. */
export interface Row {
  readonly number: number
  readonly world: World
  /** Undefined: it is about a set. */
  readonly queue: string | undefined
  /** The place of a world that is the same but for the messages, which are none there. */
  readonly frame: number
}

/** Worlds, of equal ones only one. */
export class Rows {
  readonly #rows: Row[] = []
  readonly #numbering = createNumbering()
  readonly #byPlace = new Map<number, Row>()
  /** From a frame each message leads to another place, by its type. */
  readonly #places = createSteps()
  readonly #types = new Map<Long, number>()

  get size(): number {
    return this.#numbering.size() + this.#rows.length
  }

  at(number: number): Row {
    return this.#rows[number] as Row
  }

  of(world: World, queue: string | undefined): Row {
    const messages = queue === undefined ? [] : (world.queues[queue] as Queue).messages
    const base = queue === undefined ? world : withMessages(world, queue, [])
    const number = this.#numbering.numberOf({ queue, seen: unseenForgotten(base, nothingSeen) })
    return this.#with(base, queue, this.#places.from(this.#places.list, number), messages)
  }

  /** The row of a world that follows from another one. Mostly only the messages have changed: then they tell one from another. */
  after(row: Row, world: World): Row {
    const { queue, frame } = row
    if (queue === undefined || !isSameBut(row.world, world, queue)) return this.of(world, queue)
    return this.#with(world, queue, frame, (world.queues[queue] as Queue).messages)
  }

  #with(base: World, queue: string | undefined, frame: number, messages: readonly Message[]): Row {
    let place = frame
    for (const { type } of messages) place = this.#places.from(place, this.#typeNumber(type))
    const known = this.#byPlace.get(place)
    if (known !== undefined) return known
    const world =
      queue === undefined || isByPlace(base.queues[queue], messages)
        ? base
        : withMessages(base, queue, messages.map(byPlace))
    const row = { number: this.#rows.length, world, queue, frame }
    this.#rows.push(row)
    this.#byPlace.set(place, row)
    return row
  }

  #typeNumber(type: Long): number {
    const known = this.#types.get(type)
    if (known !== undefined) return known
    this.#types.set(type, this.#types.size)
    return this.#types.size - 1
  }
}

const nothingSeen = { uses: false, sleepers: false, lives: false }

const withMessages = (world: World, name: string, messages: readonly Message[]): World =>
  withQueue(world, name, changedQueue(world.queues[name] as Queue, { messages }))

/** A message of one byte, which says its place. */
const byPlace = (message: Message, at: number): Message =>
  message.fill === at && message.size === 1
    ? message
    : { type: message.type, size: 1, fill: at, overwritten: message.overwritten }

function isByPlace(queue: Queue | undefined, messages: readonly Message[]): boolean {
  if (queue?.messages !== messages) return false
  for (let at = 0; at < messages.length; at++)
    if (messages[at]?.fill !== at || messages[at]?.size !== 1) return false
  return true
}

/** Whether two worlds are the same but for the messages of a queue, and who used it last. */
export function isSameBut(a: World, b: World, name: string): boolean {
  return (
    a.sets === b.sets &&
    a.segments === b.segments &&
    a.processes === b.processes &&
    a.threads === b.threads &&
    a.aliases === b.aliases &&
    a.failed === b.failed &&
    a.freedKeys === b.freedKeys &&
    a.limits === b.limits &&
    a.settings === b.settings &&
    a.space === b.space &&
    a.spaces === b.spaces &&
    a.madeIn === b.madeIn &&
    a.undone === b.undone &&
    a.facts === b.facts &&
    areSameButOne(a.queues, b.queues, name)
  )
}

function areSameButOne(a: World['queues'], b: World['queues'], name: string): boolean {
  for (const other in b) if (other !== name && a[other] !== b[other]) return false
  for (const other in a) if (!(other in b)) return false
  const [one, two] = [a[name], b[name]]
  return (
    one !== undefined &&
    two !== undefined &&
    one.permission === two.permission &&
    one.initialMode === two.initialMode &&
    one.limit === two.limit &&
    one.ctime === two.ctime &&
    one.receivers === two.receivers &&
    one.senders === two.senders
  )
}
