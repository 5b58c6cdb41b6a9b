import { fittedScenario } from '../../model/vocabulary/fitted.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { createBatches } from './batches.ts'
import type { CampaignOptions } from './campaign-options.ts'
import { createDetour } from './detour.ts'
import { createEvidence } from './evidence.ts'
import type { Hand } from './hands/hand.ts'
import { handCount, startHands } from './hands/hand-work.ts'
import { BATCH, runLane, UNDER_WAY } from './lane.ts'
import { countIn, indexIn, partOf, whole } from './shard.ts'
import { fastOrigin, isPossibleOn, isSlow, type Origin, type Sourced, sourcedOf } from './source.ts'

/** Probes for scenarios that wait for the clock; they sleep most of the time. */
const SLOW_LANES = 12
/** Where the number of scenarios is given, one of so many generated ones waits for the clock. */
const SLOW_EVERY = 100
/** How much longer than its budget a run may take for the named scenarios. */
const NAMED_SHARE_MAX = 3
/** Scenarios in the first batch, and after how many seconds an answer comes so soon or late that others are larger or smaller. */
const BATCH_FIRST = 8
const SOON = 0.5
const LATE = 2

/** Runs named and generated scenarios on a target, judges every recording, and shrinks what deviates. */
export async function campaign(options: CampaignOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop, shard = whole } = options
  const evidence = createEvidence(options)
  const showing = options.showing ?? []
  const shown: Record<string, Judgement['verdict']> = {}
  const named = partOf(shard, [...showing, ...options.named]).map(({ name, scenario }) => ({
    origin: `n:${name}`,
    scenario,
  }))
  const isShowing = new Set(showing.map(({ name }) => `n:${name}`))
  const queues = {
    fast: named.filter(({ scenario }) => !isSlow(scenario)),
    slow: named.filter(({ scenario }) => isSlow(scenario)),
  }
  const made = { fast: 0, slow: 0 }
  const wanted = wantedOf(options)
  /** Scenarios in the next batch: fewer where they take long. */
  let size = BATCH_FIRST
  let over = false

  const share = () =>
    'seconds' in budget
      ? evidence.seconds() / budget.seconds
      : evidence.scenarios() / Math.max(1, named.length + wanted.fast + wanted.slow)
  const isStopped = () => over || stop.aborted || evidence.suspects() >= options.enough
  const isOver = () => isStopped() || ('seconds' in budget && share() >= 1)
  /** Named scenarios go before generated ones, and may take longer than the whole run should; but not without end. */
  const isFarOver = () => isStopped() || ('seconds' in budget && share() >= NAMED_SHARE_MAX)

  const make = (origin: Origin, avoid: readonly string[]): readonly Sourced[] => {
    const place = evidence.place()
    const sourced = place === undefined ? undefined : sourcedOf(origin, seed, place.start, families, avoid)
    return sourced === undefined || sourced.scenario.steps.length === 0 ? [] : [sourced]
  }
  const batches = createBatches({
    ...evidence,
    receive(sourced, recording, from) {
      const verdict = evidence.receive(sourced, recording, from)
      if (isShowing.has(sourced.origin)) shown[sourced.origin.slice(2)] = verdict
    },
    make,
  })

  const detour = createDetour(options, evidence)
  let hands: readonly Hand[] = []
  const nextFast = (strand: number) => async () => {
    if (isFarOver()) return undefined
    const queued = queues.fast.splice(0, size)
    if (queued.length > 0) return batches.own(queued)
    const count = Math.min(size, wanted.fast - made.fast)
    const place = evidence.place()
    if (isOver() || count <= 0 || place === undefined) return undefined
    // Only now: where named scenarios deviate, nobody may need the hands.
    if (hands.length === 0)
      hands = startHands({ header: place.header, profile: profile.name, seed, families, shard })
    const first = made.fast
    made.fast += count
    const avoid = detour.avoid()
    const origins = Array.from({ length: count }, (_, at) => fastOrigin(indexIn(shard, first + at), avoid))
    return batches.of(hands[strand % hands.length] as Hand, first, origins, avoid)
  }
  const nextSlow = async () => {
    if (isFarOver()) return undefined
    const queued = queues.slow.splice(0, 1)
    if (queued.length > 0) return batches.own(queued)
    return isOver() || made.slow >= wanted.slow
      ? undefined
      : batches.own(make(`s:${indexIn(shard, made.slow++)}`, []))
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
    if (evidence.place() === undefined) dropImpossible(target.header)
    evidence.connected(target.header)
    return target
  }
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
      problem: evidence.problem,
      broke: evidence.broke,
      ...(number === 0 ? { paced } : {}),
    })

  const ticker = setInterval(
    () => evidence.progress(queues.fast.length > 0 ? 'named' : 'generated', share()),
    250,
  )
  try {
    const lanes = [lane(0)]
    const slowLanes = Math.min(SLOW_LANES, Math.max(1, (options.probesMax ?? SLOW_LANES) - 1))
    for (let number = 1; number <= slowLanes; number++) lanes.push(lane(number))
    await Promise.all(lanes)
    for (const hand of hands) evidence.merge(await hand.counts())
  } finally {
    over = true
    clearInterval(ticker)
    await Promise.all(hands.map((hand) => hand.close()))
  }
  const record = await evidence.conclude(share())
  const conditions = [...record.conditions, ...leftOut(queues.fast.length + queues.slow.length)]
  return { ...record, conditions, ...(showing.length === 0 ? {} : { shown }) }
}

/** A run that was to be short on a target that is slow. */
const leftOut = (count: number): readonly string[] =>
  count === 0 ? [] : [`no time was left for ${count} of the named scenarios`]

/** How many generated scenarios of each kind the shard makes: a number that is given is met exactly. */
function wantedOf({ budget, named, showing = [], shard = whole }: CampaignOptions) {
  if ('seconds' in budget) return { fast: Number.POSITIVE_INFINITY, slow: Number.POSITIVE_INFINITY }
  const generated = Math.max(0, budget.scenarios - named.length - showing.length)
  const slow = Math.floor(generated / SLOW_EVERY)
  return { fast: countIn(shard, generated - slow), slow: countIn(shard, slow) }
}
