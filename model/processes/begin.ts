import type { Result } from '../expected.ts'
import { happens, type Moment, note } from '../moment.ts'
import { idle, withProcess } from '../world.ts'
import { waitid as waitidClauses, waiting } from './clauses/index.ts'
import { lifecycleOf } from './lifecycle.ts'
import { look, nothingYet } from './look.ts'
import { noteNothing } from './notes.ts'
import { failure } from './results.ts'
import type { Search } from './search.ts'
import { wantedBy } from './waiting.ts'

/** A wait whose arguments are right begins, or begins again: it returns or sleeps. */
export function beginWait(search: Search): void {
  const { moment, waiter, call, selector } = search
  const result = look(search)
  if (result !== 'nothing') give(moment, waiter, result)
  else if (wantedBy(call).noHang) give(moment, waiter, nothingYet(search))
  else if (isNonBlocking(search)) {
    note(moment, waitidClauses.pidfdNonBlocking)
    give(moment, waiter, failure(moment, call, 'EAGAIN'))
  } else {
    note(moment, waiting.blocks)
    noteNothing(search)
    moment.world = withProcess(moment.world, waiter, {
      activity: { is: 'asleep', on: { in: 'wait', call, selector } },
    })
  }
}

/** The wait returns. */
export function give(moment: Moment, waiter: string, result: Result): void {
  happens(moment, { is: 'returned', actor: waiter, result })
  moment.world = withProcess(moment.world, waiter, { activity: idle })
}

/** Only what `pidfd_open` returned stands in `pidfds`. */
const isNonBlocking = ({ moment, waiter, call }: Search) =>
  call.name === 'waitid' && lifecycleOf(moment.world, waiter)?.pidfds[call.id]?.nonBlocking === true
