import type { Packet, Reply } from '../../harness/protocol/packet.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
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
  /** The probe failed, and no scenario alone makes it fail: a sentence. */
  readonly problem: (message: string) => void
  /** The probe fails while it runs this, which is a single scenario: a sentence. */
  readonly broke: (batch: Batch, message: string) => void
  /** A batch was answered after so many seconds. */
  readonly paced?: (seconds: number) => void
}

/** Scenarios sent at once: what the model said about them is kept until they are judged, and collecting that is dear. */
export const BATCH = 32
/** Batches under way at once for each hand: one is run, one waits, one is made or judged. */
export const UNDER_WAY = 3
/** A lane gives up when its probes failed so often one after another without an answer, or so often in all. */
const FAILURES_IN_A_ROW_MAX = 4
const FAILURES_MAX = 100

/** What is left to do after a probe failed. */
interface Rest {
  /** Scenarios to be run one at a time, since one of them may be what the probe failed on. */
  readonly suspected: readonly Batch[]
  /** Why, until one of them is found to be it; empty if there is nothing to explain. */
  readonly why: string
  readonly answered: number
}

const nothing: Rest = { suspected: [], why: '', answered: 0 }

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
      lane.problem((error as Error).message)
      return
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
  lane.problem(rest.why || 'the probe failed too often')
}

/** Runs batches until there are none left (undefined) or the probe fails. */
async function useProbe(lane: Lane, target: StartedTarget, rest: Rest): Promise<Rest | undefined> {
  let answered = 0
  const attempt = async (batch: Batch): Promise<string> => {
    const why = await failureOf(lane, target, batch)
    if (why === '') answered++
    return why
  }
  for (const [at, batch] of rest.suspected.entries()) {
    const why = await attempt(batch)
    if (why === '') continue
    lane.broke(batch, why)
    return { suspected: rest.suspected.slice(at + 1), why: '', answered }
  }
  if (rest.why !== '')
    lane.problem(`${rest.why} Run one at a time, the scenarios that were under way did no harm.`)
  let failed = ''
  const lost = await Promise.all(
    lane.strands.map(async (next) => {
      while (failed === '') {
        const batch = await next()
        if (batch === undefined) break
        const why = await attempt(batch)
        if (why === '') continue
        failed ||= why
        return batch.again()
      }
      return []
    }),
  )
  return failed === '' ? undefined : { suspected: lost.flat(), why: failed, answered }
}

/** Why the probe does not work any more, else ''. */
async function failureOf(lane: Lane, target: StartedTarget, batch: Batch): Promise<string> {
  if (batch.packet.requests === 0) return ''
  const began = performance.now()
  let reply: Reply
  try {
    reply = await target.exchange(batch.packet)
  } catch (error) {
    return (error as Error).message
  }
  lane.paced?.((performance.now() - began) / 1000)
  const garbage = await batch.receive(reply, target.header)
  return garbage === '' ? '' : target.distrust(garbage).message
}
