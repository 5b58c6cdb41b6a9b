import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import { errnos, MSG_COPY } from '../../../model/vocabulary/names.ts'
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
  readonly receives: boolean
}

/** A call as somebody wrote it, and what came of it so far. */
export interface Plain {
  readonly on: string
  readonly does: 'send' | 'receive' | 'other'
  /** Bytes: of the message that is sent, or of the buffer; 0 where there is none. */
  readonly size: number
  /** The first byte of the message that is sent. */
  readonly fill: number
  /** What came of it last. */
  last: Kind | undefined
  /** By the value that came back; 1 for any message that was received. */
  readonly kinds: Map<Long, readonly Kind[]>
  readonly call: Call
}

/** Tells kinds apart, for as many histories as one likes. */
export interface Kinds {
  /** Undefined where a history with such a call is not plain. */
  plainOf(call: Call): Plain | undefined
  /** The same. */
  kindOf(plain: Plain, actor: string, seen: Returned): Kind | undefined
  size(): number
}

const outputsOf = (name: Call['name']): readonly string[] => formOf(name).outputs.map((each) => each.name)

export const FILL = outputsOf('msgrcv').indexOf('fill')
export const MATCHED = outputsOf('msgrcv').indexOf('matched')
const CBYTES = outputsOf('msgctl.IPC_STAT').indexOf('cbytes')

const noKinds: readonly Kind[] = []

export function createKinds(): Kinds {
  const plains = new Map<Call, Plain | 'not plain'>()
  const numbering = createNumbering()
  const kinds = new Map<number, Kind>()
  return {
    size: () => plains.size + numbering.size(),
    plainOf(call) {
      const known = plains.get(call)
      if (known !== undefined) return known === 'not plain' ? undefined : known
      plains.set(call, toPlain(call))
      return this.plainOf(call)
    },
    kindOf(plain, actor, seen) {
      const { last } = plain
      const value = plain.does === 'receive' && seen.errno === 0 ? 1 : seen.value
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
      const told = toldOf(plain, seen)
      const number = numbering.numberOf({ actor, call: plain.call, told })
      const kind = kinds.get(number) ?? {
        ...{ number: kinds.size, actor, call: plain.call, seen: told },
        mayOnlyLook: changesNothing(plain.call, seen),
        receives: plain.does === 'receive' && seen.errno === 0,
      }
      kinds.set(number, kind)
      plain.kinds.set(value, [...alike, kind])
      return kind
    },
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
      return onObject(call.set, call)
    case 'msgctl.IPC_STAT':
      return onObject(call.queue, call)
    case 'msgsnd':
      if (!isSmall(call.size)) return 'not plain'
      return onObject(call.queue, { ...call, size: 1, fill: 0 }, 'send', call.size, call.fill & 0xff)
    case 'msgrcv':
      if (!isSmall(call.size) || (call.flags & MSG_COPY) !== 0) return 'not plain'
      return onObject(call.queue, call, 'receive', call.size)
    default:
      return 'not plain'
  }
}

const isSmall = (size: Long): size is number => typeof size === 'number' && size > 0

const onObject = (
  on: IdArgument,
  call: Call,
  does: Plain['does'] = 'other',
  size = 0,
  fill = 0,
): Plain | 'not plain' =>
  typeof on === 'number' ? 'not plain' : { on, does, size, fill, last: undefined, kinds: new Map(), call }

/** Nobody interrupted it, nor removed its object; it did not sleep for as long as it was allowed to; what is seen is contents only. */
function isPlainResult(call: Call, seen: Returned): boolean {
  if (Object.is(seen.value, UNSEEN) || seen.clobbered) return false
  if (seen.errno === errnos.EINTR || seen.errno === errnos.EIDRM) return false
  if (call.name === 'semtimedop') return seen.errno !== errnos.EAGAIN
  if (call.name !== 'msgctl.IPC_STAT') return true
  return !tellsUses(call, seen) && (seen.out === null || Object.is(seen.out[CBYTES], UNSEEN))
}

function toldOf({ does }: Plain, seen: Returned): Returned {
  if (does !== 'receive' || seen.errno !== 0 || seen.out === null) return seen
  const out = seen.out.map((value, at) => (at === FILL || at === MATCHED ? UNSEEN : value))
  return { ...seen, value: 1, out }
}

/** Of two that gave the same value. */
function isSame({ seen: told, receives }: Kind, { errno, out, clobbered }: Returned): boolean {
  if (told.errno !== errno || clobbered) return false
  if (told.out === null || out === null) return told.out === out
  for (let at = 0; at < out.length; at++) {
    if (receives && (at === FILL || at === MATCHED)) continue
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
