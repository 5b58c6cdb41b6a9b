import { highestSlot, idOf } from '../expected.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Permission } from '../permission.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { IdArgument } from '../vocabulary/shape.ts'
import { identityOf } from '../world.ts'
import { grants, isNegativeId, READ } from './access.ts'
import { negativeId, statNeedsRead } from './control.ts'
import { noteClass } from './object-notes.ts'

/** The commands of Linux's program ipcs, which look at the slots of a namespace. POSIX has none of them. */

type Out = Parameters<typeof returns>[3]

export const slotLooked = clause(
  'vis.stat-index',
  'linux',
  'SEM_STAT and MSG_STAT take a slot, or an identifier for its slot, and return the full identifier of the object.',
  'semctl(2), SEM_STAT',
  'msgctl(2), MSG_STAT',
)
export const slotAny = clause(
  'vis.stat-any',
  'linux',
  'SEM_STAT_ANY and MSG_STAT_ANY do the same without permission.',
  'semctl(2), SEM_STAT_ANY',
  'msgctl(2), MSG_STAT_ANY',
)
export const slotFree = clause(
  'vis.stat-index-free',
  'linux',
  'A slot without an object is an error for these commands.',
  'semctl(2), ERRORS, EINVAL',
  'msgctl(2), ERRORS, EINVAL',
)
export const infoReturns = clause(
  'vis.info-return',
  'linux',
  'IPC_INFO, SEM_INFO and MSG_INFO return the highest slot in use, 0 where there is none, and need no permission.',
  'semctl(2), RETURN VALUE',
  'msgctl(2), RETURN VALUE',
)

/** What the rules are called, which differ with the kind of object. */
export interface SlotClauses {
  readonly free: Clause
  readonly looked: Clause
  readonly any: Clause
  readonly needsRead: Clause
  readonly described: Clause
}

export const usualSlots = (described: Clause): SlotClauses => ({
  free: slotFree,
  looked: slotLooked,
  any: slotAny,
  needsRead: statNeedsRead,
  described,
})

/** A call that describes the object in a slot; `object` is undefined where the slot is free. */
export interface SlotCall {
  readonly moment: Moment
  readonly actor: string
  readonly id: IdArgument
  readonly name: string
  readonly object: { readonly permission: Permission } | undefined
  /** Without permission. */
  readonly any: boolean
  readonly clauses: SlotClauses
  readonly out: () => Out
}

const invalid = <S extends { readonly moment: Moment; readonly actor: string }>(
  about: Clause,
  when: (situation: S) => boolean,
): Rule<S> => ({
  ...about,
  errno: 'EINVAL',
  when,
  outcome: ({ moment, actor }) => {
    fails(moment, actor, 'EINVAL')
  },
})

/** Systems that are not Linux do not know the command. */
const unknownElsewhere: Rule<{ readonly moment: Moment; readonly actor: string }> = {
  ...invalid({ ...infoReturns, strength: 'may' }, () => true),
  elsewhere: true,
}

export function lookAtSlot(call: SlotCall): void {
  const { settings, segments } = call.moment.world
  // A removed segment that is attached keeps its slot, also where its identifier is gone.
  const isFree = call.object === undefined && !(call.name in segments)
  if (isFree && typeof call.id === 'string' && settings.recycled)
    throw new Error(`which object has the slot of ${call.id} by now is not known`)
  const { clauses } = call
  const rules: readonly Rule<SlotCall>[] = [
    invalid(negativeId, ({ moment, id }) => isNegativeId(moment.world, id)),
    unknownElsewhere,
    invalid(clauses.free, ({ object }) => object === undefined),
    {
      ...clauses.needsRead,
      errno: 'EACCES',
      when: ({ moment, actor, object, any }) =>
        !any && object !== undefined && !grants(identityOf(moment.world, actor), object.permission, READ),
      outcome: ({ moment, actor, object }) => {
        if (object !== undefined) noteClass(moment, actor, object.permission, READ)
        fails(moment, actor, 'EACCES')
      },
    },
    {
      ...clauses.described,
      errno: 'none',
      when: () => true,
      outcome: ({ moment, actor, name, any, out }) => {
        note(moment, any ? clauses.any : clauses.looked)
        returns(moment, actor, idOf(name), out())
      },
    },
  ]
  decide(call.moment, rules, call)
}

/** A call that tells about all objects of a kind. */
export interface InfoCall {
  readonly moment: Moment
  readonly actor: string
  readonly id: IdArgument
  /** The names of the objects. */
  readonly objects: readonly string[]
  readonly told: Clause
  /** Noted where there is an object, and where there is none. */
  readonly highest: Clause
  readonly empty: Clause
  readonly out: Out
}

const informs: Rule<InfoCall>['outcome'] = ({ moment, actor, objects, highest, empty, out }) => {
  note(moment, objects.length === 0 ? empty : highest)
  returns(moment, actor, highestSlot(objects), out)
}

export function tellAll(call: InfoCall): void {
  const rules: readonly Rule<InfoCall>[] = [
    invalid(negativeId, ({ moment, id }) => isNegativeId(moment.world, id)),
    unknownElsewhere,
    { ...call.told, errno: 'none', when: () => true, outcome: informs },
  ]
  decide(call.moment, rules, call)
}

export const slotClauses: readonly Clause[] = [slotLooked, slotAny, slotFree, infoReturns]
