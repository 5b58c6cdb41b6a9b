import { clause } from '../../rule.ts'

const terminationSignal = 'clone(2), The child termination signal'
const notify = 'Linux kernel/signal.c, do_notify_parent'

export const sibling = clause(
  'clone.parent-flag.sibling',
  'linux',
  "With CLONE_PARENT the new process is a child of the caller's parent.",
  'clone(2), CLONE_PARENT',
)
export const siblingSignal = clause(
  'clone.parent-flag.exit-signal',
  'linux',
  'With CLONE_PARENT the end of the new process sends what the end of the caller sends.',
  'clone(2), CLONE_PARENT',
  'Linux kernel/fork.c, copy_process',
)
export const flagsUnknown = clause(
  'clone.unknown',
  'may',
  'A system need not make processes that fork does not make.',
  'clone(2), STANDARDS',
)
export const otherSignal = clause(
  'clone.exit-signal.other',
  'linux',
  'A child whose end sends another signal than SIGCHLD is not found by a plain wait.',
  terminationSignal,
  'wait(2), __WCLONE',
)
export const delivered = clause(
  'clone.exit-signal.delivered',
  'linux',
  'The end of such a child sends its signal instead of SIGCHLD.',
  terminationSignal,
)
export const toNewImage = clause(
  'clone.exit-signal.parent-execed',
  'linux',
  'A parent that has run exec since gets SIGCHLD, whatever the signal of the child.',
  notify,
)
export const exempt = clause(
  'autoreap.clone-child.exempt',
  'linux',
  'An ignored SIGCHLD does not concern children with another signal: they stay to be waited for.',
  notify,
)
export const execResets = clause(
  'exec.exit-signal.reset',
  'linux',
  'A child that runs exec sends SIGCHLD when it ends.',
  'execve(2)',
)
export const normalised = clause(
  'reparent.clone-child.normalised',
  'linux',
  'A child with another signal than SIGCHLD is an ordinary one after it was adopted.',
  'Linux kernel/exit.c, reparent_leader',
)
export const onlyClones = clause(
  'waitpid.wclone.clone-only',
  'linux',
  'With __WCLONE only children with another signal than SIGCHLD are waited for.',
  'wait(2), __WCLONE',
)
export const bothKinds = clause(
  'waitpid.wall.both',
  'linux',
  'With __WALL both kinds of children are waited for.',
  'wait(2), __WALL',
)
export const kindsUnknown = clause(
  'waitpid.kinds.unknown',
  'may',
  'A system need not know kinds of children: the options for them are an error there.',
  'wait(2), Linux notes',
  'POSIX.1-2024 wait, ERRORS, [EINVAL]',
)
export const makes = clause(
  'clone.makes',
  'linux',
  'clone without CLONE_VM makes a process as fork does, and returns its pid to the caller.',
  'clone(2), RETURN VALUE',
)
export const suspended = clause(
  'vfork.parent.suspended',
  'linux',
  'vfork returns to the parent when the child has run exec or ended.',
  'vfork(2)',
)
export const signalsWait = clause(
  'vfork.parent.signals-wait',
  'linux',
  'A signal that ends the parent, and comes first, ends it at once; all others wait until it goes on.',
  'Linux kernel/fork.c, wait_for_vfork_done',
  'Linux kernel/signal.c, complete_signal',
)
