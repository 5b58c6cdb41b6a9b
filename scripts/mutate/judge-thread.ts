import { parentPort, workerData } from 'node:worker_threads'
import type { Corpus } from './corpus.ts'
import { type Difference, differenceOf } from './difference.ts'
import { type Case, judgeWith } from './judging.ts'
import { compileAll, compileOne } from './load-graph.ts'

export interface ThreadData {
  readonly scripts: ReadonlyMap<string, string>
  readonly corpus: Corpus
  /** A case that reaches more regions than these does not end. */
  readonly most: number
  /** Counts the cases judged, so that who waits can tell slow from stuck. */
  readonly pulse: SharedArrayBuffer
}

/** One file of the graph replaced, and the cases to judge with it. */
export interface Trial {
  readonly file: string
  readonly script: string
  readonly cases: readonly Case[]
}

/** The first case that does not conform; none of them: -1. */
export interface Answer {
  readonly killedBy: Case | -1
  readonly isEndless: boolean
  readonly reason: string
  /** Of a mutant that survived. */
  readonly difference: Difference
}

const { scripts, corpus, most, pulse } = workerData as ThreadData
const compiled = compileAll(scripts)
const beat = new Int32Array(pulse)
let hits = 0

const hit = () => {
  hits++
  if (hits > most) throw new Error(`does not end after ${most} regions`)
}

parentPort?.on('message', ({ file, script, cases }: Trial) => {
  const mutated = new Map(compiled).set(file, compileOne(file, script))
  const odd = firstOdd(judgeWith(mutated, corpus, hit), cases)
  hits = Number.NEGATIVE_INFINITY
  parentPort?.postMessage(
    odd ?? { ...survived, difference: differenceOf([compiled, mutated], corpus, hit, cases) },
  )
})

const survived: Answer = { killedBy: -1, isEndless: false, reason: '', difference: 'none' }

function firstOdd(judge: (at: Case) => string, cases: readonly Case[]): Answer | undefined {
  for (const at of cases) {
    hits = 0
    const reason = judge(at)
    Atomics.add(beat, 0, 1)
    if (reason !== '') return { ...survived, killedBy: at, isEndless: hits > most, reason }
  }
  return undefined
}
