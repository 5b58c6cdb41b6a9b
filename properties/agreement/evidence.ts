import { isDown } from '../../harness/problems.ts'
import { initialWorld } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { posixSays } from '../../oracle/wider.ts'
import { createBroken, openWay } from './broken.ts'
import type { Progress, RunOptions } from './campaign-options.ts'
import type { Judged } from './hands/hand.ts'
import { investigate } from './investigate.ts'
import type { Batch } from './lane.ts'
import { settleBroken } from './settle-broken.ts'
import type { Sourced } from './source.ts'
import { createSpectrum } from './spectrum.ts'
import { createSuspects } from './suspects.ts'
import { createTally, type RuleCounts } from './tally.ts'

/** Where a target runs scenarios, as its first probe says. */
export interface Place {
  readonly header: TraceHeader
  readonly start: World
}

/** What a run has seen of a target so far, and what it makes of that in the end. */
export interface Evidence {
  /** A probe answers: with the first one the clock starts, and its place is the run's. */
  connected(header: TraceHeader): Place
  /** Undefined before the first probe. */
  place(): Place | undefined
  /** Since the first probe, or as long as there is none. */
  seconds(): number
  scenarios(): number
  /** Scenarios that did not conform. */
  suspects(): number
  /** Rules that are accused of so many deviations or more. */
  accused(times: number): readonly string[]
  /** Judges a recording, and answers the verdict. */
  receive(sourced: Sourced, recording: Recording, from: TraceHeader): Judgement['verdict']
  /** What a hand judged; what it handed out is also received. */
  judged(judged: Judged): void
  /** What a hand counted. */
  merge(counts: RuleCounts): void
  /** What kept the harness from working: a sentence, and how the probe failed where no scenario does it again. */
  problem(message: string, failure?: Error): void
  /** Probes fail while they run this scenario. */
  broke(batch: Batch, failure: Error): void
  /** `share` is 0…1 of what the run has to do; more is no more than 1. */
  progress(phase: Progress['phase'], share: number): void
  /** Settles what did not conform, and says what came of the run; `share` as in `progress`. */
  conclude(share: number): Promise<TargetRecord>
}

export function createEvidence(options: RunOptions): Evidence {
  const tally = createTally()
  const suspects = createSuspects()
  const spectrum = createSpectrum(tally.counts(), options.avoid, options.symptoms)
  const errors = new Set<string>()
  const mishaps = new Set<string>()
  const broken = createBroken()
  let began = performance.now()
  let place: Place | undefined
  let scenarios = 0
  /** Judged by hands. */
  let steps = 0

  const seen = () => ({
    scenarios,
    steps: steps + tally.steps(),
    seconds: (performance.now() - began) / 1000,
  })
  const progress = (phase: Progress['phase'], share: number) =>
    options.onProgress({ ...seen(), share: Math.min(1, share), deviations: suspects.count(), phase })

  return {
    connected(header) {
      if (place === undefined) {
        began = performance.now()
        place = { header, start: initialWorld(factsOf(header), rootActors) }
      }
      return place
    },
    place: () => place,
    seconds: () => seen().seconds,
    scenarios: () => scenarios,
    suspects: suspects.count,
    accused: (times) =>
      suspects
        .groups(spectrum)
        .filter(({ seen, suspects }) => seen >= times && suspects[0]?.judgement.verdict === 'deviates')
        .map(({ key }) => key),
    receive(sourced, recording, from) {
      scenarios++
      const judgement = judge(recording, from, options.profile, sourced.foresight)
      tally.add(judgement)
      spectrum.add(judgement)
      if (judgement.verdict !== 'conforms') {
        const posix = posixSays(recording, from, options.profile, judgement)
        suspects.add({ sourced, recording, judgement, ...(posix === undefined ? {} : { posix }) })
      }
      return judgement.verdict
    },
    judged(judged) {
      scenarios += judged.scenarios - judged.odd.length
      steps += judged.steps
    },
    merge: tally.merge,
    problem: (message, failure) => void (isDown(failure) ? mishaps : errors).add(message),
    broke: broken.add,
    progress,
    async conclude(share) {
      const ran = seen()
      if (suspects.count() > 0 || broken.ways().length > 0) progress('shrinking', share)
      const ways = broken.ways()
      const investigation = place === undefined ? undefined : { ...options, ...place, spectrum }
      const found =
        investigation === undefined
          ? { deviations: [], inconclusive: [], errors: [], mishaps: [] }
          : await investigate(suspects.groups(spectrum), investigation)
      const settled =
        investigation === undefined
          ? { deviations: [], inconclusive: ways.map(openWay), mishaps: [] }
          : await settleBroken(ways, investigation)
      const happened = [...[...mishaps].map((reason) => ({ reason })), ...found.mishaps, ...settled.mishaps]
      return {
        name: options.target,
        kernel: place?.header.kernel ?? 'unknown',
        libc: place?.header.libc ?? 'unknown',
        arch: place?.header.arch ?? 'unknown',
        conditions: place === undefined ? [] : conditionsOf(place.header),
        ...ran,
        rules: tally.summary(),
        ...found,
        deviations: [...settled.deviations, ...found.deviations],
        inconclusive: [...settled.inconclusive, ...found.inconclusive],
        errors: [...errors, ...found.errors],
        ...(happened.length === 0 ? {} : { mishaps: happened }),
      }
    },
  }
}

const conditionsOf = ({ identity }: TraceHeader): readonly string[] => [
  `actors run as uid ${identity.uid}, gid ${identity.gid}, without capabilities until they become somebody else`,
]
