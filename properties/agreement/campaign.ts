import { initialWorld } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { CampaignOptions, Progress } from './campaign-options.ts'
import { investigate } from './investigate.ts'
import { runLane } from './lane.ts'
import { isSlow, type Sourced, sourcedOf } from './source.ts'
import { createSpectrum } from './spectrum.ts'
import { createSuspects } from './suspects.ts'
import { createTally } from './tally.ts'

/** Probes for scenarios that wait for the clock; they sleep most of the time. */
const SLOW_LANES = 12
/** Scenarios sent at once: what the model said about them is kept until they are judged, and collecting that is dear. */
const BATCH = 32

/** Runs named and generated scenarios on a target, judges every recording, and shrinks what deviates. */
export async function campaign(options: CampaignOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop } = options
  let began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const tally = createTally()
  const suspects = createSuspects()
  const spectrum = createSpectrum()
  const errors = new Set<string>()
  const named = options.named.map(({ name, scenario }) => ({ origin: `n:${name}`, scenario }))
  const queues = {
    fast: named.filter(({ scenario }) => !isSlow(scenario)),
    slow: named.filter(({ scenario }) => isSlow(scenario)),
  }
  const made = { fast: 0, slow: 0 }
  let scenarios = 0
  let header: TraceHeader | undefined
  let start: World | undefined

  const share = () =>
    'seconds' in budget ? seconds() / budget.seconds : scenarios / Math.max(1, budget.scenarios)
  const isStopped = () => stop.aborted || suspects.count() >= options.enough
  const isOver = () => isStopped() || share() >= 1
  const isMadeUp = () => 'scenarios' in budget && made.fast >= budget.scenarios - options.named.length
  const progress = (phase: Progress['phase']) =>
    options.onProgress({
      scenarios,
      steps: tally.steps(),
      seconds: seconds(),
      share: Math.min(1, share()),
      deviations: suspects.count(),
      phase,
    })

  const take = (kind: 'fast' | 'slow', size: number): readonly Sourced[] => {
    if (isStopped()) return []
    const queued = queues[kind].splice(0, size)
    if (queued.length > 0) return queued
    if (start === undefined || isOver() || isMadeUp()) return []
    const batch: Sourced[] = []
    for (let count = 0; count < size; count++) {
      const origin = `${kind === 'slow' ? 's' : 'f'}:${made[kind]++}`
      const sourced = sourcedOf(origin, seed, start, families)
      if (sourced !== undefined && sourced.scenario.steps.length > 0) batch.push(sourced)
    }
    return batch
  }

  const receive = (sourced: Sourced, recording: Recording, from: TraceHeader) => {
    scenarios++
    const judgement = judge(recording, from, profile, sourced.foresight)
    tally.add(judgement)
    spectrum.add(judgement)
    if (judgement.verdict !== 'conforms') suspects.add({ sourced, recording, judgement })
  }

  const connectTo = (lane: number) => async () => {
    const target = await options.connect(lane)
    if (header === undefined) began = performance.now()
    header ??= target.header
    start ??= initialWorld(factsOf(target.header), rootActors)
    return target
  }
  const problem = (message: string) => errors.add(message)
  const lane = (number: number) =>
    runLane({
      connect: connectTo(number),
      next: () => (number === 0 ? take('fast', BATCH) : take('slow', 1)),
      receive,
      problem,
    })

  const ticker = setInterval(() => progress(queues.fast.length > 0 ? 'named' : 'generated'), 250)
  try {
    const lanes = [lane(0)]
    for (let number = 1; number <= SLOW_LANES; number++) lanes.push(lane(number))
    await Promise.all(lanes)
  } finally {
    clearInterval(ticker)
  }
  const ran = { scenarios, steps: tally.steps(), seconds: seconds() }
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
    conditions: header === undefined ? [] : conditionsOf(header),
    ...ran,
    rules: tally.summary(),
    deviations: found.deviations,
    inconclusive: found.inconclusive,
    errors: [...errors, ...found.errors],
  }
}

const conditionsOf = ({ identity }: TraceHeader): readonly string[] => [
  `actors run as uid ${identity.uid}, gid ${identity.gid}, without capabilities`,
]
