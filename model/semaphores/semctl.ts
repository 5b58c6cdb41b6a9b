import { ALTER, grants, isNegativeId, isOwner, objectName, READ } from '../common/access.ts'
import {
  alterChecked,
  badUser,
  changedPermission,
  freeKey,
  givenAway,
  laterInvalid,
  negativeId,
  permissionFields,
  readChecked,
  removedAtOnce,
  setBadUser,
  setFields,
  sleepersRemoved,
  staleId,
  statNeedsRead,
} from '../common/control.ts'
import { privateNotFindable } from '../common/get.ts'
import { pidOf, timeOf } from '../expected.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import { without } from '../world.ts'
import { noteAccess, noteInherited } from './access.ts'
import * as clauses from './clauses.ts'
import { comeBack } from './come-back.ts'
import { countSleepers } from './count.ts'
import { grant } from './grant.ts'
import { sleepOf } from './sleepers.ts'
import type { SemaphoreSet } from './state.ts'
import { clearAdjustments, discardAdjustments } from './undo.ts'

type Command =
  | 'IPC_STAT'
  | 'IPC_SET'
  | 'IPC_RMID'
  | 'GETALL'
  | 'SETALL'
  | 'GETVAL'
  | 'GETPID'
  | 'GETNCNT'
  | 'GETZCNT'
  | 'SETVAL'
  | 'other'
export type SemctlCall = { [C in Command]: CallOf<`semctl.${C}`> }[Command]

interface Situation<C extends SemctlCall = SemctlCall> {
  readonly moment: Moment
  readonly actor: string
  readonly call: C
  readonly name: string
  readonly set: SemaphoreSet | undefined
}

/** semctl: each command has its own list of checks, in Linux's order (ipc/sem.c, ksys_semctl). */
export function semctl(moment: Moment, actor: string, call: SemctlCall): void {
  const name = objectName(moment.world, call.set)
  const situation = { moment, actor, call, name, set: moment.world.sets[name] }
  const list = rulesOf[call.name] as readonly Rule<Situation>[]
  decide(moment, list, situation)
}

const errors = 'POSIX.1-2024 semctl, ERRORS'
const description = 'POSIX.1-2024 semctl, DESCRIPTION'

const error = <C extends SemctlCall>(
  about: Clause,
  errno: Errno,
  when: (situation: Situation<C>) => boolean,
  alsoNote: (situation: Situation<C>) => void = () => {},
): Rule<Situation<C>> => ({
  ...about,
  errno,
  when,
  outcome: (situation) => {
    alsoNote(situation)
    fails(situation.moment, situation.actor, errno)
  },
})

/** What a command does; `request`: the permission that it needs. */
const effect = <C extends SemctlCall>(
  about: Clause,
  request: typeof READ | typeof ALTER | 'ownership',
  outcome: (situation: Situation<C> & { readonly set: SemaphoreSet }) => void,
): Rule<Situation<C>> => ({
  ...about,
  errno: 'none',
  when: ({ set }) => set !== undefined,
  outcome: (situation) => {
    const { moment, actor, set } = situation
    if (set === undefined) return
    if (request === 'ownership') noteOwnership(moment, actor, set)
    else noteAccess(moment, actor, set, request)
    outcome({ ...situation, set })
  },
})

const badId = error(
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
const unknownId = error(
  staleId,
  'EINVAL',
  ({ set }) => set === undefined,
  ({ moment, call }) => {
    if (typeof call.set === 'string') note(moment, laterInvalid)
  },
)
const badCommand = error(
  clause('semctl.cmd-unknown', 'shall', 'A command that does not exist is an error.', `${errors}, [EINVAL]`),
  'EINVAL',
  () => true,
)

/** The call is refused where the class of the caller does not have the request. */
const mayNot = (request: typeof READ | typeof ALTER, about: Clause): Rule<Situation> =>
  error(
    about,
    'EACCES',
    ({ moment, set }) => set !== undefined && !grants(moment.world.facts, set.permission, request),
    ({ moment, actor, set }) => {
      if (set !== undefined) noteAccess(moment, actor, set, request)
    },
  )

const mayNotRead = mayNot(READ, readChecked)
const mayNotStat = mayNot(READ, statNeedsRead)
const mayNotAlter = mayNot(ALTER, alterChecked)

type OneSemaphore = Extract<
  SemctlCall,
  { readonly name: `semctl.${'GETVAL' | 'GETPID' | 'GETNCNT' | 'GETZCNT' | 'SETVAL'}` }
>

const badNumber: Rule<Situation<OneSemaphore>> = error(
  clause(
    'semctl.semnum.bad',
    'shall',
    'A semaphore number outside the set is an error for the commands about one semaphore.',
    `${errors}, [EINVAL]`,
  ),
  'EINVAL',
  ({ set, call }) => set !== undefined && (call.semnum < 0 || call.semnum >= set.semaphores.length),
)

const isOutOfRange = (moment: Moment, value: number) => value < 0 || value > moment.world.facts.semvmx

const asShort = (value: number) => value & 0xffff

/** semval is an unsigned short: what is left of a negative value there may be too large, too. */
const badValue: Rule<Situation<CallOf<'semctl.SETVAL'>>> = error(
  clause(
    'semctl.setval.erange',
    'shall',
    'A value below 0 or above SEMVMX is an error.',
    `${errors}, [ERANGE]`,
  ),
  'ERANGE',
  ({ moment, call }) => call.value > moment.world.facts.semvmx || isOutOfRange(moment, asShort(call.value)),
)
const badNegative: Rule<Situation<CallOf<'semctl.SETVAL'>>> = error(
  clause(
    'semctl.setval.negative',
    'unspecified',
    'A value below 0 is an error, whatever its lower 16 bits are.',
    'Linux ipc/sem.c, semctl_setval',
  ),
  'ERANGE',
  ({ moment, call }) => call.value < 0 && !isOutOfRange(moment, asShort(call.value)),
)
const badValues: Rule<Situation<CallOf<'semctl.SETALL'>>> = error(
  clause(
    'semctl.setall.erange',
    'shall',
    'One value above SEMVMX is an error, and none of the values is set.',
    `${errors}, [ERANGE]`,
  ),
  'ERANGE',
  ({ moment, call, set }) =>
    call.values.slice(0, set?.semaphores.length).some((value) => isOutOfRange(moment, asShort(value))),
)

const getsValue = effect<CallOf<'semctl.GETVAL'>>(
  clause('semctl.getval', 'shall', 'GETVAL returns the value.', description),
  READ,
  ({ moment, actor, call, set }) => returns(moment, actor, set.semaphores[call.semnum]?.value ?? 0),
)
const getsPid = effect<CallOf<'semctl.GETPID'>>(
  clause(
    'semctl.getpid',
    'shall',
    'GETPID returns the process of the last operation, 0 if there was none.',
    description,
  ),
  READ,
  ({ moment, actor, call, set }) => {
    const pid = set.semaphores[call.semnum]?.pid ?? ''
    const isGone = pid !== '' && moment.world.processes[pid] === undefined
    if (isGone) note(moment, deadPid)
    returns(moment, actor, isGone && choose(moment, deadPid, 2) === 1 ? 0 : pidOf(pid))
  },
)
const countsDecreasing = effect<CallOf<'semctl.GETNCNT'>>(
  clause('semctl.getncnt', 'shall', 'GETNCNT returns how many sleepers wait for an increase.', description),
  READ,
  ({ moment, actor, call, set }) =>
    returns(moment, actor, countSleepers(moment, set, call.semnum, 'increase')),
)
const countsZero = effect<CallOf<'semctl.GETZCNT'>>(
  clause('semctl.getzcnt', 'shall', 'GETZCNT returns how many sleepers wait for zero.', description),
  READ,
  ({ moment, actor, call, set }) => returns(moment, actor, countSleepers(moment, set, call.semnum, 'zero')),
)
const getsAll = effect<CallOf<'semctl.GETALL'>>(
  clause('semctl.getall', 'shall', 'GETALL stores all values.', description),
  READ,
  ({ moment, actor, call, set }) => {
    noteIgnored(moment, call.semnum)
    returns(moment, actor, 0, { values: set.semaphores.map(({ value }) => value) })
  },
)
const stats = effect<CallOf<'semctl.IPC_STAT'>>(
  clause(
    'semctl.stat',
    'shall',
    'IPC_STAT stores the permission, the times and the number of semaphores.',
    description,
  ),
  READ,
  ({ moment, actor, call, set }) => {
    noteIgnored(moment, call.semnum)
    if (set.otime !== 0) note(moment, otimeStat)
    note(moment, ctimeStat)
    if (set.permission.key === 0) note(moment, privateNotFindable)
    if (set.otime > set.ctime) note(moment, ctimeUntouched)
    returns(moment, actor, 0, {
      ...permissionFields(set.permission),
      nsems: set.semaphores.length,
      otime: timeOf(set.otime),
      ctime: timeOf(set.ctime),
    })
  },
)

const ownersOnly = clause(
  'perm.set-rmid',
  'shall',
  'IPC_SET and IPC_RMID need the owner, the creator or privilege; the mode does not matter.',
  `${errors}, [EPERM]`,
)
const mayNotSet = error(
  ownersOnly,
  'EPERM',
  ({ moment, set }) => set !== undefined && !isOwner(moment.world.facts, set.permission),
)
const unknownUser: Rule<Situation<CallOf<'semctl.IPC_SET'>>> = error(
  setBadUser,
  'EINVAL',
  ({ moment, call }) => badUser(moment.world.facts, call),
  ({ moment }) => note(moment, noPartialSet),
)
const sets = effect<CallOf<'semctl.IPC_SET'>>(
  clause('semctl.set', 'shall', 'IPC_SET changes the permission and ctime, and wakes nobody.', description),
  'ownership',
  ({ moment, actor, call, name, set }) => {
    note(moment, setFields)
    const { facts } = moment.world
    const permission = changedPermission(facts, set.permission, call)
    if (permission.uid !== facts.uid) note(moment, givenAway)
    if (set.sleepers.length > 0 && !grants(facts, permission, ALTER))
      note(moment, clauses.permissionNotRechecked)
    moment.world = withSet(moment, name, { ...set, permission, ctime: moment.now })
    returns(moment, actor)
  },
)

const setsValue = effect<CallOf<'semctl.SETVAL'>>(
  clause(
    'semctl.setval.ok',
    'shall',
    'SETVAL sets the value and ctime, clears the adjustments for the semaphore and completes sleepers.',
    description,
  ),
  ALTER,
  ({ moment, actor, call, name, set }) => {
    const pid = choose(moment, setPid, 2) === 0 ? actor : (set.semaphores[call.semnum]?.pid ?? '')
    note(moment, setPid)
    const semaphores = set.semaphores.map((semaphore, sem) =>
      sem === call.semnum ? { value: asShort(call.value), pid } : semaphore,
    )
    moment.world = withSet(moment, name, { ...set, semaphores, ctime: moment.now })
    clearAdjustments(moment, name, call.semnum)
    returns(moment, actor)
    grant(moment, name, 'all', 'set')
  },
)
const setsAll = effect<CallOf<'semctl.SETALL'>>(
  clause(
    'semctl.setall.ok',
    'shall',
    'SETALL sets all values and ctime, clears all adjustments for the set and completes sleepers.',
    description,
  ),
  ALTER,
  ({ moment, actor, call, name, set }) => {
    noteIgnored(moment, call.semnum)
    const recorded = choose(moment, setPid, 2) === 0
    note(moment, setPid)
    const semaphores = set.semaphores.map((semaphore, sem) => ({
      value: asShort(call.values[sem] ?? 0),
      pid: recorded ? actor : semaphore.pid,
    }))
    moment.world = withSet(moment, name, { ...set, semaphores, ctime: moment.now })
    clearAdjustments(moment, name, 'all')
    returns(moment, actor)
    grant(moment, name, 'all', 'set')
  },
)

const removes = effect<CallOf<'semctl.IPC_RMID'>>(
  clause('semctl.rmid', 'shall', 'IPC_RMID removes the set.', description),
  'ownership',
  ({ moment, actor, call, name, set }) => {
    noteIgnored(moment, call.semnum)
    note(moment, removedAtOnce)
    moment.world = freeKey(moment.world, 'set', set.permission.key)
    returns(moment, actor)
    for (const sleeper of set.sleepers) {
      const sleep = sleepOf(moment, sleeper)
      if (sleep === undefined) continue
      note(moment, sleepersEnd)
      note(moment, sleepersRemoved)
      note(moment, clauses.countAfter)
      comeBack(moment, sleeper, sleep, 'EIDRM')
    }
    discardAdjustments(moment, name)
    moment.world = { ...moment.world, sets: without(moment.world.sets, name) }
  },
)

const rulesOf = {
  'semctl.IPC_STAT': [badId, unknownId, mayNotStat, stats],
  'semctl.IPC_SET': [badId, unknownId, mayNotSet, unknownUser, sets],
  'semctl.IPC_RMID': [badId, unknownId, mayNotSet, removes],
  'semctl.GETALL': [badId, unknownId, mayNotRead, getsAll],
  'semctl.SETALL': [badId, unknownId, mayNotAlter, badValues, setsAll],
  'semctl.GETVAL': [badId, unknownId, mayNotRead, badNumber, getsValue],
  'semctl.GETPID': [badId, unknownId, mayNotRead, badNumber, getsPid],
  'semctl.GETNCNT': [badId, unknownId, mayNotRead, badNumber, countsDecreasing],
  'semctl.GETZCNT': [badId, unknownId, mayNotRead, badNumber, countsZero],
  'semctl.SETVAL': [badId, badValue, badNegative, unknownId, badNumber, mayNotAlter, setsValue],
  'semctl.other': [badId, badCommand],
} as const

export const rules: readonly Clause[] = [...new Set(Object.values(rulesOf).flat())]

/** IPC_SET and IPC_RMID succeed whatever the mode, also for the creator of a set that was given away. */
function noteOwnership(moment: Moment, actor: string, set: SemaphoreSet): void {
  const { facts } = moment.world
  if (set.permission.uid !== facts.uid || !grants(facts, set.permission, ALTER)) note(moment, ownersOnly)
  noteInherited(moment, actor)
}

const withSet = (moment: Moment, name: string, set: SemaphoreSet) => ({
  ...moment.world,
  sets: { ...moment.world.sets, [name]: set },
})

function noteIgnored(moment: Moment, semnum: number): void {
  if (semnum !== 0) note(moment, semnumIgnored)
}

const semnumIgnored = clause(
  'semctl.semnum.ignored',
  'shall',
  'Commands about the whole set do not look at the semaphore number.',
  description,
)
const setPid = clause(
  'semctl.set.sempid',
  'unspecified',
  'SETVAL and SETALL record the caller as the last process of the semaphores they set.',
  'Linux ipc/sem.c, semctl_setval',
)
const noPartialSet = clause(
  'ipcset.no-partial',
  'shall',
  'An IPC_SET that fails changes nothing.',
  description,
)
const deadPid = clause(
  'ns.dead-pid-persists',
  'unspecified',
  'The recorded process is still reported after it ended.',
  'Linux ipc/sem.c',
)
const sleepersEnd = clause(
  'sem.rmid',
  'shall',
  'Every sleeper returns with EIDRM when the set is removed, whatever it waits for.',
  'POSIX.1-2024 semop, ERRORS, [EIDRM]',
)
const otimeStat = clause(
  'sem.time.otime',
  'shall',
  'sem_otime is the time of the last completed array.',
  description,
)
const ctimeStat = clause(
  'sem.time.ctime',
  'shall',
  'sem_ctime is the time of creation or of the last change by semctl.',
  description,
)
const ctimeUntouched = clause('semop.ctime-untouched', 'shall', 'semop leaves sem_ctime alone.', description)

export const semctlClauses = [
  noPartialSet,
  semnumIgnored,
  setPid,
  deadPid,
  sleepersEnd,
  otimeStat,
  ctimeStat,
  ctimeUntouched,
]
