import { grants, isNegativeId, mayChange, READ } from '../common/access.ts'
import { badUser } from '../common/control.ts'
import { hasSuccessor } from '../common/new-ids.ts'
import { noteClass, noteStranger } from '../common/object-notes.ts'
import { error } from '../common/refusal.ts'
import type { Identity } from '../identity.ts'
import { note } from '../moment.ts'
import type { Permission } from '../permission.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf } from '../world.ts'
import { laterInvalid } from './shmat-clauses.ts'
import * as clauses from './shmctl-clauses.ts'
import type { ShmctlCall, Situation } from './shmctl-rules.ts'
import { idNotReused } from './shmget-clauses.ts'

const errors = 'POSIX.1-2024 shmctl, ERRORS'

export const negativeId = error<Situation>(
  clause(
    'shmctl.id.negative-einval',
    'shall',
    'A negative identifier is an error for every command.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ moment, call }) => isNegativeId(moment.world, call.segment),
)

export const unknownId = error<Situation>(
  clause(
    'shmctl.id.unknown-einval',
    'shall',
    'The identifier of no living segment is an error.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ segment }) => segment === undefined,
  ({ moment, call }) => {
    if (typeof call.segment === 'number') return
    note(moment, laterInvalid)
    if (call.name === 'shmctl.IPC_STAT') note(moment, clauses.statDestroyed)
    if (hasSuccessor(moment.world, call.segment, moment.world.segments)) note(moment, clauses.staleId)
    if (Object.keys(moment.world.segments).length > 0) note(moment, idNotReused)
  },
)

export const badCommand = error<Situation>(
  clause(
    'shmctl.command.unknown-einval',
    'shall',
    'A command that does not exist is an error.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  () => true,
)

export const mayNotStat: Rule<Situation> = error(
  clause(
    'shmctl.stat.needs-read',
    'shall',
    'IPC_STAT needs read permission, of the owner too.',
    `${errors}, [EACCES]`,
  ),
  'EACCES',
  ({ moment, actor, segment }) =>
    segment !== undefined && !grants(identityOf(moment.world, actor), segment.permission, READ),
  ({ moment, actor, segment }) => {
    if (segment !== undefined) noteClass(moment, actor, segment.permission, READ)
  },
)

export const unknownUser: Rule<Situation<CallOf<'shmctl.IPC_SET'>>> = error(
  clause(
    'shmctl.set.bad-uid-einval',
    'unspecified',
    'IPC_SET to an id that does not exist in the user namespace is an error and changes nothing.',
    'Linux ipc/util.c, ipc_update_perm',
  ),
  'EINVAL',
  ({ moment, call, segment }) => segment !== undefined && badUser(moment.world.facts, call),
)

/** The call is refused to whom `isAllowed` leaves out. */
export const refused = <C extends ShmctlCall>(
  about: Clause,
  isAllowed: (caller: Identity, permission: Permission) => boolean,
): Rule<Situation<C>> =>
  error(
    about,
    'EPERM',
    ({ moment, actor, segment }) =>
      segment !== undefined && !isAllowed(identityOf(moment.world, actor), segment.permission),
    ({ moment, actor, segment }) => {
      if (segment !== undefined) noteStranger(moment, actor, segment.permission)
    },
  )

export const mayNotSet: Rule<Situation> = refused(
  clause(
    'shmctl.set.not-owner-eperm',
    'shall',
    'IPC_SET needs the owner, the creator or privilege; permission to write does not help.',
    `${errors}, [EPERM]`,
  ),
  mayChange,
)
export const mayNotRemove: Rule<Situation<CallOf<'shmctl.IPC_RMID'>>> = refused(
  clause(
    'shmctl.rmid.not-owner-eperm',
    'shall',
    'IPC_RMID needs the owner, the creator or privilege; nothing happens to the segment otherwise.',
    `${errors}, [EPERM]`,
  ),
  mayChange,
)
