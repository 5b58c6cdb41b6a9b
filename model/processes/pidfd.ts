import { decide, fails, type Moment, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import type { Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { PIDFD_NONBLOCK } from '../vocabulary/names.ts'
import { grouping } from './clauses/index.ts'
import { changeLifecycle, lifecycleOf } from './lifecycle.ts'
import { isNegative } from './targets.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'pidfd_open'>
}

/** pidfd_open: the checks in Linux's order (kernel/pid.c). */
export function pidfdOpen(moment: Moment, actor: string, call: CallOf<'pidfd_open'>): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...grouping.pidfdInvalid,
    errno: 'EINVAL',
    when: ({ call: { process, flags } }) =>
      (flags & ~PIDFD_NONBLOCK) !== 0 || process === 0 || isNegative(process),
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...grouping.pidfdNobody,
    errno: 'ESRCH',
    when: ({ moment, call: { process } }) =>
      typeof process === 'number' || lifecycleOf(moment.world, process) === undefined,
    outcome: ({ moment, actor }) => fails(moment, actor, 'ESRCH'),
  },
  {
    ...grouping.pidfdOpened,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call: { as, process, flags } }) => {
      const pidfds = lifecycleOf(moment.world, actor)?.pidfds ?? {}
      const opened = { process: String(process), nonBlocking: (flags & PIDFD_NONBLOCK) !== 0 }
      changeLifecycle(moment, actor, { pidfds: withEntry(pidfds, as, opened) })
      returns(moment, actor, { is: 'descriptor', of: as })
    },
  },
]
