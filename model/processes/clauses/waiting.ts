import { clause } from '../../rule.ts'

const description = 'POSIX.1-2024 wait, waitpid, DESCRIPTION'
const value = 'POSIX.1-2024 wait, waitpid, RETURN VALUE'
const errors = 'POSIX.1-2024 wait, waitpid, ERRORS'
const linux = 'Linux kernel/exit.c, do_wait'

export const isWaitpidAny = clause(
  'wait.is-waitpid-any',
  'shall',
  'wait(s) is waitpid(-1, s, 0).',
  description,
)
export const reaps = clause(
  'waitpid.end.reaps',
  'shall',
  'A wait that reports the end of a child returns its pid and status; the child is gone then.',
  description,
)
export const blocks = clause(
  'waitpid.none.blocks',
  'shall',
  'While a matching child exists and none has anything to report, a wait sleeps.',
  description,
)
export const wnohangZero = clause(
  'waitpid.wnohang.zero-when-none-ready',
  'shall',
  'With WNOHANG the call returns 0 instead of sleeping; the status location is left alone.',
  value,
)
export const noChildren = clause(
  'waitpid.echild.no-children',
  'shall',
  'Without children a wait fails at once, with WNOHANG too, and the status location is left alone.',
  `${errors}, [ECHILD]`,
)
export const notAChild = clause(
  'waitpid.echild.not-a-child',
  'shall',
  'Waiting for a process that is not a child fails.',
  `${errors}, [ECHILD]`,
)
export const statusNull = clause(
  'waitpid.status-null.ok',
  'shall',
  'Without a status location the status is dropped, and the child is waited for all the same.',
  description,
)
export const badStatus = clause(
  'waitpid.status-bad.efault-and-reaped',
  'unspecified',
  'A status that cannot be stored is an error, and the child is gone.',
  'Linux kernel/exit.c, wait4',
)
export const badNothingReady = clause(
  'waitpid.status-bad.nothing-ready',
  'unspecified',
  'A bad status location does no harm where nothing is reported.',
  'Linux kernel/exit.c, wait4',
)
export const pidAny = clause('waitpid.pid-any', 'shall', 'Pid -1 stands for any child.', description)
export const pidOne = clause(
  'waitpid.pid-one',
  'shall',
  'A positive pid stands for that child only.',
  description,
)
export const pidZero = clause(
  'waitpid.pid-zero.callers-group',
  'shall',
  'Pid 0 stands for the children in the process group that the caller is in when it calls.',
  description,
)
export const pidGroup = clause(
  'waitpid.pid-group',
  'shall',
  'A pid below -1 stands for the children in the group of that number.',
  description,
)
export const intMin = clause(
  'waitpid.pid-int-min.esrch',
  'unspecified',
  'INT_MIN, which has no positive counterpart, is refused.',
  'Linux kernel/exit.c, kernel_wait4',
  'wait(2), ERRORS, ESRCH',
)
export const judgedAtReport = clause(
  'waitpid.group.judged-at-report',
  'unspecified',
  'Which group a child is in counts when it reports, not when the call began.',
  'Linux kernel/exit.c, child_wait_callback',
)
export const allLeft = clause(
  'waitpid.group.all-left-still-sleeps',
  'unspecified',
  'A wait for a group that all children have left is not woken; a signal that is caught later makes it fail with ECHILD.',
  'Linux kernel/exit.c, child_wait_callback',
)
export const stopNeedsOption = clause(
  'waitpid.stop.needs-wuntraced',
  'shall',
  'Without WUNTRACED a stopped child is not reported.',
  description,
)
export const stopOnce = clause(
  'waitpid.stop.reported-once',
  'shall',
  'With WUNTRACED the stop of a child is reported once, with its signal; the child stays a child.',
  description,
)
export const continueOnce = clause(
  'waitpid.continue.reported-once',
  'shall',
  'With WCONTINUED the continue of a child is reported once.',
  description,
)
export const stopWakes = clause(
  'waitpid.stop.wakes-sleeper',
  'shall',
  'A sleeping wait with WUNTRACED returns when a matching child stops.',
  description,
)
export const continueWakes = clause(
  'waitpid.continue.wakes-sleeper',
  'shall',
  'A sleeping wait with WCONTINUED returns when a matching child is continued.',
  description,
)
export const badOptions = clause(
  'waitpid.options.invalid-einval',
  'shall',
  'Any other option bit is an error, whatever the children do.',
  `${errors}, [EINVAL]`,
)
export const order = clause(
  'waitpid.order.unspecified',
  'unspecified',
  'Which of several reports comes first is open; Linux goes by the order of the children, whatever the kind of report.',
  description,
  linux,
)
export const eachOnce = clause(
  'waitpid.each-once',
  'shall',
  'Of several ended children every one is reported exactly once.',
  description,
)
export const credentialsIrrelevant = clause(
  'waitpid.credentials.irrelevant',
  'shall',
  'A child that became another user is waited for like any other.',
  description,
)
export const blockedIrrelevant = clause(
  'waitpid.blocked-sigchld.irrelevant',
  'shall',
  'Waiting works while SIGCHLD is blocked.',
  description,
)
export const asWaitpid = clause(
  'wait4.as-waitpid',
  'linux',
  'wait4 selects, reports and fails as waitpid does.',
  'wait4(2)',
)
export const usageOnStop = clause(
  'wait4.usage.on-stop',
  'linux',
  'wait4 stores the usage so far when it reports a stop or a continue.',
  'Linux kernel/exit.c, wait_task_stopped',
)
export const usageUntouched = clause(
  'wait4.wnohang.usage-untouched',
  'linux',
  'wait4 leaves the usage alone when it returns 0.',
  'wait4(2)',
  'Linux kernel/exit.c, kernel_wait4',
)
