import { linux, posix } from '../../model/profile.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Corpus } from './corpus.ts'
import { type Compiled, type Hit, loadGraph } from './load-graph.ts'

/** The modules that judge; what they import is the graph that is mutated. */
export const JUDGE = 'oracle/judge.ts'

/** Recording n in profile linux is case 2n, in profile posix 2n + 1. */
export type Case = number

export const caseCount = ({ recordings }: Corpus): number => 2 * recordings.length
export const recordingOf = (at: Case): number => at >> 1
export const isPosix = (at: Case): boolean => (at & 1) === 1

/** Judges with one graph: why the case does not conform, or ''. Errors of the graph are its answer, never thrown. */
export function judgeWith(
  compiled: Compiled,
  { header, recordings }: Corpus,
  hit: Hit,
): (at: Case) => string {
  let judge: typeof import('../../oracle/judge.ts').judge
  try {
    judge = loadGraph(compiled, JUDGE, hit).judge as typeof judge
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

/** How the reason of a deviation begins. */
export const DEVIATES = 'deviates: '

function reasonOf({ verdict, deviations, reason }: Judgement): string {
  if (verdict === 'conforms') return ''
  return verdict === 'deviates' ? `${DEVIATES}${deviations[0]?.rule}` : reason
}
