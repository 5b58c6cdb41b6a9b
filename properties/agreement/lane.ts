import { isDown } from '../../harness/problems.ts'
import type { Packet, Reply } from '../../harness/protocol/packet.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { control } from './pinpoint.ts'
import type { Sourced } from './source.ts'

/** Scenarios on their way to a probe. */
export interface Batch {
  /** The scenarios, where it knows them itself. */
  readonly sourced: readonly Sourced[]
  readonly packet: Packet
  /** Judges the reply, and answers why it is not the protocol, else ''. */
  receive(reply: Reply, header: TraceHeader): Promise<string>
  /** The same scenarios one at a time. */
  again(): readonly Batch[]
}

/** What a lane does with its work. */
export interface Lane {
  readonly connect: () => Promise<StartedTarget>
  /** Sources of batches that are asked side by side, so that one is made while another is run. */
  readonly strands: readonly (() => Promise<Batch | undefined>)[]
  /** The probe failed, and no scenario alone makes it fail: a sentence, and how it failed if that may be by chance. */
  readonly problem: (message: string, failure?: Error) => void
  /** The probe fails while it runs this, which is a single scenario. */
  readonly broke: (batch: Batch, failure: Error) => void
  /** A batch was answered after so many seconds. */
  readonly paced?: (seconds: number) => void
}

/** Scenarios sent at once, at most: so many that what a message between threads costs hardly counts. */
export const BATCH = 128
/** Batches under way at once for each hand: one is run while another is made or judged. */
export const UNDER_WAY = 2
/** A lane gives up when its probes failed so often one after another without an answer, or so often in all. */
const FAILURES_IN_A_ROW_MAX = 4
const FAILURES_MAX = 100

/** What is left to do after a probe failed. */
interface Rest {
  /** Scenarios to be run one at a time, since one of them may be what the probe failed on. */
  readonly suspected: readonly Batch[]
  /** Why, until one of them is found to be it; null if there is nothing to explain. */
  readonly why: Error | null
  readonly answered: number
}

const nothing: Rest = { suspected: [], why: null, answered: 0 }

/**
 * Runs one probe after another until there is no work left: batches are pipelined; when a probe fails, the
 * scenarios that were under way are run again one at a time, so that the one that broke it is named.
 */
export async function runLane(lane: Lane): Promise<void> {
  let rest = nothing
  let inARow = 0
  for (let failures = 0; failures < FAILURES_MAX && inARow < FAILURES_IN_A_ROW_MAX; failures++) {
    let target: StartedTarget
    try {
      target = await lane.connect()
    } catch (error) {
      lane.problem((error as Error).message, error as Error)
      if (!isDown(error)) return
      inARow++
      continue
    }
    let after: Rest | undefined
    try {
      after = await useProbe(lane, target, rest)
    } finally {
      await target.close()
    }
    if (after === undefined) return
    inARow = after.answered > 0 ? 1 : inARow + 1
    rest = after
  }
  lane.problem(rest.why?.message ?? 'the probe failed too often')
}

/** Runs batches until there are none left (undefined) or the probe fails. */
async function useProbe(lane: Lane, target: StartedTarget, rest: Rest): Promise<Rest | undefined> {
  let answered = 0
  const attempt = async (batch: Batch): Promise<Error | null> => {
    const failure = await failureOf(lane, target, batch)
    if (failure === null) answered++
    return failure
  }
  for (const [at, batch] of rest.suspected.entries()) {
    // What a scenario did to the probe may show only in the next one, which is not to be named for it.
    const failure = (await attempt(batch)) ?? (await isWell(target))
    if (failure === null) continue
    lane.broke(batch, failure)
    return { suspected: rest.suspected.slice(at + 1), why: null, answered }
  }
  if (rest.why !== null)
    lane.problem(
      `${rest.why.message} Run one at a time, the scenarios that were under way did no harm.`,
      rest.why,
    )
  let failed: Error | null = null
  const lost = await Promise.all(
    lane.strands.map(async (next) => {
      while (failed === null) {
        const batch = await next()
        if (batch === undefined) break
        const failure = await attempt(batch)
        if (failure === null) continue
        failed ??= failure
        return batch.again()
      }
      return []
    }),
  )
  const failure = failed as Error | null
  return failure === null ? undefined : { suspected: lost.flat(), why: failure, answered }
}

const isWell = (target: StartedTarget): Promise<Error | null> =>
  target.run([control]).then(
    () => null,
    (error: Error) => error,
  )

/** Why the probe does not work any more, else null. */
async function failureOf(lane: Lane, target: StartedTarget, batch: Batch): Promise<Error | null> {
  if (batch.packet.requests === 0) return null
  const began = performance.now()
  let reply: Reply
  try {
    reply = await target.exchange(batch.packet)
  } catch (error) {
    return error as Error
  }
  lane.paced?.((performance.now() - began) / 1000)
  const garbage = await batch.receive(reply, target.header)
  return garbage === '' ? null : target.distrust(garbage)
}
