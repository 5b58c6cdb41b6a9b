import { ALTER, grants, isNegativeId, objectName, READ } from '../common/access.ts'
import { laterInvalid, negativeId, staleId } from '../common/control.ts'
import { noteAccess } from '../common/object-notes.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import { identityOf, processOf, withProcess, withSet } from '../world.ts'
import { requestOf } from './access.ts'
import { type Attempt, alters, attempt, undoes } from './attempt.ts'
import * as clauses from './clauses.ts'
import { expiry, isInvalid, isZero } from './deadline.ts'
import { elapsed } from './elapsed.ts'
import { grant, setAdjustments } from './grant.ts'
import { noteNotInsideArray } from './grant-notes.ts'
import * as also from './semop-clauses.ts'
import { noteFailure, noteFirstDecides, noteSuccess, type Situation, semaphoresOf } from './semop-notes.ts'
import { undoOf } from './shared-undo.ts'
import { changedSet, type SemaphoreSet, type SemopCall } from './state.ts'
import { rollback } from './undo.ts'

export { expire, maybeExpire } from './deadline.ts'
export { semopClauses } from './semop-clauses.ts'

/** semop and semtimedop: the checks in Linux's order (ipc/sem.c, __do_semtimedop), then the attempt. */
export function semop(moment: Moment, actor: string, call: SemopCall): void {
  decide(moment, rules, situationOf(moment, actor, call))
  note(moment, also.arrayKept)
}

export function situationOf(moment: Moment, actor: string, call: SemopCall): Situation {
  const { facts, sets } = moment.world
  const name = objectName(moment.world, call.set)
  const set = sets[name]
  const adjustments = undoOf(moment.world, actor)?.[name]
  const tried =
    set === undefined
      ? undefined
      : attempt(facts, set, call.operations, processOf(moment.world, actor), adjustments, moment.now)
  return { moment, actor, call, name, set, tried }
}

const errors = 'POSIX.1-2024 semop, ERRORS'
const description = 'POSIX.1-2024 semop, DESCRIPTION'

export const isEmpty: Rule<Situation> = {
  ...clause(
    'semop.nsops-zero',
    'unspecified',
    'An array of no operations is an error.',
    'semop(2), ERRORS, EINVAL',
  ),
  errno: 'EINVAL',
  when: ({ call }) => call.operations.length === 0,
  outcome: fail('EINVAL'),
}

export const isTooLong: Rule<Situation> = {
  ...clause(
    'semop.e2big',
    'shall',
    'An array of more than SEMOPM operations is an error.',
    `${errors}, [E2BIG]`,
  ),
  errno: 'E2BIG',
  when: ({ moment, call }) => call.operations.length > moment.world.limits.semopm,
  outcome: (situation) => {
    note(situation.moment, also.limitSemopm)
    fail('E2BIG')(situation)
  },
}

const isBadTimeout: Rule<Situation> = {
  ...clause(
    'semtimedop.einval',
    'linux',
    'A timeout with negative seconds or with nanoseconds outside 0…999,999,999 is an error, also where the array could run.',
    'semop(2), ERRORS, EINVAL',
  ),
  errno: 'EINVAL',
  when: ({ call }) => call.name === 'semtimedop' && isInvalid(call.timeout),
  outcome: fail('EINVAL'),
}

export const isBadId: Rule<Situation> = {
  ...clause(
    'semop.einval.id',
    'shall',
    'The identifier of no living set is an error.',
    `${errors}, [EINVAL]`,
  ),
  errno: 'EINVAL',
  when: ({ set }) => set === undefined,
  outcome: (situation) => {
    const { moment, call } = situation
    const isNegative = isNegativeId(moment.world, call.set)
    note(moment, isNegative ? negativeId : staleId)
    const wasRemoved = typeof call.set === 'string' && !isNegative
    if (wasRemoved) note(moment, laterInvalid)
    fail(wasRemoved && choose(moment, laterInvalid, 2) === 1 ? 'EIDRM' : 'EINVAL')(situation)
  },
}

export const isOutside: Rule<Situation> = {
  ...clause(
    'semop.efbig',
    'shall',
    'A semaphore number outside the set is an error, and no operation of the array takes effect.',
    `${errors}, [EFBIG]`,
  ),
  errno: 'EFBIG',
  when: ({ set, call }) =>
    set !== undefined && call.operations.some(({ sem }) => sem < 0 || sem >= set.semaphores.length),
  outcome: (situation) => {
    useUndo(situation)
    fail('EFBIG')(situation)
  },
}

export const mayNotAlter: Rule<Situation> = {
  ...clause(
    'semop.eacces.alter',
    'shall',
    'An array that alters needs alter permission, also where it would sleep.',
    `${errors}, [EACCES]`,
  ),
  errno: 'EACCES',
  when: (situation) => requestOf(situation.call) === ALTER && isRefused(situation, ALTER),
  outcome: refuse,
}

export const mayNotRead: Rule<Situation> = {
  ...clause(
    'semop.eacces.read',
    'shall',
    'An array that only waits for zeros needs read permission.',
    `${errors}, [EACCES]`,
  ),
  errno: 'EACCES',
  when: (situation) =>
    situation.call.operations.length > 0 && requestOf(situation.call) === READ && isRefused(situation, READ),
  outcome: refuse,
}

const isPerformed: Rule<Situation> = {
  ...clause(
    'semop.return',
    'shall',
    'semop returns 0 when all operations of the array were performed.',
    'POSIX.1-2024 semop, RETURN VALUE',
  ),
  errno: 'none',
  when: ({ tried }) => tried?.is === 'succeeds',
  outcome: (situation) => {
    const { tried } = situation
    if (tried?.is === 'succeeds' && !isRefusedAsMixed(situation)) succeed(situation, tried)
  },
}

const isStopped: Rule<Situation> = {
  ...clause(
    'semop.atomic-all-or-nothing',
    'shall',
    'The operations of an array are performed together or not at all.',
    description,
  ),
  errno: 'none',
  when: ({ tried }) => tried !== undefined && tried.is !== 'succeeds',
  outcome: (situation) => {
    const { tried } = situation
    if (tried === undefined || tried.is === 'succeeds' || isRefusedAsMixed(situation)) return
    useUndo(situation)
    stop(situation, tried)
  },
}

export const rules = [
  isTooLong,
  isEmpty,
  isBadTimeout,
  isBadId,
  isOutside,
  mayNotAlter,
  mayNotRead,
  isPerformed,
  isStopped,
]

function fail(errno: 'EINVAL' | 'EIDRM' | 'E2BIG' | 'EFBIG' | 'EACCES') {
  return ({ moment, actor, call }: Situation) => fails(moment, actor, errno, elapsed(call, 0))
}

const isRefused = ({ moment, actor, set }: Situation, request: number) =>
  set !== undefined && !grants(identityOf(moment.world, actor), set.permission, request)

function refuse(situation: Situation): void {
  const { moment, actor, call, set } = situation
  if (set !== undefined) noteAccess(moment, actor, set, requestOf(call))
  useUndo(situation)
  fail('EACCES')(situation)
}

/** POSIX asks for read permission where an operation waits for zero; Linux does so only where none alters. */
function isRefusedAsMixed(situation: Situation): boolean {
  const { moment, call } = situation
  // Where none alters, read permission was asked for before.
  if (call.operations.every(alters) || !isRefused(situation, READ)) return false
  note(moment, also.mixedAltersOnly)
  if (choose(moment, also.mixedAltersOnly, 2) === 0) return false
  refuse(situation)
  return true
}

/** With SEM_UNDO the caller has an undo entry from here on, even if the call fails. */
function useUndo({ moment, actor, call, name, set }: Situation): void {
  if (set === undefined || !call.operations.some(undoes)) return
  const known = undoOf(moment.world, actor)?.[name]
  if (known === undefined) setAdjustments(moment, actor, name, new Array(set.semaphores.length).fill(0))
}

function succeed(situation: Situation, tried: Extract<Attempt, { is: 'succeeds' }>): void {
  const { moment, actor, call, name, set } = situation
  if (set === undefined) return
  noteSuccess(situation, set)
  moment.world = withSet(moment.world, name, tried.set)
  if (tried.adjustments !== undefined && call.operations.some(undoes)) {
    note(moment, clauses.undoAccumulates)
    setAdjustments(moment, actor, name, tried.adjustments)
  }
  returns(moment, actor, 0, elapsed(call, 0))
  if (set.sleepers.length === 0 || !call.operations.some(alters)) return
  grant(moment, name, semaphoresOf(call), 'semop')
  noteNotInsideArray(moment, name, set, call.operations)
}

/** The array was not performed: the call fails or sleeps. */
function stop(situation: Situation, tried: Exclude<Attempt, { is: 'succeeds' }>): void {
  const { moment, actor, call, set } = situation
  if (set === undefined) return
  noteAccess(moment, actor, set, requestOf(call))
  noteFirstDecides(situation, set, tried)
  if (call.operations.slice(0, tried.at).some(undoes)) note(moment, rollback)
  if (call.operations[tried.at]?.change === -32768) note(moment, also.decreaseHuge)
  if (tried.is === 'fails') {
    noteFailure(situation, tried)
    fails(moment, actor, tried.errno, elapsed(call, 0))
  } else if (call.name === 'semtimedop' && isZero(call.timeout)) {
    note(moment, also.zeroTimeout)
    fails(moment, actor, 'EAGAIN', elapsed(call, 0))
  } else fallAsleep(situation, set, tried.at)
}

function fallAsleep({ moment, actor, call, name }: Situation, set: SemaphoreSet, at: number): void {
  note(moment, call.operations[at]?.change === 0 ? also.blockZero : also.blockDecrease)
  note(moment, clauses.transactional)
  if (semaphoresOf(call).length > 1) note(moment, clauses.countFirstBlocking)
  const expires = call.name === 'semtimedop' ? expiry(call.timeout) : 'never'
  if (call.name === 'semtimedop')
    if (call.timeout === 'none') note(moment, also.timeoutNull)
    else if (expires === 'never') note(moment, also.timeoutHuge)
  const { operations } = call
  moment.world = withProcess(moment.world, actor, {
    activity: {
      is: 'asleep',
      on: { in: 'semaphores', call, set: name, operations, blocking: at, expires },
    },
  })
  const sleepers = [...set.sleepers, actor]
  moment.world = withSet(moment.world, name, changedSet(set, { sleepers }))
}
