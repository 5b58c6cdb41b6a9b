import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux } from '../../model/profile.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { overlappingRecording } from '../../oracle/trace/timed-call.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Lie } from '../../properties/lies/lie.ts'
import { generateProgram } from '../../properties/overlapping/generate.ts'
import { judgeRun, runProgram } from '../../properties/overlapping/run-program.ts'
import { investigateProgram } from '../../properties/overlapping/shrink-program.ts'

/** A recording that deviates, and by which rule. */
export interface Shown {
  readonly recording: Recording
  readonly rule: string
}

/** Milliseconds, and runs of each program. */
const TIME_MAX = 60_000
const RUNS = 100

/** A program that shows a lie which takes calls that overlap; a sentence where none did in time. */
export async function showOverlapping(target: StartedTarget, { families }: Lie): Promise<Shown | string> {
  const memory = createMemory()
  const until = performance.now() + TIME_MAX
  for (let seed = 1; performance.now() < until; seed++) {
    const program = generateProgram(seed, families)
    const repeated = { repetitions: RUNS, seed, jitter: seed % 3 }
    const { runs } = await runProgram(target, program, repeated)
    for (const run of runs) {
      const judgement = judgeRun(run, target.header, linux, memory)
      if (judgement.verdict !== 'deviates') continue
      const found = await investigateProgram(
        target,
        { program, run, judgement, tries: 1 },
        { profile: linux, repeated, memory },
      )
      const recording = overlappingRecording(found.program, found.run)
      return { recording, rule: found.shortened.judgement.stuck?.rules[0] ?? 'overlap' }
    }
  }
  return 'no program deviated in time'
}
