import { isOwner } from '../common/access.ts'
import { error } from '../common/refusal.ts'
import { isCapable } from '../identity.ts'
import { choose, fails, type Moment, note, returns } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_IPC_LOCK } from '../vocabulary/names.ts'
import { identityOf, limitsOf, type World } from '../world.ts'
import { isHuge, notLocked } from './huge.ts'
import { changeSegment, pagesOf } from './segments.ts'
import * as clauses from './shmctl-clauses.ts'
import { refused } from './shmctl-errors.ts'
import { effect, type Situation } from './shmctl-rules.ts'
import type { Segment } from './state.ts'

/**
 * Bytes that an actor can lock on any system: a quarter of the smallest usual RLIMIT_MEMLOCK (64 KiB), since the
 * limit is one for all processes of the user.
 */
const LOCKABLE = 16384

export const mayNotLock: Rule<Situation<CallOf<'shmctl.SHM_LOCK'> | CallOf<'shmctl.SHM_UNLOCK'>>> = refused(
  clause(
    'shmctl.lock.stranger-eperm',
    'linux',
    'SHM_LOCK and SHM_UNLOCK need the owner, the creator or CAP_IPC_LOCK.',
    'shmctl(2)',
  ),
  (caller, permission) => isOwner(caller, permission) || isCapable(caller, CAP_IPC_LOCK),
)

export const nothingLockable = error<Situation<CallOf<'shmctl.SHM_LOCK'>>>(
  clause(
    'shmctl.lock.zero-limit-eperm',
    'linux',
    'With RLIMIT_MEMLOCK 0 the owner may unlock a segment but not lock it.',
    'shmctl(2), ERRORS, EPERM',
  ),
  'EPERM',
  ({ moment, actor, segment }) => segment !== undefined && mayLockNothing(moment, actor),
)

const mayLockNothing = ({ world }: Moment, actor: string) =>
  limitsOf(world, actor).locked === 0 && !isCapable(identityOf(world, actor), CAP_IPC_LOCK)

/** Huge pages stay in memory anyway. */
export const leavesHuge: Rule<Situation<CallOf<'shmctl.SHM_LOCK'> | CallOf<'shmctl.SHM_UNLOCK'>>> = {
  ...effect<CallOf<'shmctl.SHM_LOCK'> | CallOf<'shmctl.SHM_UNLOCK'>>(notLocked, ({ moment, actor }) => {
    if (!isRefusedElsewhere(moment, actor)) returns(moment, actor)
  }),
  when: ({ segment }) => isHuge(segment),
}

export const locks = effect<CallOf<'shmctl.SHM_LOCK'>>(
  clause(
    'shmctl.lock.owner-or-creator',
    'linux',
    'The owner and the creator may lock a segment, up to the limit of lockable memory, whatever the mode.',
    'shmctl(2)',
  ),
  ({ moment, actor, name, segment }) => {
    if (isRefusedElsewhere(moment, actor)) return
    if (!segment.locked && lockedBytes(moment) + bytesOf(moment, segment) > lockable(moment.world, actor)) {
      if (choose(moment, clauses.overLimit, 2, 'always') === 1) {
        note(moment, clauses.overLimit)
        return fails(moment, actor, 'ENOMEM')
      }
    }
    note(moment, segment.locked ? clauses.lockIdempotent : clauses.lockSetsFlag)
    if (segment.removal !== 'none') note(moment, clauses.lockRemoved)
    changeSegment(moment, name, { locked: true })
    returns(moment, actor)
  },
)

export const unlocks = effect<CallOf<'shmctl.SHM_UNLOCK'>>(
  clause(
    'shmctl.unlock.owner-or-creator',
    'linux',
    'The owner and the creator may unlock a segment, whatever the mode.',
    'shmctl(2)',
  ),
  ({ moment, actor, name, segment }) => {
    if (isRefusedElsewhere(moment, actor)) return
    if (mayLockNothing(moment, actor)) note(moment, nothingLockable)
    note(moment, segment.locked ? clauses.unlockClearsFlag : clauses.unlockNotLocked)
    changeSegment(moment, name, { locked: false })
    returns(moment, actor)
  },
)

/** Locking is no part of POSIX: systems lack it, or leave it to the privileged. */
function isRefusedElsewhere(moment: Moment, actor: string): boolean {
  const index = choose(moment, clauses.lockSetsFlag, 3)
  if (index > 0) fails(moment, actor, index === 1 ? 'EINVAL' : 'EPERM')
  return index > 0
}

/** Bytes that the actor can lock without doubt. */
export function lockable(world: World, actor: string): number {
  const { locked } = limitsOf(world, actor)
  return locked === 'usual' ? LOCKABLE : Math.min(locked, LOCKABLE)
}

const bytesOf = ({ world: { facts } }: Moment, { size }: Segment) =>
  pagesOf(size, facts.pageSize) * facts.pageSize

export function lockedBytes(moment: Pick<Moment, 'world'>): number {
  const { segments, facts } = moment.world
  let bytes = 0
  for (const name in segments) {
    const segment = segments[name]
    if (segment?.locked) bytes += pagesOf(segment.size, facts.pageSize) * facts.pageSize
  }
  return bytes
}
