import { choose, fails, type Moment, note, returns } from '../moment.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { PROT_EXEC } from '../vocabulary/names.ts'
import { access } from './bytes.ts'
import * as clauses from './mapping-clauses.ts'
import { attachmentsOf, holder, resolve } from './places.ts'

/** read: the kernel stores a byte, and says EFAULT where a store would have raised a signal. */
export function read(moment: Moment, actor: string, { address, byte }: CallOf<'read'>): void {
  access(moment, actor, { name: 'store', address, byte })
  const event = moment.events.pop()
  moment.ruleCounts.pop()
  if (event?.is === 'returned') returns(moment, actor, 1)
  else {
    note(moment, clauses.kernelWrite)
    fails(moment, actor, 'EFAULT')
  }
}

/** run: what is there is read, code is put there, called, and taken away again. */
export function run(moment: Moment, actor: string, { address }: CallOf<'run'>): void {
  const { world } = moment
  access(moment, actor, { name: 'load', address })
  if (moment.events[0]?.is !== 'returned') return
  moment.events.pop()
  moment.ruleCounts.pop()
  access(moment, actor, { name: 'store', address, byte: 0 })
  const isStored = moment.events[0]?.is === 'returned'
  moment.world = world
  if (!isStored) return
  const place = resolve(world, actor, address)
  const { pageSize } = world.facts
  const attachments = attachmentsOf(world, actor)
  const page = Math.floor(place.offset / pageSize)
  const attachment = attachments[holder(attachments, place.base, page, pageSize)]
  const within = page - (attachment?.at.offset ?? 0) / pageSize
  const piece = attachment?.pieces.find(({ first, pages }) => first <= within && within < first + pages)
  if (piece !== undefined && (piece.protection & PROT_EXEC) !== 0) note(moment, clauses.runs)
  else if (choose(moment, clauses.runs, 2, 'always') === 0) moment.events.splice(0, 1, notExecutable(actor))
}

const notExecutable = (actor: string) => ({ is: 'faulted', actor, signal: 11, code: 2 }) as const
