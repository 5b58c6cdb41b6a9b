import { decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { RUSAGE_CHILDREN, RUSAGE_SELF } from '../vocabulary/names.ts'
import { usage as clauses } from './clauses/index.ts'
import { lifecycleOf } from './lifecycle.ts'
import { nothingUsed } from './state.ts'
import { hasUsed, usageAnswered, use } from './usage.ts'

/** Uses processor time. */
export function burn(moment: Moment, actor: string, { units }: CallOf<'burn'>): void {
  use(moment, actor, { time: units, memory: 0 })
  returns(moment, actor)
}

/** Uses memory for a moment. */
export function fill(moment: Moment, actor: string, { units }: CallOf<'fill'>): void {
  use(moment, actor, { time: 0, memory: units })
  returns(moment, actor)
}

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'getrusage'>
}

export function getrusage(moment: Moment, actor: string, call: CallOf<'getrusage'>): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...clauses.whoUnknown,
    errno: 'EINVAL',
    when: ({ call: { who } }) => who !== RUSAGE_SELF && who !== RUSAGE_CHILDREN,
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...clauses.self,
    errno: 'none',
    when: ({ call: { who } }) => who === RUSAGE_SELF,
    outcome: ({ moment, actor }) => {
      const used = lifecycleOf(moment.world, actor)?.used ?? nothingUsed
      returns(moment, actor, 0, usageAnswered(moment, used))
    },
  },
  {
    ...clauses.addedAtReaping,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor }) => {
      const used = lifecycleOf(moment.world, actor)?.usedByChildren ?? nothingUsed
      if (hasUsed(used) && used.memory > 0) note(moment, clauses.largest)
      returns(moment, actor, 0, usageAnswered(moment, used))
    },
  },
]
