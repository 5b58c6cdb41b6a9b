import { noteAccess } from '../common/object-notes.ts'
import { type Moment, note } from '../moment.ts'
import { IPC_NOWAIT, SEM_UNDO } from '../vocabulary/names.ts'
import type { Operation } from '../vocabulary/shape.ts'
import { requestOf } from './access.ts'
import { type Attempt, noWait } from './attempt.ts'
import * as clauses from './clauses.ts'
import * as also from './semop-clauses.ts'
import { sleepOf } from './sleepers.ts'
import type { SemaphoreSet, SemopCall } from './state.ts'

/** A call of semop or semtimedop by an actor; `set` and `tried` are undefined where the identifier is not valid. */
export interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: SemopCall
  readonly name: string
  readonly set: SemaphoreSet | undefined
  /** What the array would come to if nothing else stopped the call. */
  readonly tried: Attempt | undefined
}

/** The semaphores that the array names, each once. */
export const semaphoresOf = ({ operations }: SemopCall): readonly number[] => {
  const numbers = operations.map(({ sem }) => sem)
  return numbers.length < 2 ? numbers : [...new Set(numbers)]
}

const effectClause = (change: number) =>
  change > 0 ? also.increase : change < 0 ? also.decrease : also.waitForZero

/** Notes what it shows that the array was performed; the set is the one before. */
export function noteSuccess({ moment, actor, call }: Situation, set: SemaphoreSet): void {
  const { operations } = call
  for (const { change } of operations) note(moment, effectClause(change))
  if (operations.length > 0) note(moment, clauses.sempidSet)
  note(moment, also.otimeSet)
  noteAccess(moment, actor, set, requestOf(call))
  if (operations.some(({ flags }) => (flags & ~(IPC_NOWAIT | SEM_UNDO)) !== 0))
    note(moment, also.flagsUnknown)
  if (semaphoresOf(call).length < operations.length) note(moment, also.sequential)
  if (operations.length >= MANY) note(moment, also.manyOperations)
  if (isAmongSleepers(moment, set, operations)) note(moment, clauses.newcomer)
  if (call.name === 'semtimedop' && call.timeout === 'none') note(moment, also.timeoutNull)
}

/** So many operations show that the limit is not a small one. */
const MANY = 100

/** The array takes or waits for what somebody who is asleep waits for. */
const isAmongSleepers = (moment: Moment, set: SemaphoreSet, operations: readonly Operation[]) =>
  set.sleepers.some((sleeper) =>
    sleepOf(moment, sleeper)?.operations.some(({ sem }) =>
      operations.some((operation) => operation.sem === sem && operation.change <= 0),
    ),
  )

/** The first operation that cannot run decides how the call ends, though a later one would have ended it otherwise. */
export function noteFirstDecides(
  { moment, call }: Situation,
  set: SemaphoreSet,
  tried: Exclude<Attempt, { is: 'succeeds' }>,
): void {
  const first = tried.is === 'blocks' ? 'sleep' : tried.errno
  const others = call.operations.slice(tried.at + 1).map((operation) => {
    const value = set.semaphores[operation.sem]?.value ?? 0
    const next = value + operation.change
    if (next > moment.world.facts.semvmx) return 'ERANGE'
    if (operation.change === 0 ? value === 0 : next >= 0) return first
    return noWait(operation) ? 'EAGAIN' : 'sleep'
  })
  if (others.some((other) => other !== first)) note(moment, also.firstFailingDecides)
}

/** Notes why the call failed. */
export function noteFailure(
  { moment, call }: Situation,
  { because }: Extract<Attempt, { is: 'fails' }>,
): void {
  if (because === 'noWait') {
    note(moment, also.wouldBlock)
    if (call.name === 'semtimedop' && call.timeout !== 'none') note(moment, also.noWaitWins)
    return
  }
  note(moment, also.immediateError)
  note(moment, because === 'value' ? also.limitSemvmx : also.limitSemaem)
  note(moment, because === 'value' ? also.overflow : also.adjustmentRange)
}
