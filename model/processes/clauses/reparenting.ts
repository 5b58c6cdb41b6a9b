import { clause } from '../../rule.ts'

const consequences = 'POSIX.1-2024 _exit, CONSEQUENCES OF PROCESS TERMINATION'
const subreapers = 'prctl(2), PR_SET_CHILD_SUBREAPER'
const linux = 'Linux kernel/exit.c, forget_original_parent and reparent_leader'

export const toSubreaper = clause(
  'reparent.subreaper.nearest',
  'linux',
  'Orphans are adopted by the nearest ancestor that is a subreaper, also if it became one after they were forked.',
  subreapers,
)
export const toInit = clause(
  'reparent.init.otherwise',
  'shall',
  'Without a subreaper among their ancestors orphans are adopted by a system process: init of the pid namespace.',
  consequences,
  'pid_namespaces(7)',
)
export const zombieReapedByInit = clause(
  'fork.zombie-after-parent',
  'shall',
  'A zombie whose parent ends is waited for by its new parent.',
  consequences,
)
export const adopterWaits = clause(
  'reparent.adopter.can-wait',
  'shall',
  'The adopter waits for an adopted child as for its own.',
  consequences,
  subreapers,
)
export const zombieWaitable = clause(
  'reparent.zombie.waitable-there',
  'may',
  'An adopted zombie becomes waitable in the adopter, which gets SIGCHLD then.',
  consequences,
  linux,
)
export const zombieIgnored = clause(
  'reparent.zombie.ignored-reaped',
  'may',
  'A zombie adopted by a process that ignores SIGCHLD is gone at once.',
  'POSIX.1-2024 2.4.3 Signal Actions, SIG_IGN; sigaction, SA_NOCLDWAIT',
  linux,
)
export const stopSurvives = clause(
  'reparent.stop-report.survives',
  'unspecified',
  'A report that the former parent did not collect is there for the adopter; an adopter asleep in a wait is not woken for it.',
  linux,
)
export const appended = clause(
  'reparent.order.appended',
  'unspecified',
  'Adopted children come after the children that the adopter had.',
  linux,
)
export const deathSignal = clause(
  'reparent.death-signal',
  'linux',
  'A process that asked for it gets a signal when its parent ends, and when a subreaper ends that adopted it.',
  'PR_SET_PDEATHSIG(2const)',
)
export const deathSignalSet = clause(
  'prctl.pdeathsig.sets',
  'linux',
  'PR_SET_PDEATHSIG asks for a signal at the end of the parent, or with 0 for none.',
  'PR_SET_PDEATHSIG(2const)',
)
export const deathSignalBad = clause(
  'prctl.pdeathsig.einval',
  'linux',
  'What is no signal cannot be asked for.',
  'PR_SET_PDEATHSIG(2const), ERRORS, EINVAL',
)
export const deathSignalUnknown = clause(
  'prctl.pdeathsig.unknown',
  'may',
  'A system need not know the request.',
  'prctl(2), ERRORS, EINVAL',
)
export const deathSignalLost = clause(
  'prctl.pdeathsig.forgotten',
  'linux',
  'A fork, and becoming another user or group, forget the signal asked for; a plain exec keeps it.',
  'PR_SET_PDEATHSIG(2const)',
)
