import { countOf, noteFull } from '../common/full.ts'
import { type Moment, note } from '../moment.ts'
import { clause } from '../rule.ts'
import type { World } from '../world.ts'
import { pagesOf } from './segments.ts'

export const removedCounts = clause(
  'shmctl.rmid.resources-until-destroyed',
  'unspecified',
  'A removed segment counts against the limits as long as it is attached.',
  'shmctl(2), IPC_RMID',
)
export const maximumNotApplied = clause(
  'shmget.existing.shmmax-not-applied',
  'may',
  'A SHMMAX lowered below the size of a segment does not concern the segment.',
  'Linux ipc/shm.c, shm_more_checks',
)

export const limitClauses = [removedCounts, maximumNotApplied]

/** The pages of all segments, the removed ones that are still attached included; or those of the others only. */
export function countPages({ segments, facts }: World, which: 'all' | 'not removed' = 'all'): number {
  let pages = 0
  for (const name in segments) {
    const segment = segments[name]
    if (segment === undefined || (which === 'not removed' && segment.removal !== 'none')) continue
    pages += pagesOf(segment.size, facts.pageSize)
  }
  return pages
}

export const hasAllSegments = ({ segments, limits }: World): boolean => countOf(segments) >= limits.shmmni

/** Notes what a segment shows that cannot be made because there are as many as are allowed. */
export function noteAllSegments(moment: Moment): void {
  const { segments, limits } = moment.world
  noteFull(moment, countOf(segments), limits.shmmni)
  const kept = Object.values(segments).filter(({ removal }) => removal === 'none')
  if (kept.length < limits.shmmni) note(moment, removedCounts)
}
