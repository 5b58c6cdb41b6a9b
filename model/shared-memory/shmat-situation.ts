import { objectName } from '../common/access.ts'
import type { Moment } from '../moment.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { SHM_EXEC, SHM_RDONLY, SHM_REMAP, SHM_RND } from '../vocabulary/names.ts'
import { isHuge } from './huge.ts'
import { attachmentsOf, contentOf, resolve } from './places.ts'
import { mappedPages, segmentOf } from './segments.ts'
import type { Place, Segment } from './state.ts'

/** A call of shmat by an actor; `segment` is undefined where the identifier is not valid. */
export interface ShmatSituation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'shmat'>
  readonly name: string
  readonly segment: Segment | undefined
  /** The address that was given; `place` is what SHM_RND made of it. */
  readonly given: Place
  readonly place: Place
  readonly pages: number
}

export function situationOf(moment: Moment, actor: string, call: CallOf<'shmat'>): ShmatSituation {
  const { world } = moment
  const segment = segmentOf(world, call.segment)
  const given = resolve(world, actor, call.address)
  return {
    moment,
    actor,
    call,
    name: objectName(world, call.segment),
    segment,
    given,
    place: (call.flags & SHM_RND) === 0 ? given : roundedDown(given, world.facts.shmlba),
    pages: segment === undefined ? 0 : mappedPages(segment, world.facts),
  }
}

/** Bases are multiples of SHMLBA, so that rounding the offset rounds the address. */
const roundedDown = (place: Place, shmlba: number): Place => ({
  base: place.base,
  offset: place.offset - positiveRemainder(place.offset, shmlba),
})

const positiveRemainder = (offset: number, unit: number) => ((offset % unit) + unit) % unit

export const has = ({ call }: ShmatSituation, bit: number) => (call.flags & bit) !== 0
/** Whether there are flag bits without a meaning. */
export const hasUnknownFlags = ({ flags }: CallOf<'shmat'>) =>
  (flags & ~(SHM_RDONLY | SHM_RND | SHM_REMAP | SHM_EXEC)) !== 0

export const isNull = ({ given }: ShmatSituation) => given.base === 'literal' && given.offset === 0

/** A bare address below SHMLBA that SHM_RND makes 0: nothing else does. */
export const roundsToZero = (situation: ShmatSituation) => !isNull(situation) && isZero(situation.place)
const isZero = ({ base, offset }: Place) => base === 'literal' && offset === 0

/** A bare address that wraps around or lies above what a process can have. */
export const isAboveUser = ({ place }: ShmatSituation) => place.base === 'literal' && place.offset < 0

export function isUnaligned(situation: ShmatSituation): boolean {
  const { pageSize, shmlba } = situation.moment.world.facts
  // Processors whose SHMLBA is larger than a page (arm, sh) demand it: __ARCH_FORCE_SHMLBA.
  return !has(situation, SHM_RND) && situation.given.offset % Math.max(pageSize, shmlba) !== 0
}

/** Whether the place begins with a huge page; the arena does, and so does where the kernel puts a segment of such. */
export function hugeAlignment({ moment, actor, place }: ShmatSituation): 'aligned' | 'unaligned' | 'unknown' {
  const { facts, segments } = moment.world
  const { base, offset } = place
  const named = attachmentsOf(moment.world, actor)[base]
  const isKnown = base === 'arena' || base === 'literal' || isHuge(segments[named?.segment ?? ''])
  if (!isKnown || facts.hugePages.size === 0) return 'unknown'
  return offset % facts.hugePages.size === 0 ? 'aligned' : 'unaligned'
}

/** Whether something is attached in the range and may not be replaced. */
export function isOccupied(situation: ShmatSituation): boolean {
  if (has(situation, SHM_REMAP) || isNull(situation)) return false
  return rangeContent(situation) === 'taken'
}

export function rangeContent({ moment, actor, place, pages }: ShmatSituation): ReturnType<typeof contentOf> {
  const { pageSize } = moment.world.facts
  return contentOf(attachmentsOf(moment.world, actor), place.base, place.offset / pageSize, pages, pageSize)
}
