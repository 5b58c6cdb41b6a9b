import { bytesOfString } from '../strace/arguments.ts'

/** A message as the trace tells it. */
export interface Message {
  readonly type: number
  readonly size: number
  readonly fill: number
  readonly overwritten: boolean
  /** As the trace writes it, perhaps cut. */
  readonly text: string
  /** Stands for type, size and text. */
  readonly print: number
}

export const bytesOf = (messages: readonly Message[]) => messages.reduce((sum, { size }) => sum + size, 0)

/** 32 bits that stand for a text. */
export function printOf(text: string): number {
  let print = 0x811c9dc5
  for (let at = 0; at < text.length; at++) print = Math.imul(print ^ text.charCodeAt(at), 0x01000193)
  return print >>> 0
}

/** What a message adds to the print of a queue where it stands: equal queues have equal prints. */
export const placed = ({ print }: Message, place: number) =>
  ((Math.imul(print ^ (place * 0x9e3779b1), 0x85ebca6b) >>> 0) * 0x1fffff + print) % 2 ** 47

export const PRINTS = 2 ** 47

/** Whether both begin alike: the trace may cut them, and shows more of a buffer than what was received. */
export function sameText(a: string, b: string, length: number): boolean {
  if (a === b) return true
  const [left, right] = [bytesOfString(a), bytesOfString(b)]
  if (left === undefined || right === undefined) return true
  const both = Math.min(length, left.length, right.length)
  return left.slice(0, both).every((byte, at) => byte === right[at])
}
