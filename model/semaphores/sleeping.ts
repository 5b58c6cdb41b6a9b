import { choose, fails, type Moment, note } from '../moment.ts'
import { clause } from '../rule.ts'
import type { Sleeping } from '../sleeper.ts'
import { withProcess } from '../world.ts'
import { undoes } from './attempt.ts'
import * as clauses from './clauses.ts'
import { elapsed } from './elapsed.ts'
import { leave } from './sleepers.ts'
import type { SemaphoreSleep } from './state.ts'

const interrupted = clause(
  'sem.eintr',
  'shall',
  'A handler that runs while a process sleeps makes semop return EINTR with nothing applied; SA_RESTART does not help.',
  'POSIX.1-2024 semop, ERRORS, [EINTR]',
  'signal(7): semop and semtimedop are never restarted',
)
const ignored = clause(
  'sem.signal-ignored',
  'shall',
  'A signal that is ignored or blocked leaves a sleeper asleep.',
  'POSIX.1-2024 semop, ERRORS, [EINTR]: only a signal that is caught interrupts',
  'POSIX.1-2024 2.4.4 Signal Effects on Other Functions',
)
const stopContinue = clause(
  'sem.stop-cont',
  'unspecified',
  'A sleeper that is stopped leaves the set; when it is continued the call returns EINTR.',
  'signal(7): interruption of system calls by stop signals',
)
const killed = clause(
  'sem.waiter-killed',
  'shall',
  'A sleeper that is killed is counted no more and has no effect.',
  'POSIX.1-2024 semop, DESCRIPTION; exit, CONSEQUENCES',
)

/** How sleepers on semaphores meet signals. */
export const semaphoreSleeping: Sleeping<SemaphoreSleep> = {
  interrupted(moment, sleeper, sleep, restart) {
    note(moment, interrupted)
    if (restart && choose(moment, interrupted, 2) === 1) return
    interrupt(moment, sleeper, sleep)
  },

  ignored(moment) {
    note(moment, ignored)
  },

  stopped(moment, sleeper, sleep) {
    note(moment, stopContinue)
    if (choose(moment, stopContinue, 2) === 1) return
    note(moment, clauses.countAfter)
    leave(moment, sleeper, sleep)
    moment.world = withProcess(moment.world, sleeper, {
      activity: { is: 'held', on: sleep, next: 'returns' },
    })
  },

  continued(moment, sleeper, sleep, held) {
    if (held === 'no') return
    note(moment, stopContinue)
    fails(moment, sleeper, 'EINTR', elapsed(sleep.call, 0))
  },

  ended(moment, sleeper, sleep) {
    note(moment, killed)
    note(moment, clauses.countAfter)
    leave(moment, sleeper, sleep)
  },
}

function interrupt(moment: Moment, sleeper: string, sleep: SemaphoreSleep): void {
  note(moment, clauses.countAfter)
  if (sleep.operations.some(undoes)) note(moment, clauses.undoUntouched)
  leave(moment, sleeper, sleep)
  fails(moment, sleeper, 'EINTR', elapsed(sleep.call, 0))
}

export const sleepingClauses = [interrupted, ignored, stopContinue, killed]
