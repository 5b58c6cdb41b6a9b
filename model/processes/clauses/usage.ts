import { clause } from '../../rule.ts'

const getrusage = 'POSIX.1-2024 getrusage, DESCRIPTION'
const children = 'POSIX.1-2024 getrusage, RUSAGE_CHILDREN'

export const whoUnknown = clause(
  'getrusage.who.einval',
  'shall',
  'The usage of somebody else than the caller or its children cannot be asked for.',
  'POSIX.1-2024 getrusage, ERRORS, [EINVAL]',
)
export const self = clause(
  'getrusage.self',
  'shall',
  'RUSAGE_SELF tells the usage of the caller, without that of its children.',
  getrusage,
)
export const childStartsAtZero = clause(
  'fork.child.usage-zero',
  'shall',
  'The usage of a child, and of its children, starts at 0.',
  'POSIX.1-2024 fork, DESCRIPTION',
)
export const addedAtReaping = clause(
  'usage.children.added-at-reaping',
  'shall',
  'The usage of a child counts as soon as it was waited for, not before.',
  children,
)
export const autoreapedNotCounted = clause(
  'usage.autoreaped.not-counted',
  'shall',
  'The usage of a child that left no zombie does not count.',
  children,
)
export const unwaitedNotCounted = clause(
  'usage.unwaited-grandchild.not-counted',
  'shall',
  'The usage of a grandchild that nobody waited for is lost.',
  'POSIX.1-2024 times, DESCRIPTION',
)
export const largest = clause(
  'usage.maxrss.maximum',
  'linux',
  'The largest memory of the children is a maximum, not a sum.',
  'getrusage(2), RUSAGE_CHILDREN',
)
export const childAndItsReaped = clause(
  'wait4.usage.child-and-its-reaped',
  'linux',
  'The usage is that of the child and of all that it waited for.',
  'wait4(2)',
)
export const rawWaitid = clause(
  'waitid.raw.usage',
  'linux',
  'The system call waitid stores the usage in a fifth argument, with WNOWAIT too.',
  'Linux kernel/exit.c, waitid',
)
