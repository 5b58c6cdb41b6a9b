import { ALTER, grants, objectName, READ } from '../common/access.ts'
import {
  freeKey,
  givenAway,
  permissionAfter,
  removedAtOnce,
  setFields,
  sleepersRemoved,
} from '../common/control.ts'
import { privateNotFindable } from '../common/get.ts'
import { recordedPid } from '../common/object-notes.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { without } from '../records.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { changedWorld, identityOf, processOf, withSet } from '../world.ts'
import * as clauses from './clauses.ts'
import { countSleepers } from './count.ts'
import { elapsed } from './elapsed.ts'
import { grant } from './grant.ts'
import * as also from './semctl-clauses.ts'
import {
  asShort,
  badCommand,
  badId,
  badNegative,
  badNumber,
  badValue,
  badValues,
  mayNotAlter,
  mayNotRead,
  mayNotSet,
  mayNotStat,
  unknownId,
  unknownUser,
} from './semctl-errors.ts'
import { effect, type SemctlCall, type Situation } from './semctl-rules.ts'
import { sleepOf } from './sleepers.ts'
import { changedSet } from './state.ts'
import { statusOf } from './status.ts'
import { clearAdjustments, discardAdjustments } from './undo.ts'

export { semctlClauses } from './semctl-clauses.ts'

/** semctl: each command has its own list of checks, in Linux's order (ipc/sem.c, ksys_semctl). */
export function semctl(moment: Moment, actor: string, call: SemctlCall): void {
  const name = objectName(moment.world, call.set)
  const situation = { moment, actor, call, name, set: moment.world.sets[name] }
  const list = rulesOf[call.name] as readonly Rule<Situation>[]
  decide(moment, list, situation)
}

const description = 'POSIX.1-2024 semctl, DESCRIPTION'

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
  ({ moment, actor, call, set }) =>
    returns(moment, actor, recordedPid(moment, set.semaphores[call.semnum]?.pid ?? '')),
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
    if (set.otime !== 0) note(moment, also.otimeStat)
    note(moment, also.ctimeStat)
    if (set.permission.key === 0) note(moment, privateNotFindable)
    if (set.otime > set.ctime) note(moment, also.ctimeUntouched)
    returns(moment, actor, 0, statusOf(set))
  },
)

const sets = effect<CallOf<'semctl.IPC_SET'>>(
  clause('semctl.set', 'shall', 'IPC_SET changes the permission and ctime, and wakes nobody.', description),
  'ownership',
  ({ moment, actor, call, name, set }) => {
    note(moment, setFields)
    const { facts } = moment.world
    const permission = permissionAfter(facts, set.permission, call)
    if (permission.uid !== identityOf(moment.world, actor).uid) note(moment, givenAway)
    if (set.sleepers.some((sleeper) => !grants(identityOf(moment.world, sleeper), permission, ALTER)))
      note(moment, clauses.permissionNotRechecked)
    moment.world = withSet(moment.world, name, changedSet(set, { permission, ctime: moment.now }))
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
    const pid =
      choose(moment, also.setPid, 2) === 0
        ? processOf(moment.world, actor)
        : (set.semaphores[call.semnum]?.pid ?? '')
    note(moment, also.setPid)
    const semaphores = set.semaphores.map((semaphore, sem) =>
      sem === call.semnum ? { value: asShort(call.value), pid } : semaphore,
    )
    moment.world = withSet(moment.world, name, changedSet(set, { semaphores, ctime: moment.now }))
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
    if (!grants(identityOf(moment.world, actor), set.permission, READ)) note(moment, also.needsNoRead)
    const recorded = choose(moment, also.setPid, 2) === 0
    note(moment, also.setPid)
    const semaphores = set.semaphores.map((semaphore, sem) => ({
      value: asShort(call.values[sem] ?? 0),
      pid: recorded ? processOf(moment.world, actor) : semaphore.pid,
    }))
    moment.world = withSet(moment.world, name, changedSet(set, { semaphores, ctime: moment.now }))
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
      note(moment, also.sleepersEnd)
      note(moment, sleepersRemoved)
      note(moment, clauses.countAfter)
      fails(moment, sleeper, 'EIDRM', elapsed(sleep.call, 0))
    }
    discardAdjustments(moment, name)
    moment.world = changedWorld(moment.world, { sets: without(moment.world.sets, name) })
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

function noteIgnored(moment: Moment, semnum: number): void {
  if (semnum !== 0) note(moment, also.semnumIgnored)
}
