import type { Outcome } from '../../model/outcomes.ts'
import type { Corpus } from './corpus.ts'
import { type Case, isPosix, judgeWith } from './judging.ts'
import type { Compiled, Hit } from './load-graph.ts'

/**
 * Where a mutant that survived allows something else than the model: `linux` too, only in profile `posix`, or in
 * none of the cases.
 */
export type Difference = 'linux' | 'posix' | 'none'

/** Cases of each profile that are compared at most. */
const CASES = 300

/** Compares all that both graphs allow, step by step, not only what was seen. */
export function differenceOf(
  graphs: readonly [Compiled, Compiled],
  corpus: Corpus,
  hit: Hit,
  cases: readonly Case[],
): Difference {
  const said: [string[], string[]] = [[], []]
  const judges = graphs.map((graph, at) =>
    judgeWith(graph, corpus, hit, (outcomes) => said[at]?.push(textOf(outcomes))),
  )
  const isDifferent = (at: Case) => {
    for (const texts of said) texts.length = 0
    for (const judge of judges) judge(at)
    return said[0].join() !== said[1].join()
  }
  const some = (profile: (at: Case) => boolean) => cases.filter(profile).slice(0, CASES).some(isDifferent)
  if (some((at) => !isPosix(at))) return 'linux'
  return some(isPosix) ? 'posix' : 'none'
}

const textOf = (outcomes: readonly Outcome[]): string =>
  outcomes
    .map(({ world, events }) =>
      JSON.stringify([world, events], (_, value) => (typeof value === 'bigint' ? `${value}n` : value)),
    )
    .sort()
    .join('\n')
