import { initialWorld } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import type { World } from '../../model/world.ts'
import { factsOf, judge } from '../../oracle/judge.ts'
import type { TargetRecord } from '../../oracle/run.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { createBatches } from '../agreement/batches.ts'
import { createBroken } from '../agreement/broken.ts'
import { conditionsOf } from '../agreement/campaign.ts'
import type { CampaignOptions, Progress } from '../agreement/campaign-options.ts'
import { investigate } from '../agreement/investigate.ts'
import { BATCH, runLane, UNDER_WAY } from '../agreement/lane.ts'
import { createSpectrum } from '../agreement/spectrum.ts'
import { createSuspects } from '../agreement/suspects.ts'
import { createTally } from '../agreement/tally.ts'
import { alphabets } from './alphabets.ts'
import { coveredScope } from './coverage.ts'
import { createRounds, type Numbered, type Rounds } from './rounds.ts'

export interface ExhaustOptions extends Omit<CampaignOptions, 'named' | 'budget'> {
  /** Calls of the longest programs; without it each alphabet says so itself. */
  readonly maxSteps?: number
  /** Ends it early; without it, it ends when all programs were run. */
  readonly seconds?: number
}

/**
 * Runs all programs of the families' alphabets on a target, the shorter ones first, judges every recording, and
 * shrinks what deviates. The record says what was covered.
 */
export async function exhaust(options: ExhaustOptions): Promise<TargetRecord> {
  const { profile, families, stop } = options
  let began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const tally = createTally()
  const suspects = createSuspects()
  const spectrum = createSpectrum(tally.counts())
  const errors = new Set<string>()
  const broken = createBroken()
  const chosen = alphabets
    .filter(({ family }) => families.includes(family))
    .map((alphabet) => ({ ...alphabet, length: options.maxSteps ?? alphabet.length }))
  let header: TraceHeader | undefined
  let start: World | undefined
  let rounds: Rounds | undefined
  let scenarios = 0

  const timeSpent = () => (options.seconds === undefined ? 0 : seconds() / options.seconds)
  const share = () => Math.max(rounds?.share() ?? 0, timeSpent())
  const isOver = () => stop.aborted || timeSpent() >= 1 || suspects.count() >= options.enough
  const progress = (phase: Progress['phase']) =>
    options.onProgress({
      ...{ scenarios, steps: tally.steps(), seconds: seconds(), share: Math.min(1, share()), phase },
      deviations: suspects.count(),
    })

  const batches = createBatches({
    receive(sourced, recording, from) {
      scenarios++
      const judgement = judge(recording, from, profile, sourced.foresight)
      tally.add(judgement)
      spectrum.add(judgement)
      rounds?.judged(sourced as Numbered)
      if (judgement.verdict !== 'conforms') suspects.add({ sourced, recording, judgement })
    },
    judged: () => {},
    make: () => [],
  })
  const next = async () => {
    if (isOver() || rounds === undefined) return undefined
    const some = rounds.next(BATCH)
    return some.length === 0 ? undefined : batches.own(some)
  }
  const connect = async () => {
    const target = await options.connect(0)
    if (header === undefined) began = performance.now()
    header ??= target.header
    start ??= initialWorld(factsOf(target.header), rootActors)
    rounds ??= createRounds(chosen, start)
    return target
  }

  const ticker = setInterval(() => progress('exhaustive'), 250)
  try {
    const strands = Array.from({ length: UNDER_WAY }, () => next)
    await runLane({ connect, strands, problem: (message) => errors.add(message), broke: broken.add })
  } finally {
    clearInterval(ticker)
  }
  const ran = { scenarios, steps: tally.steps(), seconds: seconds() }
  if (suspects.count() > 0) progress('shrinking')
  const found =
    start === undefined || header === undefined
      ? { deviations: [], inconclusive: [], errors: [] }
      : await investigate(suspects.groups(spectrum), {
          ...{ ...options, named: [], budget: { scenarios: 0 } },
          ...{ start, header, spectrum },
        })
  return {
    name: options.target,
    kernel: header?.kernel ?? 'unknown',
    libc: header?.libc ?? 'unknown',
    arch: header?.arch ?? 'unknown',
    conditions: header === undefined ? [] : conditionsOf(header),
    ...ran,
    rules: tally.summary(),
    deviations: found.deviations,
    inconclusive: [...broken.summary(), ...found.inconclusive],
    errors: [...errors, ...found.errors],
    covered: chosen.map((alphabet) => coveredScope(alphabet, rounds?.of(alphabet) ?? [], alphabet.length)),
  }
}
