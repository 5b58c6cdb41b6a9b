import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { Sourced } from './source.ts'

/** What a lane does with its work. */
export interface Lane {
  readonly connect: () => Promise<StartedTarget>
  /** The next scenarios to run, empty when there is nothing left. */
  readonly next: () => readonly Sourced[]
  readonly receive: (sourced: Sourced, recording: Recording, header: TraceHeader) => void
  /** The probe failed: a sentence. */
  readonly problem: (message: string) => void
}

/** Batches under way at once: one is run while another is judged. */
const UNDER_WAY = 2
/** A lane whose probe failed this often gives up. */
const FAILURES_MAX = 4

/**
 * Runs one probe after another until there is no work left: batches are pipelined; when a probe fails, the
 * scenarios that were under way are run again one at a time, so that the one that broke it is named.
 */
export async function runLane(lane: Lane): Promise<void> {
  let repeat: readonly Sourced[] = []
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
  repeat: readonly Sourced[],
): Promise<readonly Sourced[]> {
  for (const [at, sourced] of repeat.entries()) {
    const failed = await tryBatch(lane, target, [sourced])
    if (failed) return repeat.slice(at + 1)
  }
  const underWay: { batch: readonly Sourced[]; done: Promise<boolean> }[] = []
  for (;;) {
    while (underWay.length < UNDER_WAY) {
      const batch = lane.next()
      if (batch.length === 0) break
      underWay.push({ batch, done: tryBatch(lane, target, batch) })
    }
    const oldest = underWay[0]
    if (oldest === undefined) return []
    if (await oldest.done) return underWay.flatMap(({ batch }) => batch)
    underWay.shift()
  }
}

/** Whether the probe failed. */
async function tryBatch(lane: Lane, target: StartedTarget, batch: readonly Sourced[]): Promise<boolean> {
  let recordings: readonly Recording[]
  try {
    recordings = await target.run(batch.map(({ scenario }) => scenario))
  } catch (error) {
    const only = batch.length === 1 ? ` (while it ran ${batch[0]?.origin})` : ''
    lane.problem(`${(error as Error).message}${only}`)
    return true
  }
  recordings.forEach((recording, at) => {
    const sourced = batch[at]
    if (sourced !== undefined) lane.receive(sourced, recording, target.header)
  })
  return false
}
