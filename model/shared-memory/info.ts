import { objectName } from '../common/access.ts'
import { lookAtSlot, type SlotClauses, tellAll } from '../common/slots.ts'
import { anything } from '../expected.ts'
import type { Moment } from '../moment.ts'
import { clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Long } from '../vocabulary/shape.ts'
import { pagesOf, segmentOf } from './segments.ts'
import { statusOf } from './status.ts'

const manual = 'shmctl(2)'

const slots: SlotClauses = {
  free: clause('shmctl.shmstat.unused-einval', 'linux', 'A slot without a segment is an error.', manual),
  looked: clause(
    'shmctl.shmstat.index-masked',
    'linux',
    'SHM_STAT takes an identifier for its slot.',
    'Linux ipc/shm.c, shmctl_stat',
  ),
  any: clause(
    'shmctl.shmstatany.no-permission',
    'linux',
    'SHM_STAT_ANY does the same as SHM_STAT without permission.',
    manual,
  ),
  needsRead: clause('shmctl.shmstat.needs-read', 'linux', 'SHM_STAT needs read permission.', manual),
  described: clause(
    'shmctl.shmstat.index-to-id',
    'linux',
    'SHM_STAT describes the segment in a slot and returns its identifier.',
    manual,
  ),
}
const limits = clause(
  'shmctl.ipcinfo.limits',
  'linux',
  'IPC_INFO tells the limits of shared memory; it needs no permission.',
  manual,
)
const highest = clause(
  'shmctl.ipcinfo.returns-highest-slot',
  'linux',
  'IPC_INFO returns the highest slot in use.',
  manual,
)
const empty = clause(
  'shmctl.ipcinfo.empty-zero',
  'linux',
  'IPC_INFO returns 0 where there is no segment.',
  manual,
)
const totals = clause(
  'shmctl.shminfo.totals',
  'linux',
  'SHM_INFO tells how many segments and pages there are, and returns the highest slot in use.',
  manual,
)

export const infoClauses = [...Object.values(slots), limits, highest, empty, totals]

/** SHM_STAT and SHM_STAT_ANY (ipc/shm.c, shmctl_stat). */
export function shmStat(
  moment: Moment,
  actor: string,
  call: CallOf<'shmctl.SHM_STAT'> | CallOf<'shmctl.SHM_STAT_ANY'>,
): void {
  const name = objectName(moment.world, call.segment)
  const segment = segmentOf(moment.world, call.segment)
  lookAtSlot({
    ...{ moment, actor, name },
    id: call.segment,
    object: segment,
    any: call.name === 'shmctl.SHM_STAT_ANY',
    clauses: slots,
    out: () => (segment === undefined ? null : statusOf(moment, name, segment)),
  })
}

/** An unsigned long as it is recorded. */
function signed(value: Long): Long {
  const wrapped = BigInt.asIntN(64, BigInt(value))
  return Number.isSafeInteger(Number(wrapped)) ? Number(wrapped) : wrapped
}

/** IPC_INFO and SHM_INFO (ipc/shm.c, shmctl_ipc_info and shmctl_shm_info). Pages in memory are the kernel's affair. */
export function shmInfo(
  moment: Moment,
  actor: string,
  call: CallOf<'shmctl.IPC_INFO'> | CallOf<'shmctl.SHM_INFO'>,
): void {
  const { segments, facts, limits: now } = moment.world
  const pages = Object.values(segments).reduce((sum, { size }) => sum + pagesOf(size, facts.pageSize), 0)
  const { shmmax, shmmni, shmall } = now
  const isTotal = call.name === 'shmctl.SHM_INFO'
  tellAll({
    ...{ moment, actor },
    id: call.segment,
    objects: Object.keys(segments),
    told: isTotal ? totals : limits,
    ...(isTotal ? { highest: totals, empty: totals } : { highest, empty }),
    out: isTotal
      ? { used_ids: Object.keys(segments).length, shm_tot: pages, shm_rss: anything, shm_swp: anything }
      : { shmmax: signed(shmmax), shmmin: 1, shmmni, shmseg: shmmni, shmall: signed(shmall) },
  })
}
