import { LONG_MAX, LONG_MIN, MSG_EXCEPT, MSG_NOERROR } from '../vocabulary/names.ts'
import type { Long } from '../vocabulary/shape.ts'
import type { Message, Selection } from './state.ts'

const any: Selection = { mode: 'any' }

/** What msgtyp and the flags of a msgrcv select; MSG_EXCEPT means something only for a positive type. */
export function selectionOf(type: Long, flags: number): Selection {
  if (type > 0) return { mode: (flags & MSG_EXCEPT) === 0 ? 'equal' : 'except', type }
  return type < 0 ? { mode: 'atMost', type: type === LONG_MIN ? LONG_MAX : -type } : any
}

export function matches(selection: Selection, type: Long): boolean {
  switch (selection.mode) {
    case 'any':
      return true
    case 'equal':
      return type === selection.type
    case 'except':
      return type !== selection.type
    case 'atMost':
      return type <= selection.type
  }
}

/** The index of the message that is selected: the oldest that matches, of the lowest type where types up to one are wanted; -1 if none. */
export function select(messages: readonly Message[], selection: Selection): number {
  let found = -1
  for (const [index, message] of messages.entries()) {
    if (!matches(selection, message.type)) continue
    if (selection.mode !== 'atMost') return index
    if (found === -1 || message.type < (messages[found]?.type ?? 0)) found = index
  }
  return found
}

/** The buffer of a msgrcv: its size in bytes (one beyond SSIZE_MAX is as good as endless), and whether longer messages are cut. */
export interface Buffer {
  readonly size: Long
  readonly flags: number
}

/** Whether a message of so many bytes can be received; a body that is cut always can. */
export const accepts = ({ size, flags }: Buffer, bytes: number): boolean =>
  bytes <= size || size < 0 || (flags & MSG_NOERROR) !== 0

/** How many bytes of the body arrive. */
export const arriving = ({ size }: Buffer, bytes: number): number =>
  bytes <= size || size < 0 ? bytes : Number(size)
