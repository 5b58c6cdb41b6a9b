import { ALTER, grants } from '../common/access.ts'
import { choose, type Moment, note } from '../moment.ts'
import { withEntry, without } from '../records.ts'
import { clause } from '../rule.ts'
import { actorsOf, identityOf, processOf, type Undo, withProcess, withSet } from '../world.ts'
import { grant } from './grant.ts'
import { keeperOf, keptBy, sharedByThreads, stopSharing, threadsOwn } from './shared-undo.ts'
import { sleepOf } from './sleepers.ts'
import { changedSet, type SemaphoreSet } from './state.ts'

const exitClause = 'POSIX.1-2024 semop, DESCRIPTION, SEM_UNDO; exit, CONSEQUENCES'
const linuxExit = 'Linux ipc/sem.c, exit_sem'

export const undoExit = clause(
  'undo.exit',
  'shall',
  'When a process ends, in whatever way, its adjustments are added to the values, and sleepers that can run complete.',
  exitClause,
)
export const belowZero = clause(
  'undo.exit.below-zero',
  'unspecified',
  'An adjustment that would make a value negative makes it 0, and the exit is not delayed.',
  linuxExit,
  'semop(2), BUGS',
)
export const aboveMaximum = clause(
  'undo.exit.above-max',
  'unspecified',
  'An adjustment that would make a value larger than SEMVMX makes it SEMVMX.',
  linuxExit,
)
export const exitPid = clause(
  'undo.exit.sempid',
  'unspecified',
  'A non-zero adjustment records the ended process as the last one of the semaphore.',
  linuxExit,
)
export const exitOtime = clause(
  'undo.exit.otime',
  'unspecified',
  'The end of a process that used SEM_UNDO on a set sets its otime, also where nothing is adjusted.',
  linuxExit,
)
export const rollback = clause(
  'undo.rollback',
  'shall',
  'A call that fails leaves the adjustments as they were.',
  'POSIX.1-2024 semop, DESCRIPTION',
)
export const setvalClears = clause(
  'undo.setval-clears',
  'shall',
  'SETVAL clears the adjustment for the semaphore in every process.',
  'POSIX.1-2024 semctl, SETVAL',
)
export const setallClears = clause(
  'undo.setall-clears',
  'shall',
  'SETALL clears the adjustments for all semaphores of the set in every process.',
  'POSIX.1-2024 semctl, SETALL',
)
export const removalDiscards = clause(
  'undo.rmid-discards',
  'shall',
  'The removal of a set discards the adjustments for it.',
  'POSIX.1-2024 semctl, IPC_RMID; exit',
)
export const forkClears = clause(
  'undo.fork',
  'shall',
  'A forked child starts without adjustments.',
  'POSIX.1-2024 fork: all semadj values shall be cleared',
)
export const execKeeps = clause(
  'undo.exec',
  'shall',
  'Adjustments survive exec and are applied when the new image ends.',
  'POSIX.1-2024 exec: semadj values',
)
export const exitUnchecked = clause(
  'undo.no-perm',
  'unspecified',
  'The adjustments are applied although the process no longer has permission.',
  linuxExit,
)

export const exitTogether = clause(
  'undo.exit.atomic-per-set',
  'unspecified',
  'All adjustments for one set are applied before sleepers are looked at.',
  linuxExit,
)

/** Applies the adjustments of an actor that ends, unless others share them; it keeps none. */
export function applyUndo(moment: Moment, actor: string): void {
  if (stopSharing(moment, actor)) return
  const keeper = keeperOf(moment.world, actor)
  const undo = keptBy(moment.world, keeper) ?? {}
  noteThread(moment, actor, undo)
  for (const name of Object.keys(undo))
    applyToSet(moment, processOf(moment.world, actor), name, undo[name] ?? [])
  moment.world = withProcess(moment.world, keeper, { undo: {} })
}

/** What the end of one of several threads shows. */
function noteThread(moment: Moment, actor: string, undo: Undo): void {
  const { threads } = moment.world
  if (threads[actor] === undefined || Object.keys(undo).length === 0) return
  note(moment, threads[actor]?.undo === 'shared' ? sharedByThreads : threadsOwn)
}

function applyToSet(moment: Moment, actor: string, name: string, adjustments: readonly number[]): void {
  const set = moment.world.sets[name]
  if (set === undefined) return
  const adjusted = adjustments.flatMap((adjustment, sem) => (adjustment === 0 ? [] : [sem]))
  note(moment, exitOtime)
  if (adjusted.length > 0) {
    note(moment, undoExit)
    note(moment, exitPid)
    if (!grants(identityOf(moment.world, actor), set.permission, ALTER)) note(moment, exitUnchecked)
  }
  const otime = choose(moment, exitOtime, 2) === 0 ? moment.now : set.otime
  const pid = adjusted.length > 0 && choose(moment, exitPid, 2) === 1 ? undefined : actor
  moment.world = withSet(moment.world, name, changedSet(set, { otime }))
  if (isTogether(moment, set, adjusted)) {
    for (const sem of adjusted) adjust(moment, name, sem, adjustments[sem] ?? 0, pid)
    grant(moment, name, 'all', 'exit')
  } else
    for (const sem of adjusted) {
      adjust(moment, name, sem, adjustments[sem] ?? 0, pid)
      grant(moment, name, [sem], 'exit')
    }
}

/** Linux looks at sleepers when everything is adjusted; elsewhere it may be after each semaphore. */
function isTogether(moment: Moment, set: SemaphoreSet, adjusted: readonly number[]): boolean {
  const isConcerned = set.sleepers.some((sleeper) => {
    const named = new Set(sleepOf(moment, sleeper)?.operations.map(({ sem }) => sem))
    return adjusted.filter((sem) => named.has(sem)).length > 1
  })
  if (!isConcerned) return true
  note(moment, exitTogether)
  return choose(moment, exitTogether, 2) === 0
}

/** `pid`: the process to record; undefined leaves the one before. */
function adjust(
  moment: Moment,
  name: string,
  sem: number,
  adjustment: number,
  pid: string | undefined,
): void {
  const set = moment.world.sets[name]
  const semaphore = set?.semaphores[sem]
  if (set === undefined || semaphore === undefined) return
  const { semvmx } = moment.world.facts
  const value = semaphore.value + adjustment
  const out = value < 0 ? belowZero : value > semvmx ? aboveMaximum : undefined
  if (out !== undefined) {
    note(moment, out)
    if (choose(moment, out, 2) === 1) return
  }
  const adjusted = { value: Math.max(0, Math.min(semvmx, value)), pid: pid ?? semaphore.pid }
  const semaphores = set.semaphores.with(sem, adjusted)
  moment.world = withSet(moment.world, name, changedSet(set, { semaphores }))
}

/** Clears the adjustments for one semaphore of a set, or for all, in every process. */
export function clearAdjustments(moment: Moment, set: string, sem: number | 'all'): void {
  for (const name of actorsOf(moment.world)) {
    const undo = keptBy(moment.world, name) ?? {}
    const adjustments = undo[set]
    if (adjustments === undefined) continue
    if (adjustments.some((adjustment, at) => adjustment !== 0 && (sem === 'all' || at === sem)))
      note(moment, sem === 'all' ? setallClears : setvalClears)
    const cleared = adjustments.map((adjustment, at) => (sem === 'all' || at === sem ? 0 : adjustment))
    moment.world = withProcess(moment.world, name, { undo: withEntry(undo, set, cleared) })
  }
}

/** Forgets the adjustments for a removed set in every process. */
export function discardAdjustments(moment: Moment, set: string): void {
  for (const name of actorsOf(moment.world)) {
    const undo = keptBy(moment.world, name) ?? {}
    const adjustments = undo[set]
    if (adjustments === undefined) continue
    if (adjustments.some((adjustment) => adjustment !== 0)) note(moment, removalDiscards)
    moment.world = withProcess(moment.world, name, { undo: without(undo, set) })
  }
}

export const undoClauses = [
  undoExit,
  belowZero,
  aboveMaximum,
  exitPid,
  exitOtime,
  rollback,
  setvalClears,
  setallClears,
  removalDiscards,
  forkClears,
  execKeeps,
  exitUnchecked,
  exitTogether,
]
