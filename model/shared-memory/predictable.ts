import { findKey } from '../common/get.ts'
import type { Moment } from '../moment.ts'
import type { Call, CallOf } from '../vocabulary/forms.ts'
import { SHM_REMAP, SHM_RND } from '../vocabulary/names.ts'
import { limitsOf, type World } from '../world.ts'
import { asksForHuge, isDefaultSize, isHuge, isNoSize } from './huge.ts'
import { lockable, lockedBytes } from './locking.ts'
import { attachmentsOf, contentOf, isWithin, resolve } from './places.ts'
import { cutsGrown, isMappingPredictable } from './predictable-mappings.ts'
import { mappedPages, pagesOf, segmentOf } from './segments.ts'
import { hugeAlignment, isUnaligned, rangeContent, situationOf } from './shmat-situation.ts'
import { LARGE } from './shmget.ts'

/**
 * Whether the model can say what a call will find: not so where an address may belong to memory that it does not
 * know, where limits decide that are not among the facts, or where a number means a call outside the vocabulary.
 * Calls that are not predictable may also harm the process that makes them: generators leave them out.
 */
export function isPredictable(world: World, actor: string, call: Call): boolean {
  switch (call.name) {
    case 'shmget':
      return !asksForHuge(call) || isHugePredictable(world, call)
    case 'shmat':
      return isAttachPredictable(world, actor, call)
    case 'many_shmat':
      return isManyPredictable(world, actor, call)
    case 'shmdt':
      return isDetachPredictable(world, actor, call)
    case 'munmap':
    case 'mmap':
    case 'mprotect':
    case 'madvise.MADV_DONTFORK':
    case 'mremap':
      return isMappingPredictable(world, actor, call)
    case 'run':
      return call.address.offset % world.facts.pageSize === 0 && isAccessPredictable(world, actor, call)
    case 'load':
    case 'store':
    case 'read':
      return isAccessPredictable(world, actor, call)
    case 'shmctl.SHM_LOCK': {
      const segment = segmentOf(world, call.segment)
      if (segment === undefined || segment.locked || isHuge(segment) || limitsOf(world, actor).locked === 0)
        return true
      const { pageSize } = world.facts
      return lockedBytes({ world }) + pagesOf(segment.size, pageSize) * pageSize <= lockable(world, actor)
    }
    case 'shmctl.other':
      return !commands.includes(call.command & ~IPC_64)
    default:
      return true
  }
}

/** Whether it is known who may use huge pages, and of which size there are some; or that none are needed. */
function isHugePredictable({ facts, segments }: World, call: CallOf<'shmget'>): boolean {
  if (findKey(segments, call.key) !== '' || isNoSize(call, facts) || call.size === 0) return true
  const isSmall = call.size > 0 && call.size < LARGE
  return isSmall && isDefaultSize(call, facts) && facts.hugePages.group !== 'unknown'
}

/** Every command that exists on Linux, and the bit that some architectures add to them. */
const commands = [0, 1, 2, 3, 11, 12, 13, 14, 15]
const IPC_64 = 0x100

function isAttachPredictable(world: World, actor: string, call: CallOf<'shmat'>): boolean {
  const moment = { world } as Moment
  const situation = situationOf(moment, actor, call)
  const { segment, place, pages } = situation
  const { pageSize, shmlba } = world.facts
  if (segment === undefined || isUnaligned(situation)) return true
  if (segment.size >= LARGE) return false
  if (isHuge(segment) && place.base !== 'literal') {
    const alignment = hugeAlignment(situation)
    if (alignment !== 'aligned') return alignment === 'unaligned'
  }
  const { addressSpace } = limitsOf(world, actor)
  // A remap that has no room may have cut what is there in pieces before it failed (mm/vma.c, __mmap_prepare).
  if (addressSpace !== 'usual' && (call.flags & SHM_REMAP) !== 0) return false
  if (addressSpace !== 'usual' && pages * pageSize <= addressSpace) return false
  if (place.base === 'literal')
    return place.offset === 0 || (place.offset < 0 && -place.offset <= pageSize * 2)
  if ((call.flags & SHM_RND) === 0 && place.offset % shmlba !== 0) return false
  if ((call.flags & SHM_REMAP) === 0) return rangeContent(situation) !== 'unknown'
  const attachments = attachmentsOf(world, actor)
  return (
    !cutsGrown(moment, actor, { ...place, pages }) &&
    isWithin(attachments, place.base, place.offset / pageSize, pages) &&
    attachments[place.base]?.overtaken !== true
  )
}

/** So few that no limit on mappings is near, and that there is room for them in any address space. */
const TIMES_MAX = 8192

function isManyPredictable(world: World, actor: string, { segment, times }: CallOf<'many_shmat'>): boolean {
  const address = { base: 'null', offset: 0 }
  const found = segmentOf(world, segment)
  const pages = found === undefined ? 0 : mappedPages(found, world.facts)
  return (
    times > 0 &&
    times <= TIMES_MAX &&
    pages * world.facts.pageSize * times < LARGE &&
    limitsOf(world, actor).addressSpace === 'usual' &&
    isAttachPredictable(world, actor, { name: 'shmat', segment, address, flags: 0, as: '' })
  )
}

function isDetachPredictable(world: World, actor: string, call: CallOf<'shmdt'>): boolean {
  const { pageSize } = world.facts
  const place = resolve(world, actor, call.address)
  if (place.base === 'literal' || place.offset % pageSize !== 0) return true
  return (
    contentOf(attachmentsOf(world, actor), place.base, place.offset / pageSize, 1, pageSize) !== 'unknown'
  )
}

type Access = CallOf<'load'> | CallOf<'store'> | CallOf<'read'> | CallOf<'run'>

function isAccessPredictable(world: World, actor: string, call: Access): boolean {
  const { pageSize } = world.facts
  const place = resolve(world, actor, call.address)
  const page = Math.floor(place.offset / pageSize)
  return contentOf(attachmentsOf(world, actor), place.base, page, 1, pageSize) !== 'unknown'
}
