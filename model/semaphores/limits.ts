import { countOf } from '../common/full.ts'
import { clause } from '../rule.ts'
import type { World } from '../world.ts'

const enospc = 'POSIX.1-2024 semget, ERRORS, [ENOSPC]'

export const limitSemmni = clause(
  'limit.semmni',
  'shall',
  'There are at most SEMMNI sets; a limit out of range is refused when it is written.',
  enospc,
)
export const limitSemmns = clause(
  'limit.semmns',
  'shall',
  'All sets together have at most SEMMNS semaphores.',
  enospc,
)

/** The semaphores of all sets. */
export function countSemaphores({ sets }: World): number {
  let count = 0
  for (const name in sets) count += sets[name]?.semaphores.length ?? 0
  return count
}

export const hasAllSets = ({ sets, limits }: World): boolean => countOf(sets) >= limits.semmni
