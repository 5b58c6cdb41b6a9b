import { fittedScenario } from '../../model/vocabulary/fitted.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { createBatches } from './batches.ts'
import type { CampaignOptions } from './campaign-options.ts'
import { createEvidence } from './evidence.ts'
import type { Hand } from './hands/hand.ts'
import { handCount, startHands } from './hands/hand-work.ts'
import { BATCH, runLane, UNDER_WAY } from './lane.ts'
import { isPossibleOn, isSlow, type Origin, type Sourced, sourcedOf } from './source.ts'

/** Probes for scenarios that wait for the clock; they sleep most of the time. */
const SLOW_LANES = 12

/** Runs named and generated scenarios on a target, judges every recording, and shrinks what deviates. */
export async function campaign(options: CampaignOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop } = options
  const evidence = createEvidence(options)
  const showing = options.showing ?? []
  const shown: Record<string, Judgement['verdict']> = {}
  const named = [...showing, ...options.named].map(({ name, scenario }) => ({
    origin: `n:${name}`,
    scenario,
  }))
  const isShowing = new Set(showing.map(({ name }) => `n:${name}`))
  const queues = {
    fast: named.filter(({ scenario }) => !isSlow(scenario)),
    slow: named.filter(({ scenario }) => isSlow(scenario)),
  }
  const made = { fast: 0, slow: 0 }
  let over = false

  const share = () =>
    'seconds' in budget
      ? evidence.seconds() / budget.seconds
      : evidence.scenarios() / Math.max(1, budget.scenarios)
  const isStopped = () => over || stop.aborted || evidence.suspects() >= options.enough
  const isOver = () => isStopped() || share() >= 1
  /** How many generated scenarios may still be made. */
  const left = () =>
    'scenarios' in budget ? budget.scenarios - named.length - made.fast : Number.POSITIVE_INFINITY

  const make = (origin: Origin): readonly Sourced[] => {
    const place = evidence.place()
    const sourced = place === undefined ? undefined : sourcedOf(origin, seed, place.start, families)
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

  let hands: readonly Hand[] = []
  const nextFast = (strand: number) => async () => {
    if (isStopped()) return undefined
    const queued = queues.fast.splice(0, BATCH)
    if (queued.length > 0) return batches.own(queued)
    const count = Math.min(BATCH, left())
    const place = evidence.place()
    if (isOver() || count <= 0 || place === undefined) return undefined
    // Only now: where named scenarios deviate, nobody may need the hands.
    if (hands.length === 0)
      hands = startHands({ header: place.header, profile: profile.name, seed, families })
    const first = made.fast
    made.fast += count
    return batches.of(hands[strand % hands.length] as Hand, first, count)
  }
  const nextSlow = async () => {
    if (isStopped()) return undefined
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
    if (evidence.place() === undefined) dropImpossible(target.header)
    evidence.connected(target.header)
    return target
  }
  const lane = (number: number) =>
    runLane({
      connect: connectTo(number),
      strands:
        number === 0
          ? Array.from({ length: UNDER_WAY * handCount }, (_, strand) => nextFast(strand))
          : [nextSlow],
      problem: evidence.problem,
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
  return showing.length === 0 ? record : { ...record, shown }
}
