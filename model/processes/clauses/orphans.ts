import { clause } from '../../rule.ts'

const consequences = 'POSIX.1-2024 _exit, CONSEQUENCES OF PROCESS TERMINATION'
const definition = 'POSIX.1-2024 Orphaned Process Group'

export const hangUpAndContinue = clause(
  'orphan.stopped.hup-then-cont',
  'shall',
  'When an end leaves a process group orphaned and a member is stopped, every member gets SIGHUP and then SIGCONT.',
  consequences,
)
export const hangUpCaught = clause(
  'orphan.stopped.hup-caught',
  'shall',
  'A member that catches or ignores that SIGHUP goes on, and is reported as continued.',
  consequences,
)
export const nobodyStopped = clause(
  'orphan.running.nothing',
  'shall',
  'A process group that becomes orphaned without a stopped member gets no signals.',
  consequences,
)
export const adopterInSession = clause(
  'orphan.adopter-in-session.not-orphaned',
  'shall',
  'A group with a member whose new parent is in the same session but another group is not orphaned.',
  definition,
)
export const terminalStopDiscarded = clause(
  'orphan.terminal-stops.discarded',
  'shall',
  'SIGTSTP, SIGTTIN and SIGTTOU with the default action do not stop a member of an orphaned process group.',
  'POSIX.1-2024 2.4.3 Signal Actions, SIG_DFL',
)
export const sigstopStops = clause(
  'orphan.sigstop.still-stops',
  'shall',
  'SIGSTOP stops a member of an orphaned process group.',
  'POSIX.1-2024 2.4.3 Signal Actions, SIG_DFL',
)
