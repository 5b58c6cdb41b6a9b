import { canonicalKey } from '../../model/canonical.ts'
import type { Corpus } from './corpus.ts'
import {
  type Answer,
  type Case,
  caseCount,
  type Documented,
  failureOf,
  isPosix,
  openBench,
  type Question,
} from './judging.ts'
import type { Compiled } from './load-graph.ts'

/** A question that the judge asked, what the model as it is answered, and where that mattered. */
export interface Asked {
  readonly question: Question
  readonly answer: Answer
  /** Some of the cases in which it was asked. */
  readonly cases: Case[]
  /** How often regions were reached in answering it. */
  readonly hits: number
}

/** What the model as it is says about the evidence. */
export interface Baseline {
  /** Cases that do not conform, with what the judge said; no mutant is tried with them. */
  readonly odd: readonly { readonly at: Case; readonly reason: string }[]
  /** The questions that reach one of the regions, those in profile linux first. */
  reaching(regions: readonly number[]): readonly Asked[]
  /** The cases in which the judge reaches one of the regions by itself, without asking what is allowed. */
  beside(regions: readonly number[]): readonly Case[]
  /** The named scenarios that reach one of the regions. */
  named(regions: readonly number[]): readonly Documented[]
  /** The unit tests that reach one of the regions: their places in their files, the quickest first. */
  tests(regions: readonly number[]): readonly TestPlace[]
  /** How often regions were reached in judging the case, by itself or in answers. */
  hits(at: Case): number
}

export interface TestPlace {
  readonly file: string
  readonly at: number
  readonly hits: number
}

/** Tests that reach regions more often than this are left out: they take seconds. */
const LONG_TEST = 6_000_000
/** So many cases of a question are kept; they are alike up to there. */
const CASES_MAX = 4
/** So many questions of each profile are asked about one region, and so many cases judged. */
const QUESTIONS_MAX = 2500
const BESIDE_MAX = 300

/** Judges the whole corpus with modules that report each region they reach, of `count` regions besides 0. */
export function baselineOf(
  compiled: Compiled,
  count: number,
  corpus: Corpus,
  library: readonly Documented[],
  testFiles: readonly string[],
  beat: () => void,
): Baseline {
  const places = () => Array.from({ length: count + 1 }, () => [] as number[])
  const [byQuestion, byCase, byName, byTest] = [places(), places(), places(), places()]
  const asked = new Map<string, number>()
  const all: Asked[] = []
  const odd: { at: Case; reason: string }[] = []
  const last = new Int32Array(count + 1).fill(-1)
  let stamp = 0
  let hits = 0
  let regions: number[] = []
  const hit = (region: number) => {
    hits++
    if (last[region] === stamp) return
    last[region] = stamp
    regions.push(region)
  }
  /** Runs `act`, and tells which regions it reached, and how often any. */
  const watch = <T>(act: () => T): readonly [T, readonly number[], number] => {
    const outer = { stamp, regions }
    const before = hits
    stamp = ++stamps
    regions = [0]
    try {
      const done = act()
      return [done, regions, hits - before]
    } finally {
      ;({ stamp, regions } = outer)
    }
  }
  let stamps = 0
  let now: Case = 0
  const byHits = new Float64Array(caseCount(corpus))
  let isReading = false
  const bench = openBench(compiled, corpus, hit, (question, ask) => {
    if (isReading) return ask()
    const { world, actor, call, profile } = question
    const key = `${canonicalKey(world)} ${actor} ${canonicalKey(call)} ${question.now} ${profile.name}`
    const known = asked.get(key)
    if (known !== undefined) {
      const cases = all[known]?.cases
      if (cases !== undefined && cases.length < CASES_MAX && !cases.includes(now)) cases.push(now)
      return ask()
    }
    const [answer, reached, count] = watch(ask)
    asked.set(key, all.length)
    for (const region of reached) byQuestion[region]?.push(all.length)
    all.push({ question, answer, cases: [now], hits: count })
    return answer
  })
  if (typeof bench === 'string') throw new Error(`The model ${bench}`)
  const early = new Set(regions)
  for (now = 0; now < caseCount(corpus); now++) {
    const [reason, reached, count] = watch(() => bench.judge(now))
    byHits[now] = count
    if (reason === '') for (const region of reached) byCase[region]?.push(now)
    else odd.push({ at: now, reason })
    beat()
  }
  isReading = true
  for (const [at, named] of library.entries()) {
    const [reason, reached] = watch(() => bench.read(named))
    if (reason === '') for (const region of reached) byName[region]?.push(at)
    beat()
  }
  const tests: (TestPlace & { readonly time: number })[] = []
  for (const file of testFiles) {
    const [declared, needed] = watch(() => bench.testsIn(file))
    if (typeof declared === 'string') continue
    for (const [at, test] of declared.entries()) {
      const began = performance.now()
      const [reason, reached, count] = watch(() => failureOf(test))
      const time = performance.now() - began
      beat()
      if (reason !== '' || count > LONG_TEST) continue
      for (const region of new Set([...needed, ...reached])) byTest[region]?.push(tests.length)
      tests.push({ file, at, time, hits: count })
    }
  }
  const bad = new Set(odd.map(({ at }) => at))
  const isGood = ({ cases }: Asked) => cases.every((at) => !bad.has(at))
  /** What is reached when a module is loaded matters anywhere. */
  const wide = (wanted: readonly number[]) => (wanted.some((region) => early.has(region)) ? [0] : wanted)
  const sorted = new Map<string, readonly Asked[]>()
  return {
    odd,
    reaching(regions) {
      const known = sorted.get(regions.join())
      if (known !== undefined) return known
      const here = itemsIn(byQuestion, all, wide(regions)).filter(isGood)
      const of = (name: string) => here.filter(({ question }) => question.profile.name === name)
      const list = [...spread(of('linux'), QUESTIONS_MAX), ...spread(of('posix'), QUESTIONS_MAX)]
      sorted.set(regions.join(), list)
      return list
    },
    beside(regions) {
      const here = wide(regions).includes(0) ? [] : placesIn(byCase, regions)
      return [
        ...spread(
          here.filter((at) => !isPosix(at)),
          BESIDE_MAX,
        ),
        ...spread(here.filter(isPosix), BESIDE_MAX),
      ]
    },
    tests: (regions) => itemsIn(byTest, tests, wide(regions)).sort((a, b) => a.time - b.time),
    named: (regions) => itemsIn(byName, library, wide(regions)),
    hits: (at) => byHits[at] ?? 0,
  }
}

/** What is listed under one of the regions, in order. */
const placesIn = (lists: readonly (readonly number[])[], regions: readonly number[]): readonly number[] =>
  regions.length === 1
    ? (lists[regions[0] ?? 0] ?? [])
    : [...new Set(regions.flatMap((region) => lists[region] ?? []))].sort((a, b) => a - b)

const itemsIn = <T>(
  lists: readonly (readonly number[])[],
  items: readonly T[],
  regions: readonly number[],
): T[] => placesIn(lists, regions).flatMap((at) => items[at] ?? [])

/** At most `count` of the items, from everywhere in the list, neighbours far from each other. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const { length } = items
  const kept = Math.min(count, length)
  const places = Array.from({ length: kept }, (_, at) => Math.floor((at * length) / kept))
  const turn = (at: number) => (at * 0.618034) % 1
  return places
    .map((place, at) => [turn(at), items[place]] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item as T)
}
