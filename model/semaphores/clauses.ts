import { clause } from '../rule.ts'

const semop = 'POSIX.1-2024 semop, DESCRIPTION'
const rationale = 'POSIX.1-2024 semop: the order among waiting processes is not specified'
const linuxSem = 'Linux ipc/sem.c, do_smart_update'

export const handoff = clause(
  'sem.wake.handoff',
  'may',
  'A step that makes a sleeper runnable completes it: its whole array is applied before anyone else can take the units.',
  semop,
  linuxSem,
)
export const fifoSameOp = clause(
  'sem.fifo.same-op',
  'unspecified',
  'Sleepers with the same array are served in order of arrival.',
  rationale,
  linuxSem,
)
export const noHeadBlocking = clause(
  'sem.fifo.no-head-blocking',
  'unspecified',
  'A younger sleeper that can run completes although an older one still cannot.',
  rationale,
  linuxSem,
)
export const olderFirst = clause(
  'sem.fifo.older-first-when-both-can',
  'unspecified',
  'Of two sleepers that could both run but not together, the older runs.',
  rationale,
  linuxSem,
)
export const multiVersusSingle = clause(
  'sem.fifo.multi-vs-single',
  'unspecified',
  'Sleepers with one operation and with several wait in one order of arrival.',
  rationale,
  linuxSem,
)
export const newcomer = clause(
  'sem.newcomer-not-queued',
  'unspecified',
  'A call that can run does so at once, although others sleep on the set.',
  rationale,
  linuxSem,
)
export const zeroBeforeAlter = clause(
  'sem.zero-before-alter',
  'unspecified',
  'When a value becomes 0, sleepers that only wait for zero complete before those that alter, whatever their age.',
  rationale,
  linuxSem,
)
export const lockPattern = clause(
  'sem.lock-pattern',
  'shall',
  'Of several sleepers that wait for zero and then increase, one completes for each time the value becomes 0.',
  semop,
)
export const chain = clause(
  'sem.chain',
  'shall',
  'A completed array may make further sleepers runnable; they complete in the same step, until none can.',
  semop,
)
export const setWakes = clause(
  'sem.setval-wakes',
  'shall',
  'SETVAL and SETALL complete the sleepers that they make runnable.',
  'POSIX.1-2024 semctl, SETVAL, SETALL; semop, DESCRIPTION',
)
export const notInsideArray = clause(
  'sem.wake.not-inside-array',
  'shall',
  'A value that is reached only inside one array wakes nobody.',
  'POSIX.1-2024 semop: the operations are performed atomically',
)
export const transactional = clause(
  'sem.sleep.transactional',
  'shall',
  'A sleeper has no effect on any value.',
  semop,
)
export const lateEagain = clause(
  'semop.late-eagain',
  'may',
  'A sleeper whose first obstacle is gone but which meets an IPC_NOWAIT operation that cannot run returns EAGAIN.',
  semop,
  linuxSem,
)
export const lateErange = clause(
  'semop.late-erange',
  'may',
  'A sleeper whose first obstacle is gone but whose array now overflows returns ERANGE.',
  semop,
  linuxSem,
)
export const undoLateErange = clause(
  'undo.erange.after-block',
  'unspecified',
  'A sleeper whose adjustment would leave its range returns ERANGE when it could run, and consumes nothing.',
  linuxSem,
)
export const sempidSet = clause(
  'semop.sempid',
  'shall',
  'A completed array records the caller as the last process of every semaphore it names, also where it only waited for zero.',
  semop,
)
export const undoWaiter = clause(
  'undo.waiter',
  'shall',
  'A sleeper with SEM_UNDO gets its adjustment when it completes.',
  semop,
)
export const undoAccumulates = clause(
  'undo.accumulate',
  'shall',
  'A completed operation with SEM_UNDO subtracts its change from the adjustment of the caller for the semaphore.',
  semop,
)
export const countSingle = clause(
  'cnt.single',
  'shall',
  'semncnt counts the sleepers that wait for an increase, semzcnt those that wait for zero, for each semaphore.',
  'POSIX.1-2024 semctl, GETNCNT, GETZCNT',
)
export const countFirstBlocking = clause(
  'cnt.multi.first-blocking',
  'shall',
  'A sleeper with several operations is counted once, on the semaphore of the operation that stopped it.',
  'POSIX.1-2024 semop, DESCRIPTION',
  'semop(2)',
)
export const countMoves = clause(
  'cnt.multi.moves',
  'shall',
  'When an earlier operation of a sleeper becomes possible the count moves to the next obstacle, and back when it is taken away.',
  'POSIX.1-2024 semop, DESCRIPTION',
)
export const countStale = clause(
  'cnt.multi.zero-only-stale',
  'linux',
  'A sleeper that only waits for zeros stays counted where it was stopped until some semaphore reaches 0.',
  linuxSem,
)
export const countMixed = clause(
  'cnt.mixed',
  'shall',
  'A sleeper that waits for zero and then decreases is counted first in semzcnt, then in semncnt.',
  'POSIX.1-2024 semop, DESCRIPTION',
)
export const countAfter = clause(
  'cnt.after',
  'shall',
  'A sleeper that leaves for whatever reason is counted no more.',
  semop,
)
export const permissionNotRechecked = clause(
  'sem.perm-not-rechecked',
  'unspecified',
  'A permission taken away while a process sleeps does not stop it.',
  linuxSem,
)
export const undoUntouched = clause(
  'sem.eintr.undo',
  'shall',
  'A call with SEM_UNDO that is interrupted or times out adjusts nothing.',
  semop,
)
