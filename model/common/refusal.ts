import { fails, type Moment } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { Errno } from '../vocabulary/names.ts'

interface Calling {
  readonly moment: Moment
  readonly actor: string
}

/** The call fails where `when` says so; `observe` notes beforehand what else that shows. */
export const error = <S extends Calling>(
  about: Clause,
  errno: Errno,
  when: (situation: S) => boolean,
  observe: (situation: S) => void = () => {},
): Rule<S> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    observe(situation)
    fails(situation.moment, situation.actor, errno)
  },
})
