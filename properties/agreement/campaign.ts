import { initialWorld } from '../../model/initial.ts'
import { fittedScenario } from '../../model/vocabulary/fitted.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import { createBatches } from './batches.ts'
import { createBroken } from './broken.ts'
import type { CampaignOptions, Progress } from './campaign-options.ts'
import type { Hand } from './hands/hand.ts'
import { handCount, startHands } from './hands/hand-work.ts'
import { investigate } from './investigate.ts'
import { BATCH, runLane, UNDER_WAY } from './lane.ts'
import { isPossibleOn, isSlow, type Origin, type Sourced, sourcedOf } from './source.ts'
import { createSpectrum } from './spectrum.ts'
import { createSuspects } from './suspects.ts'
import { createTally } from './tally.ts'

/** Probes for scenarios that wait for the clock; they sleep most of the time. */
const SLOW_LANES = 12
/** How much longer than its budget a run may take for the named scenarios. */
const NAMED_SHARE_MAX = 3

/** Scenarios in the first batch, and after how many seconds an answer comes so soon or late that others are larger or smaller. */
const BATCH_FIRST = 8
const SOON = 0.5
const LATE = 2

/** Runs named and generated scenarios on a target, judges every recording, and shrinks what deviates. */
export async function campaign(options: CampaignOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop } = options
  let began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const tally = createTally()
  const suspects = createSuspects()
  const spectrum = createSpectrum(tally.counts())
  const errors = new Set<string>()
  const broken = createBroken()
  const named = options.named.map(({ name, scenario }) => ({ origin: `n:${name}`, scenario }))
  const queues = {
    fast: named.filter(({ scenario }) => !isSlow(scenario)),
    slow: named.filter(({ scenario }) => isSlow(scenario)),
  }
  const made = { fast: 0, slow: 0 }
  let scenarios = 0
  /** Judged by hands. */
  let steps = 0
  /** Scenarios in the next batch: fewer where they take long. */
  let size = BATCH_FIRST
  let over = false
  let header: TraceHeader | undefined
  let start: World | undefined

  const share = () =>
    'seconds' in budget ? seconds() / budget.seconds : scenarios / Math.max(1, budget.scenarios)
  const isStopped = () => over || stop.aborted || suspects.count() >= options.enough
  const isOver = () => isStopped() || share() >= 1
  /** Named scenarios go before generated ones, and may take longer than the whole run should; but not without end. */
  const isFarOver = () => isStopped() || share() >= NAMED_SHARE_MAX
  /** How many generated scenarios may still be made. */
  const left = () =>
    'scenarios' in budget ? budget.scenarios - options.named.length - made.fast : Number.POSITIVE_INFINITY
  const progress = (phase: Progress['phase']) =>
    options.onProgress({
      scenarios,
      steps: steps + tally.steps(),
      seconds: seconds(),
      share: Math.min(1, share()),
      deviations: suspects.count(),
      phase,
    })

  const receive = (sourced: Sourced, recording: Recording, from: TraceHeader) => {
    scenarios++
    const judgement = judge(recording, from, profile, sourced.foresight)
    tally.add(judgement)
    spectrum.add(judgement)
    if (judgement.verdict !== 'conforms') suspects.add({ sourced, recording, judgement })
  }

  const make = (origin: Origin): readonly Sourced[] => {
    const sourced = start === undefined ? undefined : sourcedOf(origin, seed, start, families)
    return sourced === undefined || sourced.scenario.steps.length === 0 ? [] : [sourced]
  }
  const batches = createBatches({
    receive,
    make,
    judged: (judged) => {
      scenarios += judged.scenarios - judged.odd.length
      steps += judged.steps
    },
  })

  let hands: readonly Hand[] = []
  const nextFast = (strand: number) => async () => {
    if (isFarOver()) return undefined
    const queued = queues.fast.splice(0, size)
    if (queued.length > 0) return batches.own(queued)
    const count = Math.min(size, left())
    if (isOver() || count <= 0 || header === undefined) return undefined
    // Only now: where named scenarios deviate, nobody may need the hands.
    if (hands.length === 0) hands = startHands({ header, profile: profile.name, seed, families })
    const first = made.fast
    made.fast += count
    return batches.of(hands[strand % hands.length] as Hand, first, count)
  }
  const nextSlow = async () => {
    if (isFarOver()) return undefined
    const queued = queues.slow.splice(0, 1)
    if (queued.length > 0) return batches.own(queued)
    return isOver() || left() <= 0 ? undefined : batches.own(make(`s:${made.slow++}`))
  }

  /** What cannot be tried here is not exercised, and so reported. */
  const dropImpossible = (on: TraceHeader) => {
    for (const kind of ['fast', 'slow'] as const)
      queues[kind] = queues[kind]
        .filter(({ scenario }) => isPossibleOn(on, scenario))
        .map((named) => ({ ...named, scenario: fittedScenario(named.scenario, on.longBytes ?? 8) }))
  }
  const connectTo = (lane: number) => async () => {
    const target = await options.connect(lane)
    if (header === undefined) began = performance.now()
    if (header === undefined) {
      header = target.header
      dropImpossible(header)
    }
    start ??= initialWorld(factsOf(target.header), rootActors)
    return target
  }
  const problem = (message: string) => errors.add(message)
  const paced = (seconds: number) => {
    if (seconds < SOON) size = Math.min(BATCH, size * 2)
    else if (seconds > LATE) size = Math.max(1, size >> 1)
  }
  const lane = (number: number) =>
    runLane({
      connect: connectTo(number),
      strands:
        number === 0
          ? Array.from({ length: UNDER_WAY * handCount }, (_, strand) => nextFast(strand))
          : [nextSlow],
      problem,
      broke: broken.add,
      ...(number === 0 ? { paced } : {}),
    })

  const ticker = setInterval(() => progress(queues.fast.length > 0 ? 'named' : 'generated'), 250)
  try {
    const lanes = [lane(0)]
    const slowLanes = Math.min(SLOW_LANES, Math.max(1, (options.probesMax ?? SLOW_LANES) - 1))
    for (let number = 1; number <= slowLanes; number++) lanes.push(lane(number))
    await Promise.all(lanes)
    for (const hand of hands) tally.merge(await hand.counts())
  } finally {
    over = true
    clearInterval(ticker)
    await Promise.all(hands.map((hand) => hand.close()))
  }
  const ran = { scenarios, steps: steps + tally.steps(), seconds: seconds() }
  if (suspects.count() > 0) progress('shrinking')
  const found =
    start === undefined || header === undefined
      ? { deviations: [], inconclusive: [], errors: [] }
      : await investigate(suspects.groups(spectrum), { ...options, start, header, spectrum })
  return {
    name: options.target,
    kernel: header?.kernel ?? 'unknown',
    libc: header?.libc ?? 'unknown',
    arch: header?.arch ?? 'unknown',
    conditions: header === undefined ? [] : [...conditionsOf(header), ...leftOut(queues)],
    ...ran,
    rules: tally.summary(),
    deviations: found.deviations,
    inconclusive: [...broken.summary(), ...found.inconclusive],
    errors: [...errors, ...found.errors],
  }
}

/** A run that was to be short on a target that is slow. */
const leftOut = ({
  fast,
  slow,
}: Readonly<Record<'fast' | 'slow', readonly unknown[]>>): readonly string[] => {
  const count = fast.length + slow.length
  return count === 0 ? [] : [`no time was left for ${count} of the named scenarios`]
}

export const conditionsOf = ({ identity }: TraceHeader): readonly string[] => [
  `actors run as uid ${identity.uid}, gid ${identity.gid}, without capabilities until they become somebody else`,
]
