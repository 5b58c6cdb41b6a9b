import { attachmentsOf } from '../../../model/shared-memory/places.ts'
import { mappedPages, pagesOf } from '../../../model/shared-memory/segments.ts'
import type { CallOf } from '../../../model/vocabulary/forms.ts'
import { SHM_EXEC, SHM_RDONLY, SHM_REMAP, SHM_RND } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { AddressArgument } from '../../../model/vocabulary/shape.ts'
import type { Setting } from '../setting.ts'
import { addressIn, aHolding, type Holding } from './addresses.ts'

interface Where {
  readonly address: AddressArgument
  /** SHM_RND and SHM_REMAP. */
  readonly flags: number
}

/** shmat: where the system chooses, beside, over and inside what is attached, and where nothing can be. */
export function attach(setting: Setting, actor: string, segment: string): CallOf<'shmat'> {
  const { draw, fresh } = setting
  const { address, flags } = where(setting, draw.index(places), actor, segment)
  return { name: 'shmat', segment, address, flags: flags | accessFlags(setting, segment), as: fresh('X') }
}

const places = [42, 45, 5, 4, 3]

function where(setting: Setting, place: number, actor: string, segment: string): Where {
  switch (place) {
    case 1:
      return inArena(setting, actor, segment)
    case 2:
      return inside(setting, actor)
    case 3:
      return unaligned(setting)
    case 4:
      return atTheEdge(setting)
    default:
      return anywhere(setting)
  }
}

/** Rather for code where the owner may run some. */
function accessFlags({ draw, world }: Setting, segment: string): number {
  const mode = world.segments[segment]?.permission.mode ?? 0
  return (
    (draw.chance(20) ? SHM_RDONLY : 0) |
    (draw.chance((mode & 0o100) === 0 ? 4 : 40) ? SHM_EXEC : 0) |
    (draw.chance(2) ? draw.pick([0x8, 0o400000, 0o777, 0o1000]) : 0)
  )
}

const anywhere = ({ draw }: Setting): Where => ({
  address: { base: 'null', offset: 0 },
  flags: draw.chance(90) ? 0 : draw.chance(60) ? SHM_RND : SHM_REMAP,
})

/** Pages of the arena that are used where nothing suggests others. */
const PAGES = 8

/** In the arena: often where it meets another attachment of the actor, or at the same place as another actor's. */
function inArena({ draw, world }: Setting, actor: string, segment: string): Where {
  const { pageSize } = world.facts
  const wanted = world.segments[segment]
  const pages = wanted === undefined ? 1 : mappedPages(wanted, world.facts)
  const process = draw.chance(80) ? actor : (Object.keys(world.processes)[draw.int(2)] ?? actor)
  const met = Object.values(world.processes[process]?.attachments ?? {}).filter(
    ({ at }) => at.base === 'arena',
  )
  const near = draw.chance(70) ? met[draw.int(met.length)] : undefined
  const first = (near?.at.offset ?? 0) / pageSize
  const page =
    near === undefined
      ? draw.int(PAGES)
      : draw.pick([
          first,
          first,
          first + 1,
          first - 1,
          first + near.pages,
          first + near.pages,
          first + near.pages - 1,
          first - pages,
        ])
  return {
    address: { base: 'arena', offset: Math.max(0, page) * pageSize },
    flags: (draw.chance(near === undefined ? 10 : 55) ? SHM_REMAP : 0) | (draw.chance(10) ? SHM_RND : 0),
  }
}

/** At a page of something that the actor has or had attached. */
function inside(setting: Setting, actor: string): Where {
  const { draw, world } = setting
  const attachments = Object.entries(attachmentsOf(world, actor))
  const [variable, attachment] = attachments[draw.int(attachments.length)] ?? []
  if (variable === undefined || attachment === undefined) return anywhere(setting)
  const page = draw.int(Math.min(attachment.pages, PAGES))
  return {
    address: { base: variable, offset: page * world.facts.pageSize },
    flags: (draw.chance(50) ? SHM_REMAP : 0) | (draw.chance(10) ? SHM_RND : 0),
  }
}

/** shmat with SHM_REMAP over pages of an attachment, rather one that has several. */
export function cover(setting: Setting, held: readonly Holding[]): Step | undefined {
  const { draw, world, fresh } = setting
  const { pageSize } = world.facts
  const large = held.filter(({ attachment }) => attachment.pages > 1)
  const holding = aHolding(draw, large.length > 0 && draw.chance(70) ? large : held)
  if (holding === undefined) return undefined
  const { actor, variable, attachment } = holding
  const page = draw.int(Math.min(attachment.pages, PAGES))
  const fitting = Object.keys(world.segments).filter(
    (name) => pagesOf(world.segments[name]?.size ?? 0, pageSize) <= attachment.pages - page,
  )
  const segment = fitting[draw.int(fitting.length)]
  if (segment === undefined)
    return { actor, call: { name: 'shmget', key: 'private', size: 100, flags: 0o600, as: fresh('M') } }
  const address = addressIn(draw, { actor, variable, attachment }, page * pageSize)
  const flags = SHM_REMAP | (draw.chance(15) ? SHM_RDONLY : 0)
  return { actor, call: { name: 'shmat', segment, address, flags, as: fresh('X') } }
}

const unaligned = ({ draw, world }: Setting): Where => ({
  address: {
    base: 'arena',
    offset: draw.int(PAGES) * world.facts.pageSize + draw.pick([1, 100, 2048, world.facts.pageSize - 1]),
  },
  flags: draw.weighted<number>([
    [70, SHM_RND],
    [15, SHM_RND | SHM_REMAP],
    [12, 0],
    [3, SHM_REMAP],
  ]),
})

/** Bare addresses at both ends of the address space. */
const atTheEdge = ({ draw, world }: Setting): Where => ({
  address: {
    base: 'literal',
    offset: draw.pick([5, 1, world.facts.pageSize - 1, -world.facts.pageSize, -2 * world.facts.pageSize]),
  },
  flags: draw.pick([SHM_RND, SHM_RND, 0, 0, SHM_REMAP, SHM_RND | SHM_REMAP]),
})
