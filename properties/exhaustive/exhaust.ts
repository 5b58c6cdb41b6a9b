import type { TargetRecord } from '../../oracle/run.ts'
import { createBatches } from '../agreement/batches.ts'
import type { RunOptions } from '../agreement/campaign-options.ts'
import { createEvidence } from '../agreement/evidence.ts'
import { BATCH, runLane, UNDER_WAY } from '../agreement/lane.ts'
import { alphabets } from './alphabets.ts'
import { coveredScope } from './coverage.ts'
import { createRounds, type Numbered, type Rounds } from './rounds.ts'

export interface ExhaustOptions extends RunOptions {
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
  const { families, stop } = options
  const evidence = createEvidence(options)
  const chosen = alphabets
    .filter(({ family }) => families.includes(family))
    .map((alphabet) => ({ ...alphabet, length: options.maxSteps ?? alphabet.length }))
  let rounds: Rounds | undefined

  const timeSpent = () => (options.seconds === undefined ? 0 : evidence.seconds() / options.seconds)
  const share = () => Math.max(rounds?.share() ?? 0, timeSpent())
  const isOver = () => stop.aborted || timeSpent() >= 1 || evidence.suspects() >= options.enough

  const batches = createBatches({
    ...evidence,
    receive(sourced, recording, from) {
      evidence.receive(sourced, recording, from)
      rounds?.judged(sourced as Numbered)
    },
    make: () => [],
  })
  const next = async () => {
    if (isOver() || rounds === undefined) return undefined
    const some = rounds.next(BATCH)
    return some.length === 0 ? undefined : batches.own(some)
  }
  const connect = async () => {
    const target = await options.connect(0)
    const { start } = evidence.connected(target.header)
    rounds ??= createRounds(chosen, start)
    return target
  }

  const ticker = setInterval(() => evidence.progress('exhaustive', share()), 250)
  try {
    const strands = Array.from({ length: UNDER_WAY }, () => next)
    await runLane({ connect, strands, problem: evidence.problem, broke: evidence.broke })
  } finally {
    clearInterval(ticker)
  }
  return {
    ...(await evidence.conclude(share())),
    covered: chosen.map((alphabet) => coveredScope(alphabet, rounds?.of(alphabet) ?? [], alphabet.length)),
  }
}
