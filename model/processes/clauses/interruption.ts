import { clause } from '../../rule.ts'

const errors = 'POSIX.1-2024 wait, waitpid, waitid, ERRORS, [EINTR]'
const effects = 'POSIX.1-2024 2.4.4 Signal Effects on Other Functions'

export const eintr = clause(
  'wait.signal.eintr',
  'shall',
  'A handler without SA_RESTART that runs while a wait sleeps makes it fail; no report is used up.',
  errors,
)
export const restart = clause(
  'wait.signal.restart',
  'shall',
  'After a handler with SA_RESTART the wait begins again.',
  'POSIX.1-2024 sigaction, SA_RESTART',
  'signal(7)',
)
export const ignoredNoEffect = clause(
  'wait.signal.ignored-no-effect',
  'shall',
  'A signal that is ignored or blocked does not disturb a wait.',
  effects,
)
export const statusWins = clause(
  'wait.signal.status-wins',
  'may',
  'Where a signal is due, and a report is available or no child is left, that is returned; EINTR would do as well.',
  errors,
  'Linux kernel/exit.c, do_wait: the children are looked at before signals',
)
export const otherChild = clause(
  'wait.signal.other-childs-sigchld',
  'shall',
  'The SIGCHLD of a child that is not waited for interrupts the wait like any other signal.',
  errors,
)
export const stopContinue = clause(
  'wait.signal.stop-continue-of-waiter',
  'may',
  'A waiter that is stopped and continued goes on waiting.',
  effects,
  'signal(7)',
)
export const waitidClears = clause(
  'waitid.signal.eintr-clears-info',
  'unspecified',
  'A waitid that is interrupted clears the fields.',
  'Linux kernel/exit.c, waitid',
)
export const fatal = clause(
  'wait.signal.fatal-ends',
  'shall',
  'A fatal signal ends a process that sleeps in a wait.',
  effects,
)
