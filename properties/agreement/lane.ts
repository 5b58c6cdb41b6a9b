import type { Packet, Reply } from '../../harness/protocol/packet.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'

/** Scenarios on their way to a probe. */
export interface Batch {
  /** What it is, for a message about a probe that failed. */
  readonly name: string
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
  /** The probe failed: a sentence. */
  readonly problem: (message: string) => void
}

/** Scenarios sent at once: what the model said about them is kept until they are judged, and collecting that is dear. */
export const BATCH = 32
/** Batches under way at once for each hand: one is run, one waits, one is made or judged. */
export const UNDER_WAY = 3
/** A lane whose probe failed this often gives up. */
const FAILURES_MAX = 4

/**
 * Runs one probe after another until there is no work left: batches are pipelined; when a probe fails, the
 * scenarios that were under way are run again one at a time, so that the one that broke it is named.
 */
export async function runLane(lane: Lane): Promise<void> {
  let repeat: readonly Batch[] = []
  for (let failures = 0; failures < FAILURES_MAX; failures++) {
    let target: StartedTarget
    try {
      target = await lane.connect()
    } catch (error) {
      lane.problem((error as Error).message)
      return
    }
    try {
      repeat = await useProbe(lane, target, repeat)
    } finally {
      await target.close()
    }
    if (repeat.length === 0) return
  }
}

/** Runs batches until there are none left (returns none) or the probe fails (returns what was under way). */
async function useProbe(
  lane: Lane,
  target: StartedTarget,
  repeat: readonly Batch[],
): Promise<readonly Batch[]> {
  for (const [at, batch] of repeat.entries())
    if (!(await tryBatch(lane, target, batch, ` (while it ran ${batch.name})`))) return repeat.slice(at + 1)
  let failed = false
  const lost = await Promise.all(
    lane.strands.map(async (next) => {
      while (!failed) {
        const batch = await next()
        if (batch === undefined) break
        if (await tryBatch(lane, target, batch)) continue
        failed = true
        return batch.again()
      }
      return []
    }),
  )
  return lost.flat()
}

/** Whether the probe still works. */
async function tryBatch(lane: Lane, target: StartedTarget, batch: Batch, where = ''): Promise<boolean> {
  if (batch.packet.requests === 0) return true
  let reply: Reply
  try {
    reply = await target.exchange(batch.packet)
  } catch (error) {
    lane.problem(`${(error as Error).message}${where}`)
    return false
  }
  const garbage = await batch.receive(reply, target.header)
  if (garbage === '') return true
  lane.problem(`${target.distrust(garbage).message}${where}`)
  return false
}
