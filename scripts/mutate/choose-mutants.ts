import { createHash } from 'node:crypto'
import type { Mutant } from './mutant.ts'

/** Those of one file or folder, if any is named. */
export const only = (mutants: readonly Mutant[], path: string | undefined): readonly Mutant[] =>
  path === undefined
    ? mutants
    : mutants.filter(({ file }) => file === path || file.startsWith(path.replace(/\/*$/, '/')))

/** `count` of them, which depend on the seed and on their names alone, in their own order. */
export function sample(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const place = ({ name }: Mutant) => createHash('sha256').update(`${seed} ${name}`).digest('hex')
  const places = new Map(mutants.map((mutant) => [mutant, place(mutant)]))
  const chosen = [...mutants].sort((a, b) => ((places.get(a) ?? '') < (places.get(b) ?? '') ? -1 : 1))
  const kept = new Set(chosen.slice(0, count))
  return mutants.filter((mutant) => kept.has(mutant))
}
