import { withEntry, without } from '../records.ts'
import type { AddressArgument } from '../vocabulary/shape.ts'
import { processOf, type World } from '../world.ts'
import { type Attachment, type Attachments, changedAttachment, type Place } from './state.ts'

/** The pages of the arena: nothing but the scenario's attachments is ever there. */
export const ARENA_PAGES = 1024

const none: Attachments = {}

export const attachmentsOf = (world: World, actor: string): Attachments =>
  world.processes[processOf(world, actor)]?.attachments ?? none

/** Where an address argument points when `actor` uses it. */
export function resolve(world: World, actor: string, { base, offset }: AddressArgument): Place {
  if (base === 'null') return { base: 'literal', offset }
  if (base === 'arena') return { base, offset }
  if (world.failed.includes(base)) return { base: 'literal', offset: offset - 1 }
  const at = (attachmentsOf(world, actor)[base] ?? inArena(world, base))?.at
  return at === undefined ? { base, offset } : { base: at.base, offset: at.offset + offset }
}

/** The arena is at the same place in all processes: an attachment there has an address that all know. */
function inArena(world: World, variable: string): Attachment | undefined {
  for (const name in world.processes) {
    const attachment = attachmentsOf(world, name)[variable]
    if (attachment?.at.base === 'arena') return attachment
  }
  return undefined
}

/** Whether the kernel chose where the attachment of this variable lies. */
export const isChosen = (variable: string, { at }: Attachment): boolean =>
  at.base === variable && at.offset === 0

/** The variable of the attachment that maps a page, '' if none does. */
export function holder(attachments: Attachments, base: string, page: number, pageSize: number): string {
  for (const name in attachments) {
    const attachment = attachments[name]
    if (attachment !== undefined && touches(attachment, base, page, 1, pageSize)) return name
  }
  return ''
}

/** Whether the attachment has some of the pages `first`, `first + 1`, … mapped; pages count from `base`. */
export function touches(
  { at, pieces }: Attachment,
  base: string,
  first: number,
  pages: number,
  pageSize: number,
): boolean {
  if (at.base !== base) return false
  const from = first - at.offset / pageSize
  return pieces.some((piece) => from < piece.first + piece.pages && piece.first < from + pages)
}

/**
 * What lies in a range of pages: an attachment in some of them; certainly nothing; or nobody knows, since the range
 * leaves what the scenario has reserved or the kernel may have used it again.
 */
export function contentOf(
  attachments: Attachments,
  base: string,
  first: number,
  pages: number,
  pageSize: number,
): 'taken' | 'free' | 'unknown' {
  for (const name in attachments) {
    const attachment = attachments[name]
    if (attachment !== undefined && touches(attachment, base, first, pages, pageSize)) return 'taken'
  }
  return isWithin(attachments, base, first, pages) && !isOvertaken(attachments, base) ? 'free' : 'unknown'
}

/** Whether all pages lie in the arena, or where the kernel put the attachment that names the base. */
export function isWithin(attachments: Attachments, base: string, first: number, pages: number): boolean {
  if (first < 0) return false
  if (base === 'arena') return first + pages <= ARENA_PAGES
  if (base === 'literal') return first + pages <= 1
  const named = attachments[base]
  return named !== undefined && isChosen(base, named) && first + pages <= named.pages
}

const isOvertaken = (attachments: Attachments, base: string) => attachments[base]?.overtaken === true

/**
 * The attachments after the kernel chose a place for a new one: it may have chosen any pages that are free, so that
 * what lies there is not known any more.
 */
export function overtake(attachments: Attachments, pageSize: number): Attachments {
  let kept = attachments
  for (const name in attachments) {
    const attachment = attachments[name]
    if (attachment === undefined || attachment.at.base === 'arena' || attachment.at.base === 'literal')
      continue
    const { base } = attachment.at
    if (!isHeld(attachments, base)) {
      kept = without(kept, name)
    } else if (isChosen(name, attachment) && hasFreePage(attachments, name, pageSize)) {
      kept = withEntry(kept, name, changedAttachment(attachment, { overtaken: true }))
    }
  }
  return kept
}

const isHeld = (attachments: Attachments, base: string) =>
  Object.values(attachments).some(({ at, pieces }) => at.base === base && pieces.length > 0)

function hasFreePage(attachments: Attachments, base: string, pageSize: number): boolean {
  const whole = attachments[base]?.pages ?? 0
  let mapped = 0
  for (const name in attachments) {
    const attachment = attachments[name]
    if (attachment?.at.base !== base) continue
    const shift = attachment.at.offset / pageSize
    for (const { first, pages } of attachment.pieces)
      mapped += Math.max(0, Math.min(whole, shift + first + pages) - Math.max(0, shift + first))
  }
  return mapped < whole
}
