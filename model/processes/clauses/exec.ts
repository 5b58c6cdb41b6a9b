import { clause } from '../../rule.ts'

const exec = 'POSIX.1-2024 exec, DESCRIPTION'
const errors = 'POSIX.1-2024 exec, ERRORS'
const flushes = 'Linux kernel/signal.c, flush_signal_handlers'

export const noReturn = clause(
  'exec.no-return',
  'shall',
  'A successful exec does not return: the process goes on in the new image.',
  'POSIX.1-2024 exec, RETURN VALUE',
)
export const identityKept = clause(
  'exec.identity.kept',
  'shall',
  'Pid, parent, process group and session are kept, and the parent waits as before.',
  exec,
)
export const stopReportKept = clause(
  'exec.stop-then-exec.reports',
  'shall',
  'A report that is still to be collected survives the exec, and later ones arrive as for any child.',
  exec,
  'POSIX.1-2024 wait, DESCRIPTION',
)
export const ignoreKept = clause(
  'exec.sigchld-ignore.kept',
  'may',
  'An ignored SIGCHLD stays ignored: the children of the new image leave no zombies. It could be reset to the default instead.',
  `${exec}, SIGCHLD`,
  flushes,
)
export const flagsCleared = clause(
  'exec.sigchld-flags.cleared',
  'unspecified',
  'SA_NOCLDWAIT and SA_NOCLDSTOP are gone after an exec.',
  flushes,
)
export const subreaperKept = clause(
  'exec.subreaper.kept',
  'linux',
  'A subreaper stays one.',
  'prctl(2), PR_SET_CHILD_SUBREAPER',
)
export const setpgidAfter = clause(
  'exec.setpgid-by-parent.eacces',
  'shall',
  'A parent cannot move a child to another process group once the child has run exec.',
  'POSIX.1-2024 setpgid, ERRORS, [EACCES]',
)
export const caughtReset = clause(
  'exec.signals.caught-reset',
  'shall',
  'Signals that were caught have their default action in the new image.',
  exec,
)
export const ignoredKept = clause(
  'exec.signals.ignored-kept',
  'shall',
  'Ignored signals stay ignored in the new image.',
  exec,
)
export const maskAndPendingKept = clause(
  'exec.signals.mask-pending-kept',
  'shall',
  'The signal mask and the pending signals are kept.',
  exec,
)
export const descriptorsClosed = clause(
  'exec.fds.cloexec',
  'shall',
  'Descriptors with FD_CLOEXEC, as all pidfds are, are closed.',
  exec,
  'pidfd_open(2)',
)
export const missing = clause('exec.enoent', 'shall', 'A file that does not exist cannot be run.', errors)
export const directory = clause(
  'exec.eacces',
  'shall',
  'A directory cannot be run: what is not a regular file is refused.',
  errors,
)
export const failureChangesNothing = clause(
  'exec.failure-changes-nothing',
  'shall',
  'After a failed exec the process goes on as it was.',
  'POSIX.1-2024 exec, RETURN VALUE',
)
