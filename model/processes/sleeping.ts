import { choose, type Moment, note } from '../moment.ts'
import type { Sleeping } from '../sleeper.ts'
import { BAD_LOCATION } from '../vocabulary/names.ts'
import { type Activity, withProcess } from '../world.ts'
import { beginWait, give } from './begin.ts'
import { interruption } from './clauses/index.ts'
import { interruptedResult } from './results.ts'
import { selectorOf } from './selector.ts'
import type { Waiting, WaitSleep } from './state.ts'

/**
 * How sleeping waits meet signals, and calls that are over but for the return. A wait that is stopped begins again when
 * it is continued (Linux: ERESTARTSYS).
 */
export const waitSleeping: Sleeping<WaitSleep> = {
  interrupted(moment, sleeper, sleep, restart) {
    if (sleep.in === 'return') return
    if (restart && !storesAnyway(sleep)) {
      note(moment, interruption.restart)
      beginAgain(moment, sleeper, sleep)
    } else {
      note(moment, interruption.eintr)
      give(moment, sleeper, interruptedResult(moment, sleep.call))
    }
  },

  ignored(moment) {
    note(moment, interruption.ignoredNoEffect)
  },

  stopped(moment, sleeper, sleep) {
    const activity: Activity =
      sleep.in === 'return'
        ? { is: 'held', on: sleep, next: 'returns' }
        : { is: 'held', on: sleep, next: 'restarts' }
    moment.world = withProcess(moment.world, sleeper, { activity })
  },

  continued(moment, sleeper, sleep) {
    if (sleep.in === 'return') return
    note(moment, interruption.stopContinue)
    if (storesAnyway(sleep) || choose(moment, interruption.stopContinue, 2) === 1)
      give(moment, sleeper, interruptedResult(moment, sleep.call))
    else beginAgain(moment, sleeper, sleep)
  },

  ended() {},
}

/** A waitid that cannot store that it was interrupted: it fails with that, and does not begin again. */
const storesAnyway = ({ call }: Waiting) => call.name === 'waitid' && call.location === BAD_LOCATION

/** A group that was given as 0 is looked up again; a descriptor stands for what it stood for. */
function beginAgain(moment: Moment, waiter: string, { call, selector }: Waiting): void {
  const again = selector.is === 'group' ? selectorOf(moment.world, waiter, call) : selector
  beginWait({ moment, waiter, call, selector: again })
}
