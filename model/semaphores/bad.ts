import { objectName } from '../common/access.ts'
import { choose, decide, fails, type Moment, note } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { semctlBuffers } from '../vocabulary/names.ts'
import { badId, mayNotAlter, mayNotRead, mayNotSet, mayNotStat, unknownId } from './semctl-errors.ts'
import type { Situation as SemctlSituation } from './semctl-rules.ts'
import * as semopRules from './semop.ts'
import { isBadId, isEmpty, isOutside, isTooLong, semop, situationOf } from './semop.ts'
import type { Situation } from './semop-notes.ts'

/** semop with an array that cannot be read: what is wrong with its elements nobody can say. */
export function badSemop(moment: Moment, actor: string, { set, count }: CallOf<'bad_semop'>): void {
  const operations = new Array(count).fill({ sem: 0, change: 1, flags: 0 })
  const situation = situationOf(moment, actor, { name: 'semop', set, operations })
  decide(moment, [isTooLong, isEmpty, badArray, isBadId], situation)
}

/** semtimedop with a timeout that cannot be read. */
export function badSemtimedop(moment: Moment, actor: string, call: CallOf<'bad_semtimedop'>): void {
  decide(moment, timeoutRules, situationOf(moment, actor, { ...call, name: 'semop' }))
}

/** semop with 2^32 operations more than there are: Linux does not see them. */
export function wideSemop(moment: Moment, actor: string, call: CallOf<'wide_semop'>): void {
  note(moment, wideCount)
  if (choose(moment, wideCount, 2) === 1) fails(moment, actor, 'E2BIG')
  else semop(moment, actor, { ...call, name: 'semop' })
}

/** semctl with a buffer that cannot be used. */
export function badSemctl(moment: Moment, actor: string, call: CallOf<'bad_semctl'>): void {
  if (call.buffer !== semctlBuffers.of.IPC_SET) note(moment, checkedLast)
  const name = objectName(moment.world, call.set)
  const situation = {
    moment,
    actor,
    call: { name: 'semctl.IPC_STAT', set: call.set, semnum: 0 },
    name,
    set: moment.world.sets[name],
  } as const
  decide(moment, semctlRules[call.buffer] ?? [badId], situation)
}

const badArray: Rule<Situation> = {
  ...clause(
    'semop.efault',
    'may',
    'An array that cannot be read is an error, before the identifier is looked at.',
    'semop(2), ERRORS, EFAULT',
    'Linux ipc/sem.c, do_semtimedop',
  ),
  errno: 'EFAULT',
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EFAULT'),
}

const badTimeout: Rule<Situation> = {
  ...clause(
    'semtimedop.efault',
    'linux',
    'A timeout that cannot be read is an error before everything else.',
    'semop(2), ERRORS, EFAULT',
    'Linux ipc/sem.c, semtimedop',
  ),
  errno: 'EFAULT',
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EFAULT'),
}

const timeoutRules = [
  badTimeout,
  isTooLong,
  isEmpty,
  isBadId,
  isOutside,
  semopRules.mayNotAlter,
  semopRules.mayNotRead,
]

const badBuffer: Rule<SemctlSituation> = {
  ...clause(
    'semctl.efault',
    'may',
    'A buffer that cannot be used is an error, and nothing changes.',
    'semctl(2), ERRORS, EFAULT',
  ),
  errno: 'EFAULT',
  when: () => true,
  outcome: ({ moment, actor }) => fails(moment, actor, 'EFAULT'),
}

const checkedLast = clause(
  'semctl.efault.last',
  'may',
  'But for IPC_SET, what is wrong with the identifier or with the permission is found before the buffer is used.',
  'Linux ipc/sem.c, ksys_semctl',
)

/** The checks in Linux's order (ipc/sem.c, ksys_semctl): what is read is read before the identifier is looked up. */
const semctlRules: Readonly<Record<number, readonly Rule<SemctlSituation>[]>> = {
  [semctlBuffers.of.IPC_STAT as number]: [badId, unknownId, mayNotStat, badBuffer],
  [semctlBuffers.of.IPC_SET as number]: [badId, badBuffer, unknownId, mayNotSet],
  [semctlBuffers.of.GETALL as number]: [badId, unknownId, mayNotRead, badBuffer],
  [semctlBuffers.of.SETALL as number]: [badId, unknownId, mayNotAlter, badBuffer],
}

const wideCount = clause(
  'semop.nsops-32bit',
  'shall',
  'A number of operations of 2^32 or more is too big; Linux looks at its low 32 bits only.',
  'POSIX.1-2024 semop, ERRORS, [E2BIG]',
  'Linux ipc/sem.c, SYSCALL_DEFINE3(semop): unsigned nsops',
)

export const badClauses = [badArray, badTimeout, badBuffer, checkedLast, wideCount]
