import { grants } from '../common/access.ts'
import { type Moment, note } from '../moment.ts'
import type { Operation } from '../vocabulary/shape.ts'
import { identityOf, type World, withSet } from '../world.ts'
import { requestOf } from './access.ts'
import { alters, attempt, undoes } from './attempt.ts'
import * as clauses from './clauses.ts'
import { onlyWaits, sleepOf, tryIn } from './sleepers.ts'
import type { SemaphoreSet, SemaphoreSleep } from './state.ts'

/** Why sleepers may have become runnable. */
export type Cause = 'semop' | 'set' | 'exit'

/** The part of a step that completes the sleepers on a set. */
export interface Granting {
  readonly moment: Moment
  /** The set. */
  readonly name: string
  readonly cause: Cause
  /** The world before the first of them completes. */
  readonly before: World
}

/** Notes what it shows that this sleeper completes now; `after`: the set as its array leaves it. */
export function noteCompletion(
  granting: Granting,
  sleeper: string,
  sleep: SemaphoreSleep,
  after: SemaphoreSet,
): void {
  const { moment, cause, before, name } = granting
  note(moment, cause === 'set' ? clauses.setWakes : clauses.handoff)
  note(moment, clauses.sempidSet)
  note(moment, clauses.countAfter)
  if (sleep.operations.some(undoes)) note(moment, clauses.undoWaiter)
  const { sets } = moment.world
  if (!grants(identityOf(moment.world, sleeper), after.permission, requestOf(sleep.call)))
    note(moment, clauses.permissionNotRechecked)
  const isFirst = before.sets[name]?.semaphores === sets[name]?.semaphores
  if (!isFirst && tryIn(before, sleeper, sleep, moment.now).is !== 'succeeds') note(moment, clauses.chain)
  noteOrder(granting, sleeper, sleep, after)
}

/** Which clauses about order does it show that this sleeper is next, and none of the others? */
function noteOrder(
  { moment, name }: Granting,
  sleeper: string,
  sleep: SemaphoreSleep,
  after: SemaphoreSet,
): void {
  const { world, now } = moment
  const sleepers = world.sets[name]?.sleepers ?? []
  const place = sleepers.indexOf(sleeper)
  const afterwards = withSet(world, name, after)
  for (const [at, other] of sleepers.entries()) {
    const on = sleepOf(moment, other)
    if (on === undefined || other === sleeper) continue
    const isOlder = at < place
    const isOtherKind = (on.operations.length === 1) !== (sleep.operations.length === 1)
    const before = tryIn(world, other, on, now)
    if (before.is === 'blocks' && isOlder) {
      note(moment, clauses.noHeadBlocking)
      if (isOtherKind && shareSemaphore(on, sleep)) note(moment, clauses.multiVersusSingle)
    }
    if (before.is !== 'succeeds') continue
    const isAlike = sameOperations(on.operations, sleep.operations)
    if (tryIn(afterwards, other, on, now).is !== 'succeeds') {
      if (!isOlder) note(moment, isAlike ? clauses.fifoSameOp : clauses.olderFirst)
      if (!isOlder && isOtherKind) note(moment, clauses.multiVersusSingle)
      if (isAlike && isLock(sleep)) note(moment, clauses.lockPattern)
    }
    if (isOlder && onlyWaits(sleep) && isStoppedBy(world, other, on, sleeper, sleep, now))
      note(moment, clauses.zeroBeforeAlter)
  }
}

const shareSemaphore = (a: SemaphoreSleep, b: SemaphoreSleep) =>
  a.operations.some(({ sem }) => b.operations.some((operation) => operation.sem === sem))

const sameOperations = (a: readonly Operation[], b: readonly Operation[]) =>
  a.length === b.length &&
  a.every((operation, at) => operation.sem === b[at]?.sem && operation.change === b[at]?.change)

/** Waits for a zero and then increases. */
const isLock = ({ operations }: SemaphoreSleep) =>
  operations.some(
    (operation, at) =>
      !alters(operation) &&
      operations.slice(at + 1).some(({ sem, change }) => sem === operation.sem && change > 0),
  )

/** Whether the sleeper could not run any more if the other one had run before it. */
function isStoppedBy(
  world: World,
  other: string,
  on: SemaphoreSleep,
  sleeper: string,
  sleep: SemaphoreSleep,
  now: number,
): boolean {
  const tried = tryIn(world, other, on, now)
  if (tried.is !== 'succeeds') return false
  const afterOther = withSet(world, on.set, tried.set)
  return tryIn(afterOther, sleeper, sleep, now).is === 'blocks'
}

/** Notes that a sleeper is counted elsewhere from now on. */
export function noteMove(moment: Moment, { operations, blocking }: SemaphoreSleep, at: number): void {
  const before = operations[blocking]
  const after = operations[at]
  if (before === undefined || after === undefined) return
  const isOtherKind = alters(before) !== alters(after)
  if (isOtherKind || before.sem !== after.sem) note(moment, clauses.countMoves)
  if (isOtherKind) note(moment, clauses.countMixed)
}

/** After an array was performed: sleepers that could have run between two of its operations still sleep. */
export function noteNotInsideArray(
  moment: Moment,
  name: string,
  before: SemaphoreSet,
  operations: readonly Operation[],
): void {
  const { world, now } = moment
  let set = before
  for (const operation of operations.slice(0, -1)) {
    const partly = attempt(world.facts, set, [operation], '', undefined, now)
    if (partly.is !== 'succeeds') return
    set = partly.set
    const within = withSet(world, name, set)
    for (const sleeper of world.sets[name]?.sleepers ?? []) {
      const sleep = sleepOf(moment, sleeper)
      if (sleep !== undefined && tryIn(within, sleeper, sleep, now).is === 'succeeds') {
        note(moment, clauses.notInsideArray)
        return
      }
    }
  }
}
