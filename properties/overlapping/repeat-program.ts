import type { StartedTarget } from '../../harness/targets/target.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'
import { runProgram } from './run-program.ts'

export interface Repeating {
  /** Runs in all. */
  readonly wanted: number
  readonly seed: number
  readonly stop: AbortSignal
}

/** Runs that a probe makes at once. */
const BATCH = 200
/** How calls are disturbed: not at all, a little, much, by priorities. */
const JITTERS = 4

/** The runs of a program, and why some of them came to no end: sentences. */
export async function* repeatProgram(
  target: StartedTarget,
  program: OverlappingProgram,
  { wanted, seed, stop }: Repeating,
): AsyncGenerator<OverlappingRun | string> {
  for (let made = 0, batch = 0; made < wanted && !stop.aborted; batch++) {
    const repeated = {
      repetitions: Math.min(BATCH, wanted - made),
      ...{ seed: seed + batch, jitter: batch % JITTERS },
    }
    const { runs, problem } = await runProgram(target, program, repeated)
    // A reply may have had no room for all of them.
    made += Math.max(runs.length, 1)
    if (problem !== '') yield problem
    yield* problem === '' ? runs : runs.slice(0, -1)
  }
}
