import { objectName } from '../../model/common/access.ts'
import { matches, selectionOf } from '../../model/messages/selection.ts'
import type { Selection } from '../../model/messages/state.ts'
import { type Call, type CallOf, formOf } from '../../model/vocabulary/forms.ts'
import { errnos, MSG_COPY, MSG_EXCEPT, MSG_NOERROR } from '../../model/vocabulary/names.ts'
import type { World } from '../../model/world.ts'
import { UNSEEN } from '../bindings.ts'
import type { Line, LineCall } from './lines.ts'

/**
 * What the order of messages demands of calls that send and receive: of one type the message that was sent first is received
 * first, a receiver takes the first that it selects, and one that finds none leaves none. So who received what, and when, tells
 * much about the order of the sends, long before the search could come upon it.
 */
export interface MessageOrder {
  /** The first time at which what was back by then cannot be, in whatever order; Infinity if there is none. */
  readonly contradiction: number
  /**
   * By the index of a call, how many calls of each line must be over before it is, if all that was back by a time is to be
   * explained; undefined: nothing is known.
   */
  needsUntil(time: number): Needs
}

export type Needs = readonly (readonly number[] | undefined)[]

/** What must be over before a message can be sent that is still there at a time. */
interface Before {
  readonly time: number
  readonly spot: Spot
}

interface Spot {
  readonly made: LineCall
  readonly line: number
  readonly index: number
}

interface Message {
  readonly type: Long
  readonly send: Spot
  /** Undefined: nobody received it. */
  readonly receipt: Spot | undefined
}

type Long = CallOf<'msgsnd'>['type']

/** Messages are known by their size. Nothing is known where a history does more to queues than to send, to receive and to look. */
export function messageOrderOf(lines: readonly Line[], start: World): MessageOrder | undefined {
  if (!lines.some(({ calls }) => calls.some(({ call }) => call.name === 'msgrcv'))) return undefined
  const queues = new Map<string, Traffic>()
  for (const [line, { calls, isSignalled }] of lines.entries()) {
    if (isSignalled) return undefined
    for (const [index, call] of calls.entries()) {
      const what = call.call
      if (what.name === 'kill' || 'as' in what || !isFollowed(what)) return undefined
      if (what.name !== 'msgsnd' && what.name !== 'msgrcv') continue
      const name = objectName(start, what.queue)
      const traffic = queues.get(name) ?? new Traffic(start.queues[name]?.messages ?? [])
      queues.set(name, traffic)
      traffic.add({ made: call, line, index })
    }
  }
  const orders = [...queues.values()].map((traffic) => traffic.order(lines.length))
  return {
    contradiction: Math.min(...orders.map(({ contradiction }) => contradiction)),
    needsUntil(time) {
      const needs: (readonly number[] | undefined)[] = []
      for (const order of orders) order.fill(needs, time)
      return needs
    },
  }
}

const ODD = MSG_COPY | MSG_EXCEPT | MSG_NOERROR

function isFollowed(call: Call): boolean {
  switch (call.name) {
    case 'msgrcv':
      return (call.flags & ODD) === 0
    case 'msgsnd':
    case 'msgctl.IPC_STAT':
      return true
    default:
      return !/msg|kill|overwrite/.test(call.name)
  }
}

interface QueueOrder {
  readonly contradiction: number
  fill(needs: (readonly number[] | undefined)[], time: number): void
}

/** What is sent to one queue and received from it. */
class Traffic {
  readonly #sends = new Map<number, Spot[]>()
  readonly #receipts = new Map<number, Spot[]>()
  readonly #failures: Spot[] = []
  /** Somebody may have received any message. */
  #isOpen = false

  constructor(messages: readonly { readonly size: number }[]) {
    this.#earlier = new Set(messages.map(({ size }) => size))
  }

  readonly #earlier: ReadonlySet<number>

  add(spot: Spot): void {
    const { call, seen, asleepAt } = spot.made
    if (seen === null) {
      if (call.name === 'msgsnd') put(this.#sends, Number(call.size), spot)
      else if (asleepAt === undefined) this.#isOpen = true
    } else if (seen.is !== 'returned') {
      this.#isOpen = true
    } else if (seen.errno !== 0) {
      if (call.name === 'msgrcv' && seen.errno === errnos.ENOMSG) this.#failures.push(spot)
    } else if (call.name === 'msgsnd') put(this.#sends, Number(call.size), spot)
    else if (Object.is(seen.value, UNSEEN)) this.#isOpen = true
    else put(this.#receipts, Number(seen.value), spot)
  }

  order(lines: number): QueueOrder {
    const messages = this.#messages()
    const types = [...new Set(messages.map(({ type }) => type))]
    const known = types.length > TYPES_MAX ? [] : types.map((type) => this.#sortedBefore(type, messages))
    const groups = known.map((before, at) => ({
      before,
      messages: messages.filter(
        ({ type, receipt }) => type === types[at] && (receipt !== undefined || !this.#isOpen),
      ),
    }))
    let contradiction = this.#unsent()
    for (const { type, receipt } of messages)
      if (receipt !== undefined && !fits(receipt, type))
        contradiction = Math.min(contradiction, receipt.made.back)
    for (const group of groups) contradiction = Math.min(contradiction, contradictionIn(group))
    return {
      contradiction,
      fill(needs, time) {
        for (const group of groups) fillNeeds(needs, group, time, lines)
        for (const { send, receipt } of messages)
          if (receipt !== undefined && send.line !== receipt.line)
            needs[receipt.made.at] = needed(send, lines)
      },
    }
  }

  /** The messages that no other can be taken for. */
  #messages(): readonly Message[] {
    const found: Message[] = []
    for (const [size, sends] of this.#sends) {
      const receipts = this.#receipts.get(size) ?? []
      const [send] = sends
      if (send === undefined || sends.length > 1 || receipts.length > 1 || this.#earlier.has(size)) continue
      const { call } = send.made
      if (call.name === 'msgsnd') found.push({ type: call.type, send, receipt: receipts[0] })
    }
    return found
  }

  /** When something was back that nobody had begun to send, or that was sent less often. */
  #unsent(): number {
    let first = Number.POSITIVE_INFINITY
    for (const [size, receipts] of this.#receipts) {
      if (this.#earlier.has(size)) continue
      const begun = (this.#sends.get(size) ?? []).map(({ made }) => made.begin).sort((a, b) => a - b)
      const backs = receipts.map(({ made }) => made.back).sort((a, b) => a - b)
      for (const [at, back] of backs.entries())
        if ((begun[at] ?? Number.POSITIVE_INFINITY) > back) first = Math.min(first, back)
    }
    return first
  }

  #sortedBefore(type: Long, messages: readonly Message[]): readonly Before[] {
    const before: Before[] = []
    for (const other of messages) {
      if (other.receipt === undefined) continue
      const selection = selectionAt(other.receipt)
      const time = other.receipt.made.back
      if (other.type === type || selection.mode === 'any') before.push({ time, spot: other.send })
      else if (selection.mode === 'atMost' && type < other.type) before.push({ time, spot: other.receipt })
    }
    for (const spot of this.#failures)
      if (matches(selectionAt(spot), type)) before.push({ time: spot.made.back, spot })
    return before.sort((a, b) => a.time - b.time)
  }
}

/** Of more types than these nothing is told. */
const TYPES_MAX = 16

function put(map: Map<number, Spot[]>, size: number, spot: Spot): void {
  const known = map.get(size)
  if (known === undefined) map.set(size, [spot])
  else known.push(spot)
}

const selectionAt = ({ made: { call } }: Spot): Selection =>
  call.name === 'msgrcv' ? selectionOf(call.type, call.flags) : { mode: 'any' }

/** Whether the receiver may have received a message of the type, and says so. */
function fits(receipt: Spot, type: Long): boolean {
  if (!matches(selectionAt(receipt), type)) return false
  const { seen } = receipt.made
  const told = seen?.is === 'returned' ? seen.out?.[TYPE] : undefined
  return told === undefined || Object.is(told, UNSEEN) || told === type
}

const TYPE = formOf('msgrcv').outputs.findIndex(({ name }) => name === 'type')

/** Messages of a type, and what must be over before they are sent, unless they are received before. */
interface Group {
  readonly before: readonly Before[]
  readonly messages: readonly Message[]
}

/** When something was over that began behind the send before which it must be. */
function contradictionIn({ before, messages }: Group): number {
  let latest = Number.NEGATIVE_INFINITY
  const begins = before.map(({ spot }) => {
    latest = Math.max(latest, spot.made.begin)
    return latest
  })
  let first = Number.POSITIVE_INFINITY
  for (const { send, receipt } of messages) {
    const time = before[firstAbove(begins, send.made.back)]?.time
    if (time !== undefined && time < (receipt?.made.begin ?? Number.POSITIVE_INFINITY))
      first = Math.min(first, time)
  }
  return first
}

/** The first place of a sorted list that is above a limit. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) > limit) high = middle
    else low = middle + 1
  }
  return low
}

function fillNeeds(
  needs: (readonly number[] | undefined)[],
  { before, messages }: Group,
  until: number,
  lines: number,
): void {
  const due = messages
    .map(({ send, receipt }) => ({ send, limit: receipt?.made.begin ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.limit - b.limit)
  let vector: readonly number[] = new Array<number>(lines).fill(0)
  let at = 0
  for (const { send, limit } of due) {
    const changed = vector.slice()
    for (
      let each = before[at];
      each !== undefined && each.time < limit && each.time <= until;
      each = before[++at]
    )
      if (each.spot !== send)
        changed[each.spot.line] = Math.max(changed[each.spot.line] ?? 0, each.spot.index + 1)
    vector = changed
    needs[send.made.at] = vector
  }
}

const needed = ({ line, index }: Spot, lines: number): readonly number[] =>
  Array.from({ length: lines }, (_, at) => (at === line ? index + 1 : 0))
