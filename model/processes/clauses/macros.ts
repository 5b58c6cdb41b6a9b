import { clause } from '../../rule.ts'

const header = 'POSIX.1-2024 <sys/wait.h>'

export const exclusive = clause(
  'macro.exclusive',
  'shall',
  'Of every status exactly one of WIFEXITED, WIFSIGNALED, WIFSTOPPED and WIFCONTINUED is true.',
  header,
)
export const exited = clause(
  'macro.exited',
  'shall',
  'WEXITSTATUS is the low eight bits of the argument of _exit.',
  `${header}, WEXITSTATUS`,
)
export const zero = clause(
  'macro.zero-only-exit-zero',
  'shall',
  'A status of 0 means that the child exited with 0.',
  'POSIX.1-2024 wait, DESCRIPTION',
)
export const signaled = clause(
  'macro.signaled',
  'shall',
  'WTERMSIG is the signal that ended the child.',
  `${header}, WTERMSIG`,
)
export const coreDump = clause(
  'macro.coredump',
  'linux',
  'WCOREDUMP means something only where WIFSIGNALED is true.',
  'wait(2), WCOREDUMP',
)
export const stopped = clause(
  'macro.stopped',
  'shall',
  'WSTOPSIG is the signal that stopped the child.',
  `${header}, WSTOPSIG`,
)
export const continued = clause(
  'macro.continued',
  'shall',
  'WIFCONTINUED is true for a continued child only.',
  `${header}, WIFCONTINUED`,
)
export const foreign = clause(
  'macro.foreign-values',
  'unspecified',
  'What the macros make of numbers that no wait stored is open.',
  header,
)
export const stale = clause(
  'macro.stale-after-zero',
  'unspecified',
  'What the macros make of a status after waitpid returned 0 is open.',
  'POSIX.1-2024 wait, DESCRIPTION',
)
