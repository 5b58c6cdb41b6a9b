import type { ALTER, READ } from '../common/access.ts'
import { noteAccess, noteChange } from '../common/object-notes.ts'
import type { Moment } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { SemaphoreSet } from './state.ts'

type Command =
  | 'IPC_STAT'
  | 'IPC_SET'
  | 'IPC_RMID'
  | 'GETALL'
  | 'SETALL'
  | 'GETVAL'
  | 'GETPID'
  | 'GETNCNT'
  | 'GETZCNT'
  | 'SETVAL'
  | 'other'
export type SemctlCall = { [C in Command]: CallOf<`semctl.${C}`> }[Command]

/** A call of semctl by an actor; `set` is undefined where the identifier is not valid. */
export interface Situation<C extends SemctlCall = SemctlCall> {
  readonly moment: Moment
  readonly actor: string
  readonly call: C
  readonly name: string
  readonly set: SemaphoreSet | undefined
}

/** What a command does; `request`: the permission that it needs. */
export const effect = <C extends SemctlCall>(
  about: Clause,
  request: typeof READ | typeof ALTER | 'ownership',
  outcome: (situation: Situation<C> & { readonly set: SemaphoreSet }) => void,
): Rule<Situation<C>> => ({
  ...about,
  errno: 'none',
  when: ({ set }) => set !== undefined,
  outcome: (situation) => {
    if (!hasSet(situation)) return
    const { moment, actor, set } = situation
    if (request === 'ownership') noteChange(moment, actor, set.permission)
    else noteAccess(moment, actor, set, request)
    outcome(situation)
  },
})

const hasSet = <S extends { readonly set: SemaphoreSet | undefined }>(
  situation: S,
): situation is S & { readonly set: SemaphoreSet } => situation.set !== undefined
