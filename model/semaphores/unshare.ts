import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CLONE_SYSVSEM } from '../vocabulary/names.ts'
import { sharedByThreads, shares, stopSharing, threadsOwn, unshares } from './shared-undo.ts'
import { applyUndo } from './undo.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'unshare'>
}

/** unshare: of the adjustments, which alone the vocabulary can share. */
export function unshare(moment: Moment, actor: string, call: CallOf<'unshare'>): void {
  decide(moment, rules, { moment, actor, call })
}

const unknown: Rule<Situation> = {
  ...clause('unshare.unknown', 'may', 'A system need not know unshare.', 'unshare(2), STANDARDS'),
  errno: 'EINVAL',
  elsewhere: true,
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
}

const badFlags: Rule<Situation> = {
  ...clause(
    'unshare.flags.einval',
    'linux',
    'A flag that is not one of unshare is an error.',
    'unshare(2), ERRORS, EINVAL',
  ),
  errno: 'EINVAL',
  when: ({ call }) => (call.flags & ~CLONE_SYSVSEM) !== 0,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
}

const succeeds: Rule<Situation> = {
  ...clause(
    'unshare.succeeds',
    'linux',
    'unshare of what is not shared succeeds.',
    'unshare(2), RETURN VALUE',
  ),
  errno: 'none',
  when: () => true,
  outcome: ({ moment, actor, call }) => {
    returns(moment, actor)
    if ((call.flags & CLONE_SYSVSEM) === 0) return
    if (stopSharing(moment, actor)) return
    if (Object.keys(moment.world.processes[actor]?.undo ?? {}).length > 0) note(moment, unshares)
    applyUndo(moment, actor)
  },
}

export const rules = [unknown, badFlags, succeeds]

export const unshareClauses = [shares, unshares, sharedByThreads, threadsOwn, ...rules]
