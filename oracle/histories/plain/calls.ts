import { objectName } from '../../../model/common/access.ts'
import type { Message } from '../../../model/messages/state.ts'
import type { World } from '../../../model/world.ts'
import { UNSEEN } from '../../bindings.ts'
import type { TimedCall } from '../history.ts'
import { FILL, type Kind, type Kinds, MATCHED } from './kinds.ts'

/** More actors than these are looked at elsewhere. */
export const LINES_MAX = 8

/** No call. */
export const NONE = -1

/** The time at which the message of a call was received that sends none. */
export const NOT_SENT = -1

/** The calls of one object, a line for each actor. */
export interface Part {
  object: string
  isQueue: boolean
  /** The first call of each line, by its index in the history; NONE where there is none. */
  readonly first: number[]
  readonly last: number[]
  readonly counts: number[]
  calls: number
  /** Bytes of all that is sent, and of the longest of these messages. */
  sent: number
  longest: number
  /** Bytes of the smallest buffer. */
  buffer: number
}

/** Where a history begins, and who stands for whom where messages are sent (see `standInsIn`). */
interface From {
  readonly world: World
  readonly standIns: ReadonlyMap<string, string>
}

/** What is known of each call, by its index in the history. They are used again for the next history. */
export class PlainCalls {
  readonly parts: Part[] = []
  readonly #spare: Part[] = []
  readonly begins: number[] = []
  readonly ends: number[] = []
  readonly kinds: Kind[] = []
  /** The next call of its line in its part. */
  readonly following: number[] = []
  /** What was sent. */
  readonly messages: (Message | undefined)[] = []
  /** Bytes of the message that was received, and its first byte; UNSEEN where nobody looked. */
  readonly sizes: number[] = []
  readonly fills: number[] = []
  /** When the message was received that it sent, as far as that can be guessed. */
  readonly wanted: number[] = []
  readonly #actors: string[] = []
  /** Of each of them. */
  readonly #standIns: string[] = []
  readonly #received = new Map<number, number>()

  /** How many actors there are. */
  get lines(): number {
    return this.#actors.length
  }

  /** False where the history is not plain: somebody sleeps or is interrupted, something is made or removed, or is told of its uses. */
  read(calls: readonly TimedCall[], { world, standIns }: From, kinds: Kinds): boolean {
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) this.#spare.push(part)
    this.#actors.length = 0
    this.#standIns.length = 0
    this.#received.clear()
    let on = ''
    let part: Part | undefined
    for (let at = 0; at < calls.length; at++) {
      const { actor, call, begin, end, seen, asleepAt } = calls[at] as TimedCall
      if (end === 'never' || seen === null || seen.is !== 'returned' || asleepAt !== undefined) return false
      const plain = kinds.plainOf(call)
      if (plain === undefined) return false
      if (plain.on !== on) {
        on = plain.on
        part = this.#partOf(objectName(world, on), world)
      }
      const line = this.lineOf(actor)
      if (part === undefined || line === NONE) return false
      if (line === this.#standIns.length) this.#standIns.push(standIns.get(actor) ?? actor)
      const caller = part.isQueue ? (this.#standIns[line] as string) : actor
      const kind = kinds.kindOf(plain, caller, seen)
      if (kind === undefined) return false
      this.begins[at] = begin
      this.ends[at] = end
      this.kinds[at] = kind
      this.following[at] = NONE
      this.wanted[at] = NOT_SENT
      this.messages[at] = plain.message
      if (plain.message !== undefined) {
        const { size } = plain.message
        part.sent += size
        if (size > part.longest) part.longest = size
      } else if (plain.does === 'receive') {
        if (plain.buffer < part.buffer) part.buffer = plain.buffer
        if (seen.errno === 0) {
          const size = Number(seen.value)
          const matched = seen.out?.[MATCHED] ?? UNSEEN
          if (!Object.is(matched, UNSEEN) && matched !== size) return false
          this.sizes[at] = size
          this.fills[at] = Number(seen.out?.[FILL] ?? UNSEEN)
          this.#received.set(size, end)
        }
      }
      const last = part.last[line] as number
      if (last === NONE) part.first[line] = at
      else if ((this.begins[last] as number) > begin) return false
      else this.following[last] = at
      part.last[line] = at
      ;(part.counts[line] as number)++
      part.calls++
    }
    if (this.#received.size > 0)
      for (let at = 0; at < calls.length; at++) {
        const message = this.messages[at]
        if (message !== undefined)
          this.wanted[at] = this.#received.get(message.size) ?? Number.POSITIVE_INFINITY
      }
    return true
  }

  #partOf(object: string, { sets, queues }: World): Part | undefined {
    for (const part of this.parts) if (part.object === object) return part
    const isQueue = object in queues
    if (!isQueue && !(object in sets)) return undefined
    const part = this.#spare.pop() ?? emptyPart()
    part.object = object
    part.isQueue = isQueue
    part.calls = 0
    part.sent = 0
    part.longest = 0
    part.buffer = Number.POSITIVE_INFINITY
    for (let line = 0; line < LINES_MAX; line++) {
      part.first[line] = NONE
      part.last[line] = NONE
      part.counts[line] = 0
    }
    this.parts.push(part)
    return part
  }

  /** The calls of a part, by their indexes, the earlier ones first. */
  of({ first }: Part): readonly number[] {
    const found: number[] = []
    for (const call of first)
      for (let at = call; at !== NONE; at = this.following[at] as number) found.push(at)
    return found.sort((a, b) => a - b)
  }

  /** NONE where there are too many. */
  lineOf(actor: string): number {
    const known = this.#actors.indexOf(actor)
    if (known >= 0) return known
    return this.#actors.length === LINES_MAX ? NONE : this.#actors.push(actor) - 1
  }
}

const numbers = () => new Array<number>(LINES_MAX).fill(0)

const emptyPart = (): Part => ({
  ...{ object: '', isQueue: false, first: numbers(), last: numbers(), counts: numbers() },
  ...{ calls: 0, sent: 0, longest: 0, buffer: 0 },
})
