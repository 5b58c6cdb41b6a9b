import type { Long } from '../model/vocabulary/shape.ts'
import type { World } from '../model/world.ts'
import type { TraceHeader } from './trace/trace.ts'

/** Numbers are exact up to 2^53, and so are the offsets of the model. */
export const distance = (from: Long, to: Long): Long =>
  typeof from === 'number' && typeof to === 'number' ? to - from : BigInt(to) - BigInt(from)

/**
 * Whether the attachment that a variable names shares a page with another one of its process, in the world after the
 * step and where the kernel has put them. `addresses`: by the variables whose address was seen.
 */
export function isTaken(
  variable: string,
  addresses: Readonly<Record<string, Long>>,
  world: World,
  { arena, pageSize }: Pick<TraceHeader, 'arena' | 'pageSize'>,
): boolean {
  const pagesOf = ({ at, pieces }: Attachment): readonly Range[] => {
    const base = at.base === 'arena' ? arena : addresses[at.base]
    if (base === undefined) return []
    return pieces.map(({ first, pages }) => ({
      from: Number(distance(-at.offset, base)) + first * pageSize,
      bytes: pages * pageSize,
    }))
  }
  return Object.values(world.processes).some(({ attachments }) => {
    const mine = attachments[variable]
    if (mine === undefined) return false
    const others = Object.entries(attachments).flatMap(([name, each]) =>
      name === variable ? [] : pagesOf(each),
    )
    return pagesOf(mine).some((page) => others.some((other) => areCommon(page, other)))
  })
}

type Attachment = World['processes'][string]['attachments'][string]

interface Range {
  readonly from: number
  readonly bytes: number
}

const areCommon = (one: Range, other: Range) =>
  one.from < other.from + other.bytes && other.from < one.from + one.bytes
