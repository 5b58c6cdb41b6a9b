import { type Clause, clause } from '../rule.ts'

const errors = 'POSIX.1-2024 semop, ERRORS'
const description = 'POSIX.1-2024 semop, DESCRIPTION'

export const arrayKept = clause(
  'semop.array-not-modified',
  'shall',
  'The array of the caller stays as it is, whatever happens.',
  description,
)
export const increase = clause('semop.inc', 'shall', 'A positive change is added to the value.', description)
export const decrease = clause(
  'semop.dec',
  'shall',
  'A negative change is subtracted where the value is large enough.',
  description,
)
export const waitForZero = clause(
  'semop.zero',
  'shall',
  'A change of 0 succeeds where the value is 0, and leaves it.',
  description,
)
export const blockDecrease = clause(
  'semop.block.decrease',
  'shall',
  'A decrease that is larger than the value sleeps and counts in semncnt.',
  description,
)
export const blockZero = clause(
  'semop.block.zero',
  'shall',
  'Waiting for zero while the value is not 0 sleeps and counts in semzcnt.',
  description,
)
export const wouldBlock = clause(
  'semop.eagain',
  'shall',
  'An operation with IPC_NOWAIT that would sleep fails instead, and nothing is applied.',
  `${errors}, [EAGAIN]`,
)
export const overflow = clause(
  'semop.erange.value',
  'shall',
  'A value above SEMVMX, also between two operations of the array, is an error and nothing is applied.',
  `${errors}, [ERANGE]`,
)
export const immediateError = clause(
  'semop.erange.not-block',
  'shall',
  'Overflow is an error at once, with IPC_NOWAIT or without.',
  `${errors}, [ERANGE]`,
)
export const adjustmentRange = clause(
  'undo.erange.range',
  'shall',
  'An adjustment outside its range is an error and nothing is applied.',
  `${errors}, [ERANGE]`,
  'Linux: -32768…32767',
)
export const firstFailingDecides = clause(
  'semop.order.first-failing-op-decides',
  'shall',
  'The first operation in the order of the array that cannot run decides between sleeping, EAGAIN and ERANGE.',
  description,
  'semop(2)',
)
export const sequential = clause(
  'semop.sequential-in-array',
  'shall',
  'Operations on the same semaphore see the effects of earlier ones of the same array.',
  'POSIX.1-2024 semop: the operations are performed in array order',
)
export const manyOperations = clause(
  'semop.many-ops',
  'shall',
  'An array may have up to SEMOPM operations.',
  `${errors}, [E2BIG]`,
)
export const otimeSet = clause('semop.otime', 'shall', 'A completed array sets sem_otime.', description)
export const timeoutNull = clause(
  'semtimedop.null',
  'linux',
  'A null timeout makes semtimedop the same as semop.',
  'semop(2)',
)
export const zeroTimeout = clause(
  'semtimedop.zero',
  'linux',
  'A timeout of zero fails at once where the array would sleep.',
  'semop(2)',
)
export const timeoutHuge = clause(
  'semtimedop.huge',
  'linux',
  'The largest timeout sleeps without end.',
  'semop(2)',
)
export const timeoutExpires = clause(
  'semtimedop.expire',
  'linux',
  'When the deadline passes the call fails with EAGAIN, not before, and nothing is applied.',
  'semop(2)',
)

export const decreaseHuge = clause(
  'semop.dec-huge',
  'may',
  'A decrease by 32768 can never run: it sleeps or is EAGAIN, and is no overflow.',
  description,
)
export const noWaitWins = clause(
  'semtimedop.nowait-wins',
  'linux',
  'IPC_NOWAIT on the obstacle fails at once, whatever the timeout.',
  'semop(2)',
)
export const flagsUnknown = clause(
  'semop.flags-unknown',
  'unspecified',
  'Other bits in sem_flg have no effect.',
  'Linux ipc/sem.c: only IPC_NOWAIT and SEM_UNDO are looked at',
)
export const mixedAltersOnly = clause(
  'semop.mixed-needs-alter-only',
  'unspecified',
  'An array that waits for zero and alters needs alter permission only.',
  'Linux ipc/sem.c, __do_semtimedop',
)
export const limitSemopm = clause(
  'limit.semopm',
  'shall',
  'An array has at most SEMOPM operations.',
  `${errors}, [E2BIG]`,
  'semop(2): SEMOPM',
)
export const limitSemvmx = clause(
  'limit.semvmx',
  'shall',
  'No value exceeds SEMVMX.',
  `${errors}, [ERANGE]`,
  'semop(2): SEMVMX',
)
export const limitSemaem = clause(
  'limit.semaem',
  'shall',
  'No adjustment leaves its range.',
  `${errors}, [ERANGE]`,
  'semop(2): SEMAEM',
)

/** What semop and semtimedop show besides the rules that decide. */
export const semopClauses: readonly Clause[] = [
  arrayKept,
  increase,
  decrease,
  waitForZero,
  blockDecrease,
  blockZero,
  wouldBlock,
  overflow,
  immediateError,
  adjustmentRange,
  firstFailingDecides,
  sequential,
  manyOperations,
  otimeSet,
  timeoutNull,
  zeroTimeout,
  timeoutHuge,
  timeoutExpires,
  decreaseHuge,
  noWaitWins,
  flagsUnknown,
  mixedAltersOnly,
  limitSemopm,
  limitSemvmx,
  limitSemaem,
]
