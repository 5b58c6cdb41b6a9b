import type { Moment } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { noteStillWorks } from './segments.ts'
import type { Segment } from './state.ts'

type Command = 'IPC_STAT' | 'IPC_SET' | 'IPC_RMID' | 'SHM_LOCK' | 'SHM_UNLOCK' | 'other'
export type ShmctlCall = { [C in Command]: CallOf<`shmctl.${C}`> }[Command]

export interface Situation<C extends ShmctlCall = ShmctlCall> {
  readonly moment: Moment
  readonly actor: string
  readonly call: C
  readonly name: string
  readonly segment: Segment | undefined
}

/** What a command does to a segment that exists. */
export const effect = <C extends ShmctlCall>(
  about: Clause,
  outcome: (situation: Situation<C> & { readonly segment: Segment }) => void,
): Rule<Situation<C>> => ({
  ...about,
  errno: 'none',
  when: ({ segment }) => segment !== undefined,
  outcome: (situation) => {
    if (!hasSegment(situation)) return
    noteStillWorks(situation.moment, situation.segment)
    outcome(situation)
  },
})

const hasSegment = <S extends { readonly segment: Segment | undefined }>(
  situation: S,
): situation is S & { readonly segment: Segment } => situation.segment !== undefined
