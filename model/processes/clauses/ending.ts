import { clause } from '../../rule.ts'

const consequences = 'POSIX.1-2024 _exit, CONSEQUENCES OF PROCESS TERMINATION'
const macros = 'POSIX.1-2024 <sys/wait.h>; wait, DESCRIPTION'

export const lowEightBits = clause(
  'exit.code.low-eight-bits',
  'shall',
  'The status of a child that exited holds the low eight bits of the argument of _exit.',
  macros,
)
export const fullInSiginfo = clause(
  'exit.code.full-in-siginfo',
  'shall',
  'si_status is the whole argument of _exit; Linux keeps eight bits of it only.',
  'POSIX.1-2024 <signal.h>, si_status; waitid',
  'Linux kernel/exit.c, do_exit callers: (error_code & 0xff) << 8',
)
export const signalStatus = clause(
  'exit.signal.status',
  'shall',
  'The status of a child that a signal ended holds the number of the signal.',
  macros,
  'wait(2)',
)
export const coreFlag = clause(
  'exit.core.flag',
  'may',
  'The status says that a core was written only if one was; none is where RLIMIT_CORE is 0.',
  `${macros}, WCOREDUMP, CLD_DUMPED`,
  'core(5)',
)
export const zombieUntilWaited = clause(
  'exit.zombie.until-waited',
  'shall',
  'A child that ends stays as a zombie until its parent has waited for it, unless the parent ignores SIGCHLD.',
  consequences,
)
export const resourcesFirst = clause(
  'exit.resources.before-zombie',
  'may',
  'What a process holds is given back before its parent can see that it ended.',
  consequences,
  'Linux kernel/exit.c, do_exit: exit_mm, exit_sem before exit_notify',
)
export const childrenReparented = clause(
  'exit.children.reparented',
  'shall',
  'The children of a process that ends get a new parent, before its own parent is told.',
  consequences,
  'Linux kernel/exit.c, exit_notify',
)
export const killAlways = clause(
  'exit.sigkill.always',
  'shall',
  'SIGKILL ends a process whatever it blocks, and a stopped one too.',
  'POSIX.1-2024 <signal.h>; 2.4.3 Signal Actions',
)
export const otherSignalWaits = clause(
  'exit.stopped.other-signal-waits',
  'shall',
  'Any other signal to a stopped process waits until it is continued.',
  'POSIX.1-2024 2.4.3 Signal Actions, SIG_DFL',
)
export const zombieKill = clause(
  'zombie.kill.succeeds',
  'shall',
  'A signal to a zombie is accepted and has no effect.',
  'POSIX.1-2024 3.177 Live Process, 3.436 Zombie Process; kill, RATIONALE',
)
export const zombieGroupKept = clause(
  'zombie.group.kept',
  'shall',
  'A zombie is still a member of its process group, for getpgid and for kill.',
  'POSIX.1-2024 Process Group Lifetime; getpgid',
)
export const zombieGroupJoinable = clause(
  'zombie.group.joinable',
  'may',
  'A group that has only zombies left can still be joined.',
  'POSIX.1-2024 Process Group Lifetime',
  'Linux kernel/sys.c, setpgid',
)
export const zombieSetpgid = clause(
  'zombie.setpgid.allowed',
  'unspecified',
  'A parent may move its zombie to another group; group selectors follow.',
  'Linux kernel/sys.c, setpgid',
)
export const zombieGroupWaited = clause(
  'zombie.waitpid-group.finds',
  'shall',
  'Waiting for a group finds its zombies.',
  'POSIX.1-2024 waitpid, DESCRIPTION',
)
export const reapedUnknown = clause(
  'reaped.kill.esrch',
  'shall',
  'After it was waited for, the pid names no process any more.',
  'POSIX.1-2024 kill / getpgid, ERRORS, [ESRCH]; waitpid, ERRORS, [ECHILD]',
)
