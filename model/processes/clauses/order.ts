import { clause } from '../../rule.ts'

/** Processes that have something to do at the same time do it in any order. */
export const anyOrder = clause(
  'processes.order-open',
  'unspecified',
  'Which of several processes that can run goes first is open.',
  'POSIX.1-2024 2.8.4 Process Scheduling',
)
