import { select } from '../../../model/messages/selection.ts'
import { changedQueue, type Message, type Queue } from '../../../model/messages/state.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import { type World, withQueue } from '../../../model/world.ts'
import { createNumbering, createSteps } from '../interned.ts'
import { Pairs } from '../pairs.ts'
import { contentsOnly, unseenForgotten } from '../sight.ts'
import { type Asking, plainOutcomes } from './ask-model.ts'
import type { PlainCalls } from './calls.ts'
import type { Kind } from './kinds.ts'
import { isSameBut } from './same-but.ts'
import { FIRST, NOTHING, ODD, type Subject } from './subject.ts'

/** What becomes of the messages. */
const SAME = FIRST
const APPENDED = FIRST + 1
const TAKEN = FIRST + 2

/**
 * A queue of which all messages have room, and fit. Whoever sends is told the same and leaves his message behind the others; whoever receives
 * is told of the message that he selects, or that there is none; a status counts them. So the model is asked about no more than
 * that: about no message, about the one that is selected, about as many. What a message says, and how long it is, it does not
 * look at (data independence: Wolper, POPL 1986); `queue-subject.test.ts` holds that against the model with all messages there.
 */
export class QueueSubject implements Subject {
  readonly #calls: PlainCalls
  readonly #numbering = createNumbering()
  readonly #frames = new Map<number, Frame>()
  readonly #found = new Pairs()
  readonly #types = new Map<Long, number>()
  #frame: Frame | undefined
  readonly #messages: Message[] = []
  #selected = -1
  /** By depth: the message that was taken, and its place. */
  readonly #taken: Message[] = []
  readonly #places: number[] = []
  readonly #ids = new Map<Message, number>()
  readonly #contents = createSteps()

  constructor(calls: PlainCalls) {
    this.#calls = calls
  }

  get size(): number {
    return this.#numbering.size() + this.#contents.size()
  }

  /** What there is beside the messages. */
  frameOf(world: World, queue: string): Frame {
    const empty = unseenForgotten(withMessages(world, queue, []), contentsOnly)
    const number = this.#numbering.numberOf({ queue, empty })
    const frame = this.#frames.get(number) ?? { number: this.#frames.size, empty, queue }
    this.#frames.set(number, frame)
    return frame
  }

  begin(frame: Frame, messages: readonly Message[]): void {
    this.#frame = frame
    this.#messages.length = 0
    for (const message of messages) this.#messages.push(message)
  }

  /** What is there now. */
  messages(): readonly Message[] {
    return [...this.#messages]
  }

  number(): number {
    let place = this.#contents.list
    for (const message of this.#messages) place = this.#contents.from(place, numberIn(this.#ids, message))
    return place
  }

  ask(kind: Kind, call: number, asking: Asking): number {
    const frame = this.#frame as Frame
    const view = this.#viewFor(kind)
    if (frame.number >= FRAMES_MAX || view >= VIEWS_MAX) return ODD
    const key = view * FRAMES_MAX + frame.number
    let answer = this.#found.get(key, kind.number)
    if (answer === 0) {
      answer = answerIn(frame, this.#messagesFor(kind), kind, asking)
      this.#found.add(key, kind.number, answer)
    }
    return answer === TAKEN && !this.#isReceived(call) ? NOTHING : answer
  }

  /** What the call looks at, as a number. */
  #viewFor({ does, selection }: Kind): number {
    if (does === 'send') return 0
    if (does !== 'receive') return this.#messages.length
    this.#selected = select(this.#messages, selection)
    if (this.#selected < 0) return 0
    return 1 + numberIn(this.#types, (this.#messages[this.#selected] as Message).type)
  }

  #messagesFor({ does }: Kind): readonly Message[] {
    if (does === 'send') return []
    if (does !== 'receive') return this.#messages.map(short)
    return this.#selected < 0 ? [] : [short(this.#messages[this.#selected] as Message)]
  }

  #isReceived(call: number): boolean {
    const { size, fill } = this.#messages[this.#selected] as Message
    const { sizes, fills } = this.#calls
    return size === sizes[call] && (fill === fills[call] || Number.isNaN(fills[call]))
  }

  more(): number {
    return NOTHING
  }

  changes(answer: number): boolean {
    return answer !== SAME
  }

  do(answer: number, call: number, depth: number): void {
    if (answer === APPENDED) this.#messages.push(this.#calls.messages[call] as Message)
    else if (answer === TAKEN) {
      this.#places[depth] = this.#selected
      this.#taken[depth] = this.#messages.splice(this.#selected, 1)[0] as Message
    }
  }

  undo(answer: number, depth: number): void {
    if (answer === APPENDED) this.#messages.pop()
    else if (answer === TAKEN)
      this.#messages.splice(this.#places[depth] as number, 0, this.#taken[depth] as Message)
  }
}

/** Values are numbered as they are met. */
function numberIn<T>(numbers: Map<T, number>, value: T): number {
  const known = numbers.get(value)
  if (known !== undefined) return known
  numbers.set(value, numbers.size)
  return numbers.size - 1
}

/** A world in which the queue is empty. */
export interface Frame {
  readonly number: number
  readonly empty: World
  readonly queue: string
}

const FRAMES_MAX = 1 << 10
const VIEWS_MAX = 1 << 20

const withMessages = (world: World, name: string, messages: readonly Message[]): World =>
  withQueue(world, name, changedQueue(world.queues[name] as Queue, { messages }))

/** A message of one byte. */
const short = ({ type }: Message): Message => ({ type, size: 1, fill: 0, overwritten: false })

/** NOTHING, ODD, or what becomes of the messages. */
function answerIn({ empty, queue }: Frame, messages: readonly Message[], kind: Kind, asking: Asking): number {
  const world = withMessages(empty, queue, messages)
  const found = plainOutcomes(world, kind, kind.call, asking)
  if (found === undefined) return ODD
  const answers = new Set(found.map((outcome) => doneTo(world, queue, outcome.world, kind)))
  const [answer] = answers
  return answers.size > 1 ? ODD : (answer ?? NOTHING)
}

function doneTo(before: World, queue: string, after: World, { does, call }: Kind): number {
  if (!isSameBut(before, after, queue)) return ODD
  const [was, is] = [before.queues[queue]?.messages ?? [], after.queues[queue]?.messages ?? []]
  if (was === is) return SAME
  if (does === 'receive' && was.length === 1 && is.length === 0) return TAKEN
  const isOwn = call.name === 'msgsnd' && is.length === 1 && is[0]?.type === call.type
  return does === 'send' && isOwn ? APPENDED : ODD
}
