import { parentPort, workerData } from 'node:worker_threads'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { differenceOf, likenessOf } from './answers.ts'
import { type Asked, type Baseline, baselineOf } from './baseline.ts'
import type { Corpus } from './corpus.ts'
import { type Documented, failureOf, openBench, recordingOf } from './judging.ts'
import { compileAll, withFile } from './load-graph.ts'
import type { UnitTest } from './tests/collect.ts'

export interface ThreadData {
  readonly scripts: ReadonlyMap<string, string>
  /** How many regions the scripts have. */
  readonly regions: number
  readonly corpus: Corpus
  readonly library: readonly Documented[]
  /** Files with unit tests of the model. */
  readonly testFiles: readonly string[]
  /** Counts what was done, so that who waits can tell slow from stuck. */
  readonly pulse: SharedArrayBuffer
}

/** One file of the graph replaced; it matters where one of the regions is reached. */
export interface Trial {
  readonly file: string
  readonly script: string
  readonly regions: readonly number[]
}

/**
 * What came of a trial. `killed`: a recording contradicts it; `misread`: a named scenario, `untrue`: a unit test does; `silent`: no answer of the model changed; `cites`: only the rules that it names;
 * `linux`, `posix`: in this profile it allows something else, or remembers it, but what was seen fits.
 */
export interface Finding {
  readonly is:
    | 'killed'
    | 'endless'
    | 'misread'
    | 'untrue'
    | 'unreached'
    | 'silent'
    | 'cites'
    | 'linux'
    | 'posix'
  /** Why it was killed; where its answer differs first, if it was not. */
  readonly reason: string
}

/** What a thread says once it knows what the model as it is makes of the evidence. */
export interface Ready {
  readonly odd: Baseline['odd']
}

/** What reaches so many times more regions than it takes the model, and then so many, does not end. */
const LONGER = 20
const SLACK = 100_000
/** More than reading a named scenario takes. */
const READING = 1_000_000
/** So many of the last questions that told a mutant of a file are asked first about the next. */
const TELLING = 12

const { scripts, regions, corpus, library, testFiles, pulse } = workerData as ThreadData
const beat = new Int32Array(pulse)
const beats = () => void Atomics.add(beat, 0, 1)
const compiled = compileAll(scripts)
const baseline = baselineOf(compiled, regions, corpus, library, testFiles, beats)
const telling = new Map<string, readonly Asked[]>()
let hits = 0
let most = SLACK

const hit = () => {
  hits++
  if (hits > most) throw new Error(`does not end after ${most} regions`)
}

parentPort?.on('message', (trial: Trial) => parentPort?.postMessage(findingOf(trial)))
parentPort?.postMessage({ odd: baseline.odd } satisfies Ready)

function findingOf({ file, script, regions: places }: Trial): Finding {
  hits = 0
  most = SLACK
  const bench = openBench(withFile(compiled, file, script), corpus, hit)
  if (typeof bench === 'string') return { is: 'killed', reason: bench }
  const questions = baseline.reaching(places)
  const cases = baseline.beside(places)
  const named = baseline.named(places)
  const tests = baseline.tests(places)
  if (questions.length + cases.length + named.length + tests.length === 0)
    return { is: 'unreached', reason: '' }
  const killed = (reason: string): Finding => ({ is: hits > most ? 'endless' : 'killed', reason })
  const known = telling.get(file) ?? []
  const judged = new Set<number>()
  let found: Finding = { is: 'silent', reason: '' }
  for (const asked of inOrder(questions, known)) {
    const answer = timed(asked.hits, () => bench.ask(asked.question))
    const likeness = likenessOf(asked.answer, answer)
    if (likeness === 'same') continue
    if (likeness === 'cites') {
      if (found.is === 'silent') found = { is: 'cites', reason: placeOf(asked) }
      continue
    }
    if (found.is !== 'linux' && found.is !== 'posix')
      found = {
        is: asked.question.profile.name,
        reason: `${differenceOf(asked.answer, answer)}\n${placeOf(asked)}`,
      }
    for (const at of asked.cases) {
      if (judged.has(at)) continue
      judged.add(at)
      const reason = timed(baseline.hits(at), () => bench.judge(at))
      if (reason === '') continue
      telling.set(file, [asked, ...known.filter((each) => each !== asked)].slice(0, TELLING))
      return killed(reason)
    }
  }
  for (const at of cases) {
    const reason = timed(baseline.hits(at), () => bench.judge(at))
    if (reason !== '') return killed(reason)
  }
  for (const each of named) {
    const reason = timed(READING, () => bench.read(each))
    if (reason !== '') return { is: 'misread', reason }
  }
  const declared = new Map<string, readonly UnitTest[] | string>()
  for (const { file: testFile, at, hits: usual } of tests) {
    const here = declared.get(testFile) ?? timed(SLACK, () => bench.testsIn(testFile))
    declared.set(testFile, here)
    if (typeof here === 'string') return { is: 'untrue', reason: `${testFile} ${here}` }
    const test = here[at]
    const reason = test === undefined ? 'declares other tests' : timed(usual, () => failureOf(test))
    if (reason !== '') return { is: 'untrue', reason: `${testFile}: ${reason}` }
  }
  return found
}

/** Does what reaches so many regions usually. */
function timed<T>(usual: number, act: () => T): T {
  hits = 0
  most = LONGER * usual + SLACK
  beats()
  return act()
}

/** First what told neighbours apart. */
function inOrder(questions: readonly Asked[], known: readonly Asked[]): readonly Asked[] {
  const able = new Set(questions)
  const first = known.filter((asked) => able.has(asked))
  const early = new Set(first)
  return [...first, ...questions.filter((asked) => !early.has(asked))]
}

/** The steps of a recording up to the question. */
function placeOf({ question, cases }: Asked): string {
  const recording = corpus.recordings[recordingOf(cases[0] ?? -1)]
  return (recording?.scenario.steps.slice(0, question.now) ?? []).map(printStep).join('\n')
}
