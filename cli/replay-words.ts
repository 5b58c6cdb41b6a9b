import type { Family } from '../model/vocabulary/shape.ts'
import { families } from './families.ts'
import { type ProbeOptions, probeWords } from './probe-options.ts'

export interface FindingPlace {
  readonly seed: number
  /** How the scenario is generated again from the seed; empty for one that stands in a file. */
  readonly path: string
  /** Where it was stored; empty if it was not. */
  readonly file: string
}

/** The words that show a finding again: from its file, or generated anew. */
export function findingWords(
  { seed, path, file }: FindingPlace,
  chosen: readonly Family[],
  target: string,
  options: ProbeOptions,
): readonly string[] {
  const some = chosen.length === families.length ? [] : chosen
  const more = probeWords({ ...options, target: target === 'host' ? [] : [target] })
  if (file !== '') return ['replay', file, ...more]
  if (path === '') return ['run', ...some, ...more, '--seed', String(seed)]
  const generated = ['--seed', String(seed), '--path', path]
  return ['replay', ...generated, ...(some.length === 0 ? [] : ['--families', some.join(',')]), ...more]
}
