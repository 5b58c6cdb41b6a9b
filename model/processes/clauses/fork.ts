import { clause } from '../../rule.ts'

const fork = 'POSIX.1-2024 fork, DESCRIPTION'

export const returnsTwice = clause(
  'fork.returns-twice',
  'shall',
  'fork returns the pid of the child to the parent; the child is a process that goes on by itself.',
  'POSIX.1-2024 fork, RETURN VALUE',
)
export const pidUnique = clause(
  'fork.pid-unique',
  'shall',
  'The pid of the child is that of no other process, zombies included.',
  fork,
)
export const heldByGroup = clause(
  'zombie.pid.held-by-group',
  'shall',
  'A pid is not given away while it is the number of a process group.',
  fork,
)
export const nextPid = clause(
  'fork.pid.next',
  'linux',
  'The next process gets the pid behind the one written into ns_last_pid, if it is free; writing it takes CAP_SYS_ADMIN.',
  'proc(5), /proc/sys/kernel/ns_last_pid',
)
export const parentAndGroup = clause(
  'fork.child.parent-and-group',
  'shall',
  'The child has the caller as its parent, and is in its process group and session.',
  fork,
)
export const noChildren = clause(
  'fork.child.no-children',
  'shall',
  'The child starts without children: those of its parent are not its own.',
  fork,
  'POSIX.1-2024 wait, ERRORS, [ECHILD]',
)
export const noPendingSignals = clause(
  'fork.child.no-pending-signals',
  'shall',
  'Signals that are pending for the parent are not pending for the child; the parent keeps them.',
  `${fork}: the set of signals pending for the child shall be initialized to the empty set`,
)
export const dispositionInherited = clause(
  'fork.child.disposition-inherited',
  'shall',
  'The child has the SIGCHLD action of its parent, with its flags.',
  'POSIX.1-2024 2.4.3 Signal Actions; fork',
)
export const handlersInherited = clause(
  'fork.signals.handlers-inherited',
  'shall',
  'The handlers of the parent are those of the child, and run there.',
  'POSIX.1-2024 2.4.3 Signal Actions; fork',
)
export const ignoredInherited = clause(
  'fork.signals.ignored-inherited',
  'shall',
  'What the parent ignores the child ignores.',
  'POSIX.1-2024 2.4.3 Signal Actions; fork',
)
export const maskInherited = clause(
  'fork.signals.mask-inherited',
  'shall',
  'The child starts with the signal mask of its parent.',
  'POSIX.1-2024 2.4 Signal Concepts; fork',
)
export const subreaperNotInherited = clause(
  'fork.child.subreaper-not-inherited',
  'linux',
  'The child of a subreaper is none; orphans below it still find the parent.',
  'prctl(2), PR_SET_CHILD_SUBREAPER',
)
export const descriptorsCopied = clause(
  'fork.fds.copied',
  'shall',
  'The child has the open descriptors of its parent, under the same numbers.',
  fork,
)
export const tooMany = clause(
  'fork.limit.eagain',
  'shall',
  'Where the user has as many processes as are allowed, on Linux RLIMIT_NPROC, fork is an error.',
  'POSIX.1-2024 fork, ERRORS, [EAGAIN]',
  'setrlimit(2), RLIMIT_NPROC',
)
