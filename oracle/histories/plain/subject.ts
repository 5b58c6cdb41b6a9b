import type { Asking } from './ask-model.ts'
import type { Kind } from './kinds.ts'

/** Nothing that comes of the call is what was seen. */
export const NOTHING = 1
/** It comes to something that no plain history has. */
export const ODD = 2
/** Answers begin here. */
export const FIRST = 3

/** What a part of a history is about, while the search goes on: what is done there can be undone, the last first. */
export interface Subject {
  /** One number for each state in which the same calls come to the same. */
  number(): number
  /** NOTHING, ODD, or a way in which the call comes to what was seen. `call`: its index in the history. */
  ask(kind: Kind, call: number, asking: Asking): number
  /** Another one, or NOTHING. */
  more(answer: number): number
  changes(answer: number): boolean
  /** `depth`: how many calls were made before. */
  do(answer: number, call: number, depth: number): void
  undo(answer: number, depth: number): void
}
