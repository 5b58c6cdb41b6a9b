import { permissionStatus } from '../common/status.ts'
import { type Expected, pidOf, timeOf } from '../expected.ts'
import { choose, type Moment } from '../moment.ts'
import { countAttached } from './segments.ts'
import * as clauses from './shmctl-clauses.ts'
import type { Segment } from './state.ts'

/** Bits of shm_perm.mode that Linux shows besides the permission. */
const SHM_DEST = 0o1000
const SHM_LOCKED = 0o2000

/** What IPC_STAT tells about a segment. */
export function statusOf(moment: Moment, name: string, segment: Segment): Readonly<Record<string, Expected>> {
  const { permission } = segment
  return {
    ...permissionStatus(permission),
    mode: permission.mode | extraBits(moment, segment),
    segsz: segment.size,
    cpid: pidOf(segment.cpid),
    lpid: pidOf(segment.lpid),
    nattch: countAttached(moment.world, name),
    atime: timeOf(segment.atime),
    dtime: timeOf(segment.dtime),
    ctime: timeOf(segment.ctime),
  }
}

/** Linux shows what is removed and what is locked in the mode; POSIX knows neither. */
function extraBits(moment: Moment, { removal, locked }: Segment): number {
  const bits = (removal === 'none' ? 0 : SHM_DEST) | (locked ? SHM_LOCKED : 0)
  return bits !== 0 && choose(moment, clauses.statRemoved, 2) === 1 ? 0 : bits
}
