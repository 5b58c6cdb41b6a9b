import { choose, fails, type Moment, note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import type { Clause } from '../rule.ts'
import { withProcess, withSet } from '../world.ts'
import type { Attempt } from './attempt.ts'
import * as clauses from './clauses.ts'
import { elapsed } from './elapsed.ts'
import { type Cause, type Granting, noteCompletion, noteMove } from './grant-notes.ts'
import { changeUndo, undoOf } from './shared-undo.ts'
import { leave, onlyWaits, sleepOf, tryIn, withoutSleeper } from './sleepers.ts'
import type { SemaphoreSleep } from './state.ts'

/**
 * Completes, in the same step, every sleeper that can run now, and those that they make runnable in turn. Linux
 * decides the order (zero waiters of the changed semaphores first, then by arrival); POSIX leaves it open.
 */
export function grant(moment: Moment, name: string, changed: readonly number[] | 'all', cause: Cause): void {
  if ((moment.world.sets[name]?.sleepers.length ?? 0) === 0) return
  const granting: Granting = { moment, name, cause, before: moment.world }
  if (moment.profile.openChoices === 'all') grantInAnyOrder(granting, changed)
  else {
    grantZeroWaiters(granting, changed)
    grantByArrival(granting)
  }
}

/** The alter pass: the oldest that can run first, and again from the oldest after each that did. */
function grantByArrival(granting: Granting): void {
  const { moment, name } = granting
  for (let index = 0; ; ) {
    const sleeper = moment.world.sets[name]?.sleepers[index]
    if (sleeper === undefined) return
    const sleep = sleepOf(moment, sleeper)
    if (sleep === undefined || onlyWaits(sleep)) {
      index++
      continue
    }
    const tried = tryIn(moment.world, sleeper, sleep, moment.now)
    if (tried.is === 'blocks') {
      stays(moment, sleeper, sleep, tried.at)
      index++
    } else if (tried.is === 'fails') leaveWithError(moment, sleeper, sleep, tried)
    else {
      complete(granting, sleeper, sleep, tried)
      grantZeroWaiters(
        granting,
        sleep.operations.map(({ sem }) => sem),
      )
      index = 0
    }
  }
}

/** Those of the changed semaphores that are 0 now. */
function zerosAmong({ moment, name }: Granting, changed: readonly number[] | 'all'): readonly number[] {
  const semaphores = moment.world.sets[name]?.semaphores ?? []
  return (changed === 'all' ? semaphores.map((_, sem) => sem) : changed).filter(
    (sem) => semaphores[sem]?.value === 0,
  )
}

/** The zero pass: sleepers that alter nothing, if one of the changed semaphores is 0 now. */
function grantZeroWaiters(granting: Granting, changed: readonly number[] | 'all'): void {
  const { moment, name } = granting
  const set = moment.world.sets[name]
  if (set === undefined) return
  const zeros = zerosAmong(granting, changed)
  if (zeros.length === 0) return
  const waiting = set.sleepers.flatMap((sleeper) => {
    const sleep = sleepOf(moment, sleeper)
    return sleep !== undefined && onlyWaits(sleep) ? [{ sleeper, sleep }] : []
  })
  const inOrder = [
    ...waiting.filter(({ sleep }) => isSingle(sleep)),
    ...waiting.filter(({ sleep }) => !isSingle(sleep)),
  ]
  for (const { sleeper, sleep } of inOrder) {
    const tried = tryIn(moment.world, sleeper, sleep, moment.now)
    if (tried.is === 'blocks') stays(moment, sleeper, sleep, tried.at)
    else if (tried.is === 'fails') leaveWithError(moment, sleeper, sleep, tried)
    else complete(granting, sleeper, sleep, tried)
  }
}

/**
 * POSIX: any sleeper that can run may be next, the one that Linux takes first; at the end none is left that could. Linux
 * looks at those that only wait for zeros when a semaphore has become 0, and leaves them as they are otherwise: still
 * asleep, and counted where they were stopped.
 */
function grantInAnyOrder(granting: Granting, changed: readonly number[] | 'all'): void {
  const { moment, name } = granting
  const staying = new Set<string>()
  let areZeros = zerosAmong(granting, changed).length > 0
  for (;;) {
    const candidates = (moment.world.sets[name]?.sleepers ?? [])
      .flatMap((sleeper) => {
        const sleep = sleepOf(moment, sleeper)
        if (sleep === undefined || staying.has(sleeper)) return []
        const tried = tryIn(moment.world, sleeper, sleep, moment.now)
        const isLookedAt = areZeros || !onlyWaits(sleep)
        if (tried.is === 'blocks' && isLookedAt) stays(moment, sleeper, sleep, tried.at)
        return tried.is === 'blocks' ? [] : [{ sleeper, sleep, tried, isLookedAt }]
      })
      .sort((one, other) => passOf(one) - passOf(other))
    if (candidates.length === 0) return
    const next = candidates[choose(moment, clauses.olderFirst, candidates.length)]
    if (next === undefined) return
    const { sleeper, sleep, tried, isLookedAt } = next
    if (tried.is === 'succeeds') {
      complete(granting, sleeper, sleep, tried)
      const touched = sleep.operations.map(({ sem }) => sem)
      areZeros = zerosAmong(granting, touched).length > 0
      staying.clear()
    } else if ((choose(moment, lateClause(tried), 2) === 0) === isLookedAt)
      leaveWithError(moment, sleeper, sleep, tried)
    else {
      if (isLookedAt) stays(moment, sleeper, sleep, tried.at)
      staying.add(sleeper)
    }
  }
}

/** In which order Linux comes to sleepers of different kinds; to some it does not come at all. */
function passOf({ sleep, isLookedAt }: { sleep: SemaphoreSleep; isLookedAt: boolean }): number {
  if (!isLookedAt) return 3
  return onlyWaits(sleep) ? (isSingle(sleep) ? 0 : 1) : 2
}

const isSingle = ({ operations }: SemaphoreSleep) => operations.length === 1

function complete(
  granting: Granting,
  sleeper: string,
  sleep: SemaphoreSleep,
  tried: Extract<Attempt, { is: 'succeeds' }>,
): void {
  const { moment, name } = granting
  noteCompletion(granting, sleeper, sleep, tried.set)
  moment.world = withSet(moment.world, name, withoutSleeper(tried.set, sleeper))
  if (tried.adjustments !== undefined) setAdjustments(moment, sleeper, name, tried.adjustments)
  returns(moment, sleeper, 0, elapsed(sleep.call, 0))
}

function leaveWithError(
  moment: Moment,
  sleeper: string,
  sleep: SemaphoreSleep,
  tried: Extract<Attempt, { is: 'fails' }>,
): void {
  note(moment, lateClause(tried))
  note(moment, clauses.countAfter)
  leave(moment, sleeper, sleep)
  fails(moment, sleeper, tried.errno, elapsed(sleep.call, 0))
}

const lateClause = (tried: Extract<Attempt, { is: 'fails' }>): Clause =>
  tried.because === 'noWait'
    ? clauses.lateEagain
    : tried.because === 'value'
      ? clauses.lateErange
      : clauses.undoLateErange

/** The sleeper stays, stopped by this operation now. */
function stays(moment: Moment, sleeper: string, sleep: SemaphoreSleep, at: number): void {
  if (sleep.blocking === at) return
  noteMove(moment, sleep, at)
  moment.world = withProcess(moment.world, sleeper, {
    activity: { is: 'asleep', on: { ...sleep, blocking: at } },
  })
}

export function setAdjustments(
  moment: Moment,
  name: string,
  set: string,
  adjustments: readonly number[],
): void {
  const undo = undoOf(moment.world, name)
  if (undo?.[set] === adjustments) return
  changeUndo(moment, name, withEntry(undo ?? {}, set, adjustments))
}
