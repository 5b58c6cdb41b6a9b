import type { Permission, Stamp } from '../permission.ts'
import type { Long } from '../vocabulary/shape.ts'

/** `shm_nattch` is no field: it is counted from the attachments of all processes. */
export interface Segment {
  /** The key is 0 from IPC_RMID on. */
  readonly permission: Permission
  /** Bytes, as asked for: not rounded. */
  readonly size: Long
  /** What is not 0, by offset in bytes; the tail of the last page is memory too. */
  readonly contents: Readonly<Record<string, number>>
  /** Whether it is made of huge pages, and whether some were set aside for it. */
  readonly backing: 'ordinary' | 'huge' | 'huge, unreserved'
  /** `pending`: removed, but attached somewhere; `id gone`: moreover the identifier is no longer valid. */
  readonly removal: 'none' | 'pending' | 'id gone'
  readonly locked: boolean
  readonly cpid: string
  /** The process of the last attach or detach; '' is none. */
  readonly lpid: string
  readonly atime: Stamp
  readonly dtime: Stamp
  readonly ctime: Stamp
}

/** The segment with some of its fields changed. */
export const changedSegment = (segment: Segment, change: Partial<Segment>): Segment => ({
  permission: change.permission ?? segment.permission,
  size: segment.size,
  contents: change.contents ?? segment.contents,
  backing: segment.backing,
  removal: change.removal ?? segment.removal,
  locked: change.locked ?? segment.locked,
  cpid: segment.cpid,
  lpid: change.lpid ?? segment.lpid,
  atime: change.atime ?? segment.atime,
  dtime: change.dtime ?? segment.dtime,
  ctime: change.ctime ?? segment.ctime,
})

/**
 * What a process attached, by the variable that received the address. What was detached stays, without pieces, as
 * long as it is known what lies at its address.
 */
export type Attachments = Readonly<Record<string, Attachment>>

export interface Attachment {
  /** The name of the segment; '' is other memory, whose bytes are 0 and can only be read. */
  readonly segment: string
  readonly at: Place
  /** The pages that the segment has; its attachment may have lost some. */
  readonly pages: number
  /** Whether its pages can be made writable. */
  readonly writable: boolean
  /** What of it is mapped, in ascending order. */
  readonly pieces: readonly Piece[]
  /** Some of its pages were unmapped, or taken by something else. */
  readonly replaced: boolean
  /** It is elsewhere now, under another variable. */
  readonly moved: boolean
  /** The kernel may since have put another attachment where this one left pages free. */
  readonly overtaken: boolean
}

/** The attachment with some of its fields changed. */
export const changedAttachment = (attachment: Attachment, change: Partial<Attachment>): Attachment => ({
  segment: attachment.segment,
  at: change.at ?? attachment.at,
  pages: change.pages ?? attachment.pages,
  writable: attachment.writable,
  pieces: change.pieces ?? attachment.pieces,
  replaced: change.replaced ?? attachment.replaced,
  moved: change.moved ?? attachment.moved,
  overtaken: change.overtaken ?? attachment.overtaken,
})

/**
 * A virtual address: `offset` bytes from the arena, from where the kernel put the attachment of a variable, or
 * (`literal`) from 0. Different bases are unrelated: their distance is not known.
 */
export interface Place {
  readonly base: string
  readonly offset: number
}

/** Successive mapped pages, counted from the beginning of the attachment. */
export interface Piece {
  readonly first: number
  readonly pages: number
  /** PROT_READ, PROT_WRITE and, with SHM_EXEC, PROT_EXEC. */
  readonly protection: number
  /** Whether a forked child has it, too. */
  readonly forks: boolean
}

/** The piece with some of its fields changed. */
export const changedPiece = (piece: Piece, change: Partial<Piece>): Piece => ({
  first: change.first ?? piece.first,
  pages: change.pages ?? piece.pages,
  protection: change.protection ?? piece.protection,
  forks: change.forks ?? piece.forks,
})
