import { type Moment, note } from '../moment.ts'
import { waiting } from './clauses/index.ts'
import { lifecycleOf } from './lifecycle.ts'
import { matching } from './search.ts'
import { threadsOf } from './threads.ts'
import { waitingOf } from './waiting.ts'

/** A process is in another group than before: what that means to a parent that waits for one of the two groups. */
export function noteMove(moment: Moment, name: string, before: string): void {
  const { parent, group } = lifecycleOf(moment.world, name) ?? { parent: '', group: '' }
  for (const waiter of threadsOf(moment.world, parent)) noteFor(moment, waiter, group, before)
}

function noteFor(moment: Moment, waiter: string, group: string, before: string): void {
  const sleep = waitingOf(moment.world, waiter)
  if (sleep?.selector.is !== 'group' || group === before) return
  const { call, selector } = sleep
  if (selector.group === group) note(moment, waiting.judgedAtReport)
  if (selector.group === before && matching({ moment, waiter, call, selector }).length === 0)
    note(moment, waiting.allLeft)
}
