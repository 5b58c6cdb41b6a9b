import { clause } from '../../rule.ts'

const ends = 'POSIX.1-2024 _exit, CONSEQUENCES OF PROCESS TERMINATION; <signal.h>, SIGCHLD'
const stops = 'POSIX.1-2024 sigaction, SA_NOCLDSTOP'
const generation = 'POSIX.1-2024 2.4.1 Signal Generation and Delivery'

export const endSent = clause(
  'sigchld.end.sent',
  'shall',
  'The end of a child sends SIGCHLD to the parent: how it ended, the status, its pid and its real user id.',
  ends,
)
export const firstThreadTold = clause(
  'sigchld.end.first-thread-code',
  'linux',
  'Before Linux 6.15, the SIGCHLD of a process whose first thread had ended tells the exit code of that thread.',
  'Linux commit 9133607de37a, kernel/exit.c, release_task',
)
export const stopSent = clause(
  'sigchld.stop.sent',
  'shall',
  'The stop of a child sends SIGCHLD with CLD_STOPPED and the stop signal.',
  stops,
)
export const continueSent = clause(
  'sigchld.continue.sent',
  'may',
  'The continue of a child sends SIGCHLD with CLD_CONTINUED and SIGCONT.',
  stops,
)
export const quietStops = clause(
  'sigchld.quiet-stops.not-sent',
  'shall',
  'With SA_NOCLDSTOP no SIGCHLD is sent for stops and continues; the reports are there all the same.',
  stops,
)
export const coalesces = clause(
  'sigchld.pending.coalesces',
  'shall',
  'A SIGCHLD that is pending is one, about the first change, unless signals queue; every child stays waitable.',
  generation,
  'POSIX.1-2024 sigaction, SA_SIGINFO',
)
export const survivesReaping = clause(
  'sigchld.pending.survives-reaping',
  'shall',
  'A blocked SIGCHLD is discarded when a wait took the last status that was available; on Linux it stays pending.',
  'POSIX.1-2024 wait, DESCRIPTION',
  'Linux kernel/exit.c, wait_task_zombie: pending signals are left alone',
)
export const defaultPends = clause(
  'sigchld.default-blocked.pends',
  'shall',
  'A blocked SIGCHLD with the default action is pending.',
  generation,
)
export const ignoredNever = clause(
  'sigchld.ignored-blocked.never',
  'may',
  'A blocked and ignored SIGCHLD does not become pending.',
  generation,
)
export const childWaitable = clause(
  'sigchld.delivery.child-waitable',
  'shall',
  'When the handler runs for an end, the status of that child is available.',
  ends,
)
export const noWaitEffect = clause(
  'sigchld.no-wait-effect',
  'shall',
  'The wait functions work the same when SIGCHLD is blocked or handled.',
  'POSIX.1-2024 wait, DESCRIPTION',
)
