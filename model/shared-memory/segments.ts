import { objectName } from '../common/access.ts'
import { type Moment, note } from '../moment.ts'
import { clause } from '../rule.ts'
import type { IdArgument, Long } from '../vocabulary/shape.ts'
import { changedWorld, type Facts, type World, withoutSegment, withSegment } from '../world.ts'
import { changedSegment, type Segment } from './state.ts'

/** The segment that an identifier names; undefined if the identifier is not valid. */
export function segmentOf(world: World, id: IdArgument): Segment | undefined {
  const segment = world.segments[objectName(world, id)]
  return segment?.removal === 'id gone' ? undefined : segment
}

/** `shm_nattch`: the mapped pieces of the segment in all processes (Linux counts mappings, see ipc/shm.c). */
export function countAttached(world: World, name: string): number {
  let count = 0
  for (const process in world.processes) {
    const attachments = world.processes[process]?.attachments
    for (const variable in attachments) {
      const attachment = attachments[variable]
      if (attachment?.segment === name) count += attachment.pieces.length
    }
  }
  return count
}

export const pagesOf = (size: Long, pageSize: number): number =>
  typeof size === 'number'
    ? Math.ceil(size / pageSize)
    : Number((size + BigInt(pageSize - 1)) / BigInt(pageSize))

/** The pages that an attachment of the segment has: whole huge pages, where it is made of such. */
export function mappedPages({ size, backing }: Pick<Segment, 'size' | 'backing'>, facts: Facts): number {
  const { pageSize, hugePages } = facts
  if (backing === 'ordinary') return pagesOf(size, pageSize)
  return pagesOf(size, hugePages.size) * (hugePages.size / pageSize)
}

export function changeSegment(moment: Moment, name: string, change: Partial<Segment>): void {
  const { world } = moment
  const segment = world.segments[name]
  if (segment === undefined) return
  moment.world = withSegment(world, name, changedSegment(segment, change))
}

/** A removed segment that nobody has attached any more is destroyed, with shm_rmid_forced any. Returns whether a removed one was. */
export function destroyIfUnused(moment: Moment, name: string): boolean {
  const segment = moment.world.segments[name]
  const isRemoved = segment?.removal !== 'none'
  if (segment === undefined || !(isRemoved || moment.world.settings.forced)) return false
  if (countAttached(moment.world, name) > 0) return false
  if (!isRemoved) note(moment, lastDetachDestroys)
  moment.world = withoutSegment(moment.world, name)
  return isRemoved
}

/** Remembers that the key of a removed segment is free again. */
export function freeKey(moment: Moment, key: number): void {
  const { world } = moment
  const freed = `segment ${key}`
  if (key === 0 || world.freedKeys.includes(freed)) return
  moment.world = changedWorld(world, { freedKeys: [...world.freedKeys, freed] })
}

/** Notes that a removed segment was used through its identifier. */
export function noteStillWorks(moment: Moment, segment: Segment): void {
  if (segment.removal !== 'none') note(moment, idStillWorks)
}

export const idStillWorks = clause(
  'shmctl.rmid.id-still-works',
  'unspecified',
  'While a removed segment is attached somewhere, its identifier still works: attach, stat, set, remove, lock.',
  'shmctl(2), shmat(2), NOTES',
  'Linux ipc/shm.c, do_shm_rmid',
)

export const lastDetachDestroys = clause(
  'forced.last-detach.destroys',
  'linux',
  'With shm_rmid_forced the last detach destroys a segment that was never removed.',
  'proc(5), /proc/sys/kernel/shm_rmid_forced',
)
