import { isCapable } from '../identity.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { changeLifecycle } from '../processes/lifecycle.ts'
import { clause, type Rule } from '../rule.ts'
import { usualSettings } from '../settings.ts'
import { endCreator } from '../shared-memory/forced.ts'
import { attachmentsOf } from '../shared-memory/places.ts'
import { makeSpace } from '../spaces.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN, CLONE_NEWIPC, CLONE_SYSVSEM } from '../vocabulary/names.ts'
import { identityOf, type Space, type World } from '../world.ts'
import { sharedByThreads, shares, stopSharing, threadsOwn, unshares } from './shared-undo.ts'
import { applyUndo } from './undo.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'unshare'>
}

/** unshare: of the adjustments and the IPC namespace, which alone the vocabulary can share. */
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
  when: ({ call }) => (call.flags & ~(CLONE_SYSVSEM | CLONE_NEWIPC)) !== 0,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
}

const needsPrivilege: Rule<Situation> = {
  ...clause(
    'unshare.privilege.eperm',
    'linux',
    'A new namespace takes privilege.',
    'unshare(2), ERRORS, EPERM',
  ),
  errno: 'EPERM',
  when: ({ moment, actor, call }) =>
    (call.flags & CLONE_NEWIPC) !== 0 && !isCapable(identityOf(moment.world, actor), CAP_SYS_ADMIN),
  outcome: ({ moment, actor }) => fails(moment, actor, 'EPERM'),
}

const leaves = clause(
  'undo.leave-ipc-ns',
  'linux',
  'Who leaves an IPC namespace has the adjustments applied at once, in the old one.',
  'unshare(2), CLONE_NEWIPC',
)

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
    if (call.flags === 0) return
    const isLeaving = (call.flags & CLONE_NEWIPC) !== 0
    if (!stopSharing(moment, actor)) {
      if (Object.keys(moment.world.processes[actor]?.undo ?? {}).length > 0)
        note(moment, isLeaving ? leaves : unshares)
      applyUndo(moment, actor)
    }
    if (isLeaving) leave(moment, actor)
  },
}

/** The process is in a new namespace; what it had made in the old one has no creator any more. */
function leave(moment: Moment, actor: string): void {
  if (Object.keys(attachmentsOf(moment.world, actor)).length > 0)
    throw new Error('memory that stays attached in another namespace is not followed')
  endCreator(moment, actor)
  const space = `${actor} ${moment.now}`
  makeSpace(moment, space, newSpace(moment.world))
  changeLifecycle(moment, actor, { space })
}

/** Empty, with the limits that Linux starts every namespace with. */
const newSpace = ({ facts }: World): Space => ({
  ...{ sets: {}, queues: {}, segments: {}, freedKeys: [] },
  ...{ limits: facts.limits, settings: usualSettings },
})

export const rules = [unknown, badFlags, needsPrivilege, succeeds]

export const unshareClauses = [shares, unshares, leaves, sharedByThreads, threadsOwn, ...rules]
