import { clause } from '../../rule.ts'

const kill = 'POSIX.1-2024 kill, DESCRIPTION'
const killErrors = 'POSIX.1-2024 kill, ERRORS'
const generation = 'POSIX.1-2024 2.4.1 Signal Generation and Delivery'
const actions = 'POSIX.1-2024 2.4.3 Signal Actions'

export const killSends = clause(
  'kill.sends',
  'shall',
  'kill sends the signal to the process, or to every member of the process group.',
  kill,
)
export const killHighest = clause(
  'kill.signal.highest',
  'shall',
  'Every number up to SIGRTMAX, 64 on Linux, is that of a signal.',
  'POSIX.1-2024 <signal.h>, SIGRTMAX; signal(7), Real-time signals',
)
export const killTests = clause(
  'kill.zero.tests',
  'shall',
  'Signal 0 sends nothing, but fails where there is nobody to send to.',
  kill,
)
export const killPermission = clause(
  'kill.permission.eperm',
  'shall',
  'The real or effective user id of the sender must be the real or saved one of the receiver, or it needs privilege.',
  `${killErrors}, [EPERM]`,
)
export const killContinues = clause(
  'kill.permission.sigcont',
  'shall',
  'SIGCONT may be sent to every process of the same session.',
  kill,
)
export const killSome = clause(
  'kill.permission.some',
  'shall',
  'kill succeeds where at least one process may be sent the signal; the others do not get it.',
  kill,
)
export const killNobody = clause(
  'kill.nobody.esrch',
  'shall',
  'kill fails where no process and no process group has the number.',
  `${killErrors}, [ESRCH]`,
)
export const killBadSignal = clause(
  'kill.signal.einval',
  'shall',
  'A number that is no signal is an error.',
  `${killErrors}, [EINVAL]`,
)
export const killSelf = clause(
  'kill.self.before-return',
  'shall',
  'A signal that a process sends itself is delivered before kill returns.',
  kill,
)
export const fatalEnds = clause(
  'signal.default.ends',
  'shall',
  'A signal whose default action is to terminate ends the process.',
  actions,
)
export const handlerRuns = clause(
  'signal.caught.handler-runs',
  'shall',
  'A caught signal runs the handler, with the sender in its siginfo.',
  actions,
  'POSIX.1-2024 <signal.h>, si_pid, si_uid',
)
export const ignoredDropped = clause(
  'signal.ignored.no-effect',
  'shall',
  'An ignored signal has no effect.',
  actions,
)
export const blockedPends = clause(
  'signal.blocked.pends',
  'shall',
  'A blocked signal stays pending until it is unblocked.',
  generation,
)
export const ignoredBlocked = clause(
  'signal.ignored-blocked.open',
  'unspecified',
  'Whether a signal that is both ignored and blocked becomes pending is open; on Linux it does.',
  generation,
  'Linux kernel/signal.c, sig_task_ignored',
)
export const pendsOnce = clause(
  'signal.pending.coalesces',
  'may',
  'A signal that is pending already is not added again, unless signals queue.',
  generation,
  'Linux kernel/signal.c, legacy_queue',
)
export const realtimeQueues = clause(
  'signal.realtime.queues',
  'may',
  'A realtime signal that is pending already is queued, and delivered as often as it was sent.',
  generation,
  'signal(7), Real-time signals',
)
export const deliveryOrder = clause(
  'signal.delivery.order',
  'unspecified',
  'In which order several pending signals are delivered is open; Linux takes the lowest number first, but those of faults before all others.',
  generation,
  'Linux kernel/signal.c, next_signal',
)
export const opposites = clause(
  'signal.stop-and-continue.cancel',
  'shall',
  'A stop signal discards a pending SIGCONT, and SIGCONT discards pending stop signals.',
  generation,
)
export const unblockDelivers = clause(
  'sigprocmask.unblock.delivers',
  'shall',
  'A pending signal that is unblocked is delivered before sigprocmask returns.',
  'POSIX.1-2024 sigprocmask, DESCRIPTION',
)
export const maskChanges = clause(
  'sigprocmask.changes',
  'shall',
  'SIG_BLOCK adds the signal to the mask, SIG_UNBLOCK takes it out.',
  'POSIX.1-2024 sigprocmask, DESCRIPTION',
)
export const neverBlocked = clause(
  'sigprocmask.kill-stop.never-blocked',
  'shall',
  'SIGKILL and SIGSTOP cannot be blocked; asking for it is no error.',
  'POSIX.1-2024 sigprocmask, DESCRIPTION',
)
export const pendingTold = clause(
  'sigpending.tells',
  'shall',
  'sigpending tells the signals that are blocked and pending.',
  'POSIX.1-2024 sigpending, DESCRIPTION',
)
export const actionSet = clause(
  'sigaction.sets',
  'shall',
  'sigaction sets what the process does about the signal.',
  'POSIX.1-2024 sigaction, DESCRIPTION',
)
export const actionRefused = clause(
  'sigaction.einval',
  'shall',
  'SIGKILL and SIGSTOP cannot be caught or ignored, and a number that is no signal has no action.',
  'POSIX.1-2024 sigaction, ERRORS, [EINVAL]',
)
export const defaultRefused = clause(
  'sigaction.default.einval',
  'may',
  'Setting SIGKILL or SIGSTOP to the default may be an error.',
  'POSIX.1-2024 sigaction, ERRORS, [EINVAL]',
)
export const ignoreDiscards = clause(
  'sigaction.ignore.discards-pending',
  'shall',
  'Setting the action to ignore the signal discards it where it is pending, blocked or not.',
  actions,
)
