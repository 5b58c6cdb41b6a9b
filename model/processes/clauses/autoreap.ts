import { clause } from '../../rule.ts'

const ignoring = 'POSIX.1-2024 2.4.3 Signal Actions, SIG_IGN; _exit, CONSEQUENCES'
const noZombies = 'POSIX.1-2024 sigaction, SA_NOCLDWAIT'
const waiting = 'POSIX.1-2024 wait, DESCRIPTION; _exit, CONSEQUENCES'
const linux = 'Linux kernel/signal.c, do_notify_parent'

export const setWhileBlocked = clause(
  'autoreap.set-while-blocked',
  'shall',
  'A wait asleep while another thread makes SIGCHLD ignored fails when the last child is gone.',
  'POSIX.1-2024 wait, DESCRIPTION',
)
export const ignored = clause(
  'autoreap.ignore.no-zombie',
  'shall',
  'A child that ends while its parent ignores SIGCHLD is gone at once: no zombie, no status, no signal.',
  ignoring,
)
export const noChildWait = clause(
  'autoreap.nochildwait.no-zombie',
  'shall',
  'A child that ends while its parent has SA_NOCLDWAIT is gone at once; whether a handler is called is open, on Linux it is.',
  noZombies,
  linux,
)
export const blocksThenEchild = clause(
  'waitpid.sigchld-ignored.blocks-then-echild',
  'shall',
  'A wait of a process whose children leave no zombies sleeps until the last of them is gone, and fails then.',
  waiting,
)
export const specificEarly = clause(
  'waitpid.sigchld-ignored.specific-echild-early',
  'may',
  'A wait for one such child fails as soon as that one is gone, though others are left.',
  waiting,
  'Linux kernel/exit.c, do_wait',
)
export const wnohangZero = clause(
  'waitpid.sigchld-ignored.wnohang-zero',
  'shall',
  'With WNOHANG such a wait returns 0 while a child runs.',
  waiting,
)
export const defaultDiffers = clause(
  'autoreap.default.not-the-same',
  'shall',
  'The default action of SIGCHLD, though it ignores the signal, leaves zombies.',
  ignoring,
)
export const oldZombieKept = clause(
  'autoreap.old-zombie.kept',
  'shall',
  'A child that became a zombie before SIGCHLD was ignored is still waited for.',
  waiting,
)
export const restored = clause(
  'autoreap.restored.normal',
  'shall',
  'When SIGCHLD has its default action again before a child ends, the child becomes a zombie.',
  ignoring,
)
export const stopsReported = clause(
  'autoreap.stops.still-reported',
  'shall',
  'Stops and continues of children are reported to a wait also where SIGCHLD is ignored; no signal is sent.',
  waiting,
)
export const handlerLastChild = clause(
  'autoreap.nochildwait.handler-last-child',
  'may',
  'A wait that the end of the last child finds with SA_NOCLDWAIT and a handler fails with ECHILD; the handler runs.',
  noZombies,
  'Linux kernel/exit.c, do_wait: the children are looked at before signals',
)
export const handlerOthersLeft = clause(
  'autoreap.nochildwait.handler-others-left',
  'may',
  'The same where other children are left: the wait is interrupted.',
  noZombies,
  'POSIX.1-2024 wait, ERRORS, [EINTR]',
)
