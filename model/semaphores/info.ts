import { objectName } from '../common/access.ts'
import { infoReturns, lookAtSlot, tellAll, usualSlots } from '../common/slots.ts'
import type { Moment } from '../moment.ts'
import { clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { statusOf } from './status.ts'

const described = clause(
  'semctl.sem_stat',
  'linux',
  'SEM_STAT and SEM_STAT_ANY describe the set in a slot and return its identifier.',
  'semctl(2), SEM_STAT',
)
const limits = clause(
  'semctl.ipc_info',
  'linux',
  'IPC_INFO tells the limits of semaphores and returns the highest slot in use.',
  'semctl(2), IPC_INFO',
)
const totals = clause(
  'semctl.sem_info',
  'linux',
  'SEM_INFO tells the limits, how many sets there are and how many semaphores they have.',
  'semctl(2), SEM_INFO',
)

export const infoClauses = [described, limits, totals]

/** SEM_STAT and SEM_STAT_ANY (ipc/sem.c, semctl_stat). */
export function semStat(
  moment: Moment,
  actor: string,
  call: CallOf<'semctl.SEM_STAT'> | CallOf<'semctl.SEM_STAT_ANY'>,
): void {
  const name = objectName(moment.world, call.set)
  const set = moment.world.sets[name]
  lookAtSlot({
    ...{ moment, actor, name },
    id: call.set,
    object: set,
    any: call.name === 'semctl.SEM_STAT_ANY',
    clauses: usualSlots(described),
    out: () => (set === undefined ? null : statusOf(set)),
  })
}

/** What ipc/sem.c tells that nothing depends on. */
const SEMMNS_USUAL = 1_024_000_000
const SEMOPM_USUAL = 500
const SEMUSZ = 20

/** IPC_INFO and SEM_INFO (ipc/sem.c, semctl_info). */
export function semInfo(
  moment: Moment,
  actor: string,
  call: CallOf<'semctl.IPC_INFO'> | CallOf<'semctl.SEM_INFO'>,
): void {
  const { sets, facts, limits: now } = moment.world
  const isTotal = call.name === 'semctl.SEM_INFO'
  const all = Object.values(sets)
  const semaphores = all.reduce((sum, set) => sum + set.semaphores.length, 0)
  tellAll({
    ...{ moment, actor },
    id: call.set,
    objects: Object.keys(sets),
    told: isTotal ? totals : limits,
    ...{ highest: infoReturns, empty: infoReturns },
    out: {
      semmap: SEMMNS_USUAL,
      semmni: now.semmni,
      semmns: now.semmns,
      semmnu: SEMMNS_USUAL,
      semmsl: now.semmsl,
      semopm: now.semopm,
      semume: SEMOPM_USUAL,
      semusz: isTotal ? all.length : SEMUSZ,
      semvmx: facts.semvmx,
      semaem: isTotal ? semaphores : facts.semvmx,
    },
  })
}
