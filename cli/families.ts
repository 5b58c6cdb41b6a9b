import type { Family } from '../model/vocabulary/shape.ts'
import { choose } from './choices.ts'

/** The families that can be tested, in the order in which they are. */
export const families = ['semaphores', 'messages', 'shared-memory', 'processes'] as const satisfies Family[]

/** The families of these names, each once and in order; all of them where none is named. */
export function chooseFamilies(words: readonly string[], command: string): readonly Family[] {
  const choices = families.map((name) => ({ name }))
  const named = new Set(words.map((word) => choose('family', word, choices, command).name))
  return named.size === 0 ? families : families.filter((family) => named.has(family))
}
