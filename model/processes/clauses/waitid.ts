import { clause } from '../../rule.ts'

const description = 'POSIX.1-2024 waitid, DESCRIPTION'
const errors = 'POSIX.1-2024 waitid, ERRORS'
const manual = 'waitid(2)'

export const endFields = clause(
  'waitid.end.fields',
  'shall',
  'waitid describes an end: SIGCHLD, how the child ended, its status, its pid and its real user id.',
  `${description}; <signal.h>, siginfo_t`,
)
export const stopFields = clause(
  'waitid.stop.fields',
  'shall',
  'waitid describes a stop: CLD_STOPPED and the stop signal.',
  `${description}; <signal.h>, siginfo_t`,
)
export const continueFields = clause(
  'waitid.continue.fields',
  'shall',
  'waitid describes a continue: CLD_CONTINUED and SIGCONT.',
  `${description}; <signal.h>, siginfo_t`,
)
export const reaps = clause(
  'waitid.end.reaps-unless-wnowait',
  'shall',
  'A child whose end was reported is gone, unless WNOWAIT was given.',
  description,
)
export const leavesWaitable = clause(
  'waitid.wnowait.leaves-waitable',
  'shall',
  'With WNOWAIT the report stays, whatever its kind, and can be had again.',
  description,
)
export const noEvent = clause(
  'waitid.options.no-event-einval',
  'shall',
  'One of WEXITED, WSTOPPED and WCONTINUED at least must be given.',
  `${description}; ${errors}, [EINVAL]`,
)
export const unknownOption = clause(
  'waitid.options.unknown-einval',
  'shall',
  'An unknown option bit is an error.',
  `${errors}, [EINVAL]`,
)
export const unknownType = clause(
  'waitid.idtype.unknown-einval',
  'shall',
  'An unknown id type is an error.',
  `${errors}, [EINVAL]`,
)
export const pidNotPositive = clause(
  'waitid.pid.nonpositive-einval',
  'may',
  'P_PID with an id that is not positive is an error.',
  `${errors}, [EINVAL]`,
)
export const groupZero = clause(
  'waitid.pgid.zero-own-group',
  'unspecified',
  'P_PGID with id 0 stands for the process group of the caller.',
  manual,
)
export const groupNegative = clause(
  'waitid.pgid.negative-einval',
  'may',
  'P_PGID with a negative id is an error.',
  `${errors}, [EINVAL]`,
)
export const allIgnoresId = clause(
  'waitid.all.id-ignored',
  'shall',
  'With P_ALL the id has no meaning.',
  description,
)
export const noChild = clause(
  'waitid.echild',
  'shall',
  'Without a matching child waitid fails.',
  `${errors}, [ECHILD]`,
)
export const onlyOtherEvents = clause(
  'waitid.echild.only-other-events-possible',
  'may',
  'Where only zombies match and ends are not asked for, waitid fails at once; the zombies stay.',
  'Linux kernel/exit.c, wait_consider_task',
)
export const endsUnasked = clause(
  'waitid.sleeping.child-ends-without-wexited',
  'may',
  'A waitid that sleeps without WEXITED fails when the last matching child ends; the end stays to be waited for.',
  'Linux kernel/exit.c, wait_consider_task',
)
export const wnohangCleared = clause(
  'waitid.wnohang.zero-and-cleared',
  'shall',
  'With WNOHANG and nothing to report waitid returns 0 with si_pid and si_signo 0; Linux clears the other fields too.',
  'POSIX.1-2024 waitid, RETURN VALUE',
  manual,
)
export const errorCleared = clause(
  'waitid.error.info-cleared',
  'unspecified',
  'A waitid that fails clears the fields all the same.',
  'Linux kernel/exit.c, waitid',
)
export const infoNull = clause(
  'waitid.info-null.ok',
  'unspecified',
  'Without a place for the information waitid works and stores nothing.',
  manual,
)
export const order = clause(
  'waitid.order',
  'unspecified',
  'Which of several reports comes first is open; Linux goes by the order of the children.',
  'Linux kernel/exit.c, do_wait',
)
export const pidfdChild = clause(
  'waitid.pidfd.child',
  'linux',
  'P_PIDFD selects the child that the descriptor stands for, and never another one.',
  manual,
)
export const pidfdBad = clause(
  'waitid.pidfd.bad',
  'linux',
  'P_PIDFD with a negative id is invalid, with what is no pidfd a bad descriptor, and with one of no child an error.',
  manual,
)
export const pidfdNonBlocking = clause(
  'waitid.pidfd.nonblocking-eagain',
  'linux',
  'With a non-blocking pidfd waitid fails with EAGAIN where it would sleep.',
  'pidfd_open(2), PIDFD_NONBLOCK',
)
export const selects = clause(
  'waitid.selects',
  'shall',
  'waitid looks at the children that the id type and the id name.',
  description,
)
export const badInfo = clause(
  'waitid.info-bad.efault-and-reaped',
  'unspecified',
  'An information that cannot be stored is an error, and the child is gone.',
  'Linux kernel/exit.c, waitid',
)
