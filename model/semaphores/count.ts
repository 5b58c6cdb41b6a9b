import { choose, type Moment, note } from '../moment.ts'
import * as clauses from './clauses.ts'
import { onlyWaits, sleepOf, tryIn } from './sleepers.ts'
import type { SemaphoreSet, SemaphoreSleep } from './state.ts'

/**
 * semncnt (`increase`) or semzcnt (`zero`) of a semaphore: each sleeper counts where it was stopped. A sleeper that
 * waits for several zeros may elsewhere count at any of them, see open-questions.md.
 */
export function countSleepers(
  moment: Moment,
  set: SemaphoreSet,
  sem: number,
  until: 'increase' | 'zero',
): number {
  let certain = 0
  let open = 0
  let openCounted = 0
  for (const sleeper of set.sleepers) {
    const sleep = sleepOf(moment, sleeper)
    if (sleep === undefined) continue
    const isCounted = counts(sleep, sleep.blocking, sem, until)
    noteCount(moment, sleeper, sleep, sem, until)
    if (!onlyWaits(sleep) || !namesOthers(sleep, sem)) certain += isCounted ? 1 : 0
    else if (sleep.operations.some((_, at) => counts(sleep, at, sem, until))) {
      open++
      openCounted += isCounted ? 1 : 0
    }
  }
  const others = Array.from({ length: open + 1 }, (_, number) => number)
  const allowed = [openCounted, ...others.filter((number) => number !== openCounted)]
  return certain + (allowed[choose(moment, clauses.countStale, allowed.length)] ?? openCounted)
}

function counts(
  { operations }: SemaphoreSleep,
  at: number,
  sem: number,
  until: 'increase' | 'zero',
): boolean {
  const operation = operations[at]
  if (operation?.sem !== sem) return false
  return until === 'zero' ? operation.change === 0 : operation.change < 0
}

const namesOthers = ({ operations }: SemaphoreSleep, sem: number) =>
  operations.some((operation) => operation.sem !== sem)

function noteCount(
  moment: Moment,
  sleeper: string,
  sleep: SemaphoreSleep,
  sem: number,
  until: 'increase' | 'zero',
): void {
  if (sleep.operations.length === 1) note(moment, clauses.countSingle)
  const now = tryIn(moment.world, sleeper, sleep, moment.now)
  const isStale = now.is === 'blocks' && now.at !== sleep.blocking
  if (isStale && counts(sleep, now.at, sem, until) !== counts(sleep, sleep.blocking, sem, until))
    note(moment, clauses.countStale)
}
