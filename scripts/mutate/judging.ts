import type { Outcome } from '../../model/outcomes.ts'
import { linux, posix } from '../../model/profile.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Corpus } from './corpus.ts'
import { type Compiled, type Hit, openGraph } from './load-graph.ts'

/** The modules that judge; what they import is the graph that is mutated. */
export const JUDGE = 'oracle/judge.ts'

const OUTCOMES = 'model/outcomes.ts'

/** Recording n in profile linux is case 2n, in profile posix 2n + 1. */
export type Case = number

export const caseCount = ({ recordings }: Corpus): number => 2 * recordings.length
export const recordingOf = (at: Case): number => at >> 1
export const isPosix = (at: Case): boolean => (at & 1) === 1

/**
 * Judges with one graph: why the case does not conform, or ''. Errors of the graph are its answer, never thrown. What
 * the model allows at each step is told to `hear`.
 */
export function judgeWith(
  compiled: Compiled,
  { header, recordings }: Corpus,
  hit: Hit,
  hear?: (allowed: readonly Outcome[]) => void,
): (at: Case) => string {
  let judge: typeof import('../../oracle/judge.ts').judge
  try {
    const load = openGraph(compiled, hit)
    if (hear !== undefined) listen(load(OUTCOMES) as unknown as Asked, hear)
    judge = load(JUDGE).judge as typeof judge
  } catch (error) {
    return () => `does not load: ${error}`
  }
  return (at) => {
    const recording = recordings[recordingOf(at)]
    if (recording === undefined) return 'there is no such recording'
    try {
      return reasonOf(judge(recording, header, isPosix(at) ? posix : linux))
    } catch (error) {
      return `${error}`
    }
  }
}

interface Asked {
  outcomes: typeof import('../../model/outcomes.ts').outcomes
}

function listen(model: Asked, hear: (allowed: readonly Outcome[]) => void): void {
  const { outcomes } = model
  model.outcomes = (...asked) => {
    const allowed = outcomes(...asked)
    hear(allowed)
    return allowed
  }
}

/** How the reason of a deviation begins. */
export const DEVIATES = 'deviates: '

function reasonOf({ verdict, deviations, reason }: Judgement): string {
  if (verdict === 'conforms') return ''
  return verdict === 'deviates' ? `${DEVIATES}${deviations[0]?.rule}` : reason
}
