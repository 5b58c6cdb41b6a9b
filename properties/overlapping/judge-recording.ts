import type { Profile } from '../../model/profile.ts'
import type { HistoryJudgement } from '../../oracle/histories/history.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { type OverlappingRecording, programOf, runOf } from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { judgeRun } from './run-program.ts'
import { shortenRun } from './shrink-program.ts'
import { toldFinding } from './told.ts'

/** What the oracle says about a stored run of a program, and the finding that it is where it deviates. */
export function judgeRecording(
  recording: OverlappingRecording,
  header: TraceHeader,
  profile: Profile,
): { readonly judgement: HistoryJudgement; readonly found: readonly DeviationRecord[] } {
  const memory = createMemory()
  const [program, run] = [programOf(recording), runOf(recording)]
  const judgement = judgeRun(run, header, profile, memory)
  if (judgement.verdict !== 'deviates') return { judgement, found: [] }
  const shortened = shortenRun(header, profile, run, judgement, memory)
  return { judgement, found: [toldFinding({ program, run, shortened, repetitions: 1 })] }
}
