import { selectionOf } from '../../../model/messages/selection.ts'
import type { Message, Selection } from '../../../model/messages/state.ts'
import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { errnos, MSG_COPY, MSG_EXCEPT } from '../../../model/vocabulary/names.ts'
import type { IdArgument, Long } from '../../../model/vocabulary/shape.ts'
import { UNSEEN } from '../../bindings.ts'
import type { TraceEvent } from '../../trace/trace.ts'
import { createNumbering } from '../interned.ts'
import { changesNothing } from '../lines.ts'
import { tellsUses } from '../sight.ts'

export type Returned = Extract<TraceEvent, { is: 'returned' }>

/** Calls of one actor that came to the same, whatever message they were about. */
export interface Kind {
  readonly number: number
  readonly actor: string
  /** As the model is asked; a message is sent with one byte. */
  readonly call: Call
  /** As the model is to answer; of a message that was received only the type is told. */
  readonly seen: Returned
  readonly mayOnlyLook: boolean
  readonly does: Plain['does']
  /** Of the messages, where it receives. */
  readonly selection: Selection
}

/** A call as somebody wrote it, and what came of it so far. */
export interface Plain {
  readonly on: string
  readonly does: 'send' | 'receive' | 'other'
  /** Undefined unless it sends one. */
  readonly message: Message | undefined
  /** Bytes, of the buffer of a receiver. */
  readonly buffer: number
  readonly selection: Selection
  /** What came of it last. */
  last: Kind | undefined
  /** By the value that came back; 1 for any message that was received. */
  readonly kinds: Map<Long, readonly Kind[]>
  readonly call: Call
}

const outputsOf = (name: Call['name']): readonly string[] => formOf(name).outputs.map((each) => each.name)

export const FILL = outputsOf('msgrcv').indexOf('fill')
export const MATCHED = outputsOf('msgrcv').indexOf('matched')
const CBYTES = outputsOf('msgctl.IPC_STAT').indexOf('cbytes')

const noKinds: readonly Kind[] = []

/** Tells kinds apart, for as many histories as one likes. */
export class Kinds {
  readonly #plains = new Map<Call, Plain | 'not plain'>()
  readonly #numbering = createNumbering()
  readonly #kinds = new Map<number, Kind>()

  get size(): number {
    return this.#plains.size + this.#numbering.size()
  }

  /** Undefined where a history with such a call is not plain. */
  plainOf(call: Call): Plain | undefined {
    let known = this.#plains.get(call)
    if (known === undefined) {
      known = toPlain(call)
      this.#plains.set(call, known)
    }
    return known === 'not plain' ? undefined : known
  }

  /** The same. */
  kindOf(plain: Plain, actor: string, seen: Returned): Kind | undefined {
    const { last } = plain
    const value = receives(plain, seen) ? 1 : seen.value
    if (last !== undefined && last.seen.value === value && last.actor === actor && isSame(last, seen))
      return last
    const alike = plain.kinds.get(value) ?? noKinds
    for (let at = 0; at < alike.length; at++) {
      const kind = alike[at] as Kind
      if (kind.actor !== actor || !isSame(kind, seen)) continue
      plain.last = kind
      return kind
    }
    if (!isPlainResult(plain.call, seen)) return undefined
    const kind = this.#kind(plain, actor, seen)
    plain.kinds.set(value, [...alike, kind])
    return kind
  }

  #kind({ does, call, selection }: Plain, actor: string, seen: Returned): Kind {
    const told = toldOf(does, seen)
    const number = this.#numbering.numberOf({ actor, call, told })
    const known = this.#kinds.get(number)
    if (known !== undefined) return known
    const mayOnlyLook = changesNothing(call, seen)
    const kind = { number: this.#kinds.size, actor, call, seen: told, mayOnlyLook, does, selection }
    this.#kinds.set(number, kind)
    return kind
  }
}

function toPlain(call: Call): Plain | 'not plain' {
  switch (call.name) {
    case 'semop':
    case 'semtimedop':
    case 'semctl.GETVAL':
    case 'semctl.GETALL':
    case 'semctl.SETVAL':
    case 'semctl.SETALL':
      return onObject(call.set, { call })
    case 'msgctl.IPC_STAT':
      return onObject(call.queue, { call })
    case 'msgsnd': {
      const { type, size, fill, queue } = call
      if (!isSmall(size)) return 'not plain'
      const message = { type, size, fill: fill & 0xff, overwritten: false }
      return onObject(queue, { call: { ...call, size: 1, fill: 0 }, does: 'send', message })
    }
    case 'msgrcv': {
      const { type, size, flags, queue } = call
      if (!isSmall(size) || (flags & ODD_FLAGS) !== 0) return 'not plain'
      return onObject(queue, { call, does: 'receive', buffer: size, selection: selectionOf(type, flags) })
    }
    default:
      return 'not plain'
  }
}

/** One leaves the message where it is, and systems do not agree about the other. */
const ODD_FLAGS = MSG_COPY | MSG_EXCEPT

const isSmall = (size: Long): size is number => typeof size === 'number' && size > 0

const onObject = (on: IdArgument, what: Partial<Plain> & Pick<Plain, 'call'>): Plain | 'not plain' =>
  typeof on === 'number'
    ? 'not plain'
    : {
        ...{ does: 'other', message: undefined, buffer: 0, selection: { mode: 'any' } },
        ...{ last: undefined, kinds: new Map(), on },
        ...what,
      }

const receives = ({ does }: Pick<Plain, 'does'>, { errno }: Returned): boolean =>
  does === 'receive' && errno === 0

/** Nobody interrupted it, nor removed its object; it did not sleep for as long as it was allowed to; what is seen is contents only. */
function isPlainResult(call: Call, seen: Returned): boolean {
  if (Object.is(seen.value, UNSEEN) || seen.clobbered) return false
  if (seen.errno === errnos.EINTR || seen.errno === errnos.EIDRM) return false
  if (call.name === 'semtimedop') return seen.errno !== errnos.EAGAIN
  if (call.name !== 'msgctl.IPC_STAT') return true
  return !tellsUses(call, seen) && (seen.out === null || Object.is(seen.out[CBYTES], UNSEEN))
}

function toldOf(does: Plain['does'], seen: Returned): Returned {
  if (!receives({ does }, seen) || seen.out === null) return seen
  const out = seen.out.map((value, at) => (at === FILL || at === MATCHED ? UNSEEN : value))
  return { ...seen, value: 1, out }
}

/** Of two that gave the same value. */
function isSame({ seen: told, does }: Kind, { errno, out, clobbered }: Returned): boolean {
  if (told.errno !== errno || clobbered) return false
  if (told.out === null || out === null) return told.out === out
  for (let at = 0; at < out.length; at++) {
    if (does === 'receive' && (at === FILL || at === MATCHED)) continue
    if (!isSameValue(told.out[at], out[at])) return false
  }
  return true
}

type Value = NonNullable<Returned['out']>[number] | undefined

function isSameValue(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b)
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}
