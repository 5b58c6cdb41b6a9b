import type { Corpus } from './corpus.ts'
import { type Case, caseCount, judgeWith } from './judging.ts'
import { compileAll } from './load-graph.ts'

/** What the model as it is says about the corpus. */
export interface Baseline {
  /** Cases that do not conform, with what the judge said; no mutant is tried with them. */
  readonly odd: readonly { readonly at: Case; readonly reason: string }[]
  /** The cases that reach a region, the quickest first. */
  reaching(region: number): readonly Case[]
  /** The most regions that one case reached, each as often as it did. */
  readonly most: number
}

/** Judges the whole corpus with scripts that report each region they reach, of `count` regions besides 0. */
export async function baselineOf(
  scripts: ReadonlyMap<string, string>,
  count: number,
  corpus: Corpus,
  stop: AbortSignal,
): Promise<Baseline> {
  const cases = caseCount(corpus)
  const reached = Array.from({ length: count + 1 }, () => [] as Case[])
  const last = new Int32Array(count + 1).fill(-1)
  const times = new Float64Array(cases)
  const odd: { at: Case; reason: string }[] = []
  let now = -1
  let regions: number[] = []
  let hits = 0
  let most = 0
  const hit = (region: number) => {
    hits++
    if (last[region] === now) return
    last[region] = now
    regions.push(region)
  }
  const judge = judgeWith(compileAll(scripts), corpus, hit)
  for (let at = 0; at < cases && !stop.aborted; at++) {
    if (at % 64 === 0) await new Promise(setImmediate)
    now = at
    regions = [0]
    hits = 0
    const began = performance.now()
    const reason = judge(at)
    times[at] = performance.now() - began
    most = Math.max(most, hits)
    if (reason === '') for (const region of regions) reached[region]?.push(at)
    else odd.push({ at, reason })
  }
  const quickest = (list: readonly Case[]) => [...list].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const sorted = new Map<number, readonly Case[]>()
  return {
    odd,
    reaching(region) {
      const known = sorted.get(region) ?? quickest(reached[region] ?? [])
      sorted.set(region, known)
      return known
    },
    most,
  }
}
