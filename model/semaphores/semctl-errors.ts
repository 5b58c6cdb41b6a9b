import { ALTER, grants, isNegativeId, mayChange, READ } from '../common/access.ts'
import {
  alterChecked,
  badUser,
  laterInvalid,
  negativeId,
  noPartialSet,
  ownersOnly,
  readChecked,
  setBadUser,
  staleId,
  statNeedsRead,
} from '../common/control.ts'
import { noteAccess, noteChange } from '../common/object-notes.ts'
import { error } from '../common/refusal.ts'
import { type Moment, note } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf } from '../world.ts'
import type { SemctlCall, Situation } from './semctl-rules.ts'

const errors = 'POSIX.1-2024 semctl, ERRORS'

export const badId = error<Situation>(
  clause(
    'semctl.id-negative',
    'shall',
    'A negative identifier is an error for every command.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ moment, call }) => isNegativeId(moment.world, call.set),
  ({ moment }) => note(moment, negativeId),
)
export const unknownId = error<Situation>(
  staleId,
  'EINVAL',
  ({ set }) => set === undefined,
  ({ moment, call }) => {
    if (typeof call.set === 'string') note(moment, laterInvalid)
  },
)
export const badCommand = error<Situation>(
  clause('semctl.cmd-unknown', 'shall', 'A command that does not exist is an error.', `${errors}, [EINVAL]`),
  'EINVAL',
  () => true,
)

/** The call is refused where the class of the caller does not have the request. */
const mayNot = (request: typeof READ | typeof ALTER, about: Clause): Rule<Situation> =>
  error(
    about,
    'EACCES',
    ({ moment, actor, set }) =>
      set !== undefined && !grants(identityOf(moment.world, actor), set.permission, request),
    ({ moment, actor, set }) => {
      if (set !== undefined) noteAccess(moment, actor, set, request)
    },
  )

export const mayNotRead = mayNot(READ, readChecked)
export const mayNotStat = mayNot(READ, statNeedsRead)
export const mayNotAlter = mayNot(ALTER, alterChecked)

type OneSemaphore = Extract<
  SemctlCall,
  { readonly name: `semctl.${'GETVAL' | 'GETPID' | 'GETNCNT' | 'GETZCNT' | 'SETVAL'}` }
>

export const badNumber: Rule<Situation<OneSemaphore>> = error(
  clause(
    'semctl.semnum.bad',
    'shall',
    'A semaphore number outside the set is an error for the commands about one semaphore.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ set, call }) => set !== undefined && (call.semnum < 0 || call.semnum >= set.semaphores.length),
)

/** As the kernel stores a value: an unsigned short. */
export const asShort = (value: number) => value & 0xffff

const isTooLarge = ({ world }: Moment, value: number) => asShort(value) > world.facts.semvmx

/** semval is an unsigned short: what is left of a negative value there may be too large, too. */
export const badValue: Rule<Situation<CallOf<'semctl.SETVAL'>>> = error(
  clause(
    'semctl.setval.erange',
    'shall',
    'A value below 0 or above SEMVMX is an error.',
    `${errors}, [ERANGE]`,
  ),
  'ERANGE',
  ({ moment, call }) => call.value > moment.world.facts.semvmx || isTooLarge(moment, call.value),
)
export const badNegative: Rule<Situation<CallOf<'semctl.SETVAL'>>> = error(
  clause(
    'semctl.setval.negative',
    'unspecified',
    'A value below 0 is an error, whatever its lower 16 bits are.',
    'Linux ipc/sem.c, semctl_setval',
  ),
  'ERANGE',
  ({ moment, call }) => call.value < 0 && !isTooLarge(moment, call.value),
)
export const badValues: Rule<Situation<CallOf<'semctl.SETALL'>>> = error(
  clause(
    'semctl.setall.erange',
    'shall',
    'One value above SEMVMX is an error, and none of the values is set.',
    `${errors}, [ERANGE]`,
  ),
  'ERANGE',
  ({ moment, call, set }) =>
    call.values.slice(0, set?.semaphores.length).some((value) => isTooLarge(moment, value)),
)

export const mayNotSet = error<Situation>(
  ownersOnly,
  'EPERM',
  ({ moment, actor, set }) =>
    set !== undefined && !mayChange(identityOf(moment.world, actor), set.permission),
  ({ moment, actor, set }) => noteChange(moment, actor, set?.permission),
)
export const unknownUser: Rule<Situation<CallOf<'semctl.IPC_SET'>>> = error(
  setBadUser,
  'EINVAL',
  ({ moment, call }) => badUser(moment.world.facts, call),
  ({ moment }) => note(moment, noPartialSet),
)
