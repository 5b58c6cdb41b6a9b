import { clause } from '../../rule.ts'

const actions = 'POSIX.1-2024 2.4.3 Signal Actions'
const status = 'POSIX.1-2024 wait, DESCRIPTION: status information'

export const stops = clause(
  'stop.signal.stops',
  'shall',
  'A stop signal that takes effect stops the process; its parent can wait for the report.',
  actions,
  status,
)
export const blockedNoStop = clause(
  'stop.blocked.no-stop',
  'shall',
  'A blocked stop signal is pending, and the process runs on.',
  'POSIX.1-2024 2.4.1 Signal Generation and Delivery',
)
export const againNothing = clause(
  'stop.again.no-new-report',
  'shall',
  'A stop signal to a stopped process has no effect and makes no report.',
  actions,
  status,
)
export const continues = clause(
  'continue.stopped.continues',
  'shall',
  'SIGCONT continues a stopped process; the report of the continue replaces that of the stop.',
  actions,
  status,
)
export const runningNoReport = clause(
  'continue.running.no-report',
  'shall',
  'SIGCONT to a process that is not stopped makes no report and no SIGCHLD.',
  actions,
  status,
)
export const stillContinues = clause(
  'continue.blocked-or-ignored.still-continues',
  'shall',
  'SIGCONT continues a stopped process also where it is blocked, ignored or caught.',
  actions,
)
export const stopOverwrites = clause(
  'stop.after-continue.overwrites',
  'shall',
  'A stop replaces the report of a continue that was not collected.',
  status,
)
export const endOverwrites = clause(
  'end.overwrites-stop-and-continue',
  'shall',
  'The end replaces a report of a stop or continue that was not collected.',
  status,
)
export const stopAtOnce = clause(
  'continue.then-stop-at-once',
  'may',
  'A continue directly followed by a stop leaves one report, of the stop.',
  status,
)
