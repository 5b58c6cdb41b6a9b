import { rootActors } from '../../model/vocabulary/scenario.ts'

/** The bit of a root actor in a set of them; 0 for any other value. `-B`, the process group of B, counts as B. */
export function rootBit(name: unknown): number {
  if (typeof name !== 'string') return 0
  const letter = name.charCodeAt(0) === MINUS ? 1 : 0
  if (name.length !== letter + 1) return 0
  const root = name.charCodeAt(letter) - FIRST
  return root >= 0 && root < rootActors.length ? 1 << root : 0
}

/** The root actors of a set, in order. */
export const rootsOf = (bits: number): readonly string[] => subsets[bits] ?? []

const MINUS = '-'.charCodeAt(0)
const FIRST = rootActors[0].charCodeAt(0)

const subsets: readonly (readonly string[])[] = Array.from({ length: 1 << rootActors.length }, (_, bits) =>
  rootActors.filter((_, root) => (bits & (1 << root)) !== 0),
)
