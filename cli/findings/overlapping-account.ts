import { initialWorld } from '../../model/initial.ts'
import type { Profile } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { cameOf } from '../../oracle/histories/outcome.ts'
import { possibleOutcomes } from '../../oracle/histories/possible.ts'
import { factsOf } from '../../oracle/judge.ts'
import { type OverlappingRecording, programOf, runOf } from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { OBSERVER, type OverlappingAccount, observed } from '../../reports/reproducer/overlapping/story.ts'

/** What a C program of a recording has to know, or why there is none. */
export function overlappingAccount(
  recording: OverlappingRecording,
  header: TraceHeader,
  profile: Profile,
  deviates: boolean,
): OverlappingAccount | { readonly obstacle: string } {
  const program = observed(programOf(recording))
  const start = initialWorld(factsOf(header), [...rootActors, OBSERVER])
  try {
    const allowed = possibleOutcomes(program, { start, header, profile })
    const seen = deviates ? cameOf(program, runOf(recording)).slice(program.first) : null
    return { program, header, allowed, seen }
  } catch (error) {
    return { obstacle: `what it may come to cannot be told: ${(error as Error).message}` }
  }
}
