import { initialWorld } from '../../model/initial.ts'
import type { Profile } from '../../model/profile.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { forbiddenOf } from '../../oracle/histories/forbidden.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { cameOf, UNMADE } from '../../oracle/histories/outcome.ts'
import { possibleOutcomes } from '../../oracle/histories/possible.ts'
import { factsOf } from '../../oracle/judge.ts'
import {
  type OverlappingProgram,
  type OverlappingRecording,
  programOf,
  runOf,
} from '../../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { judgeRun } from '../../properties/overlapping/run-program.ts'
import { isAllowed } from '../../reports/reproducer/overlapping/obstacle.ts'
import { sleepersOf } from '../../reports/reproducer/overlapping/sleepers.ts'
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
  const run = runOf(recording)
  const seen = deviates ? cameOf(program, run).slice(program.first) : null
  const short = { program, header, allowed: [], seen, forbidden: null }
  if (sleepersOf(short) !== undefined) return short
  if (deviates && isOfTheEnd(recording, header, profile)) return { obstacle: OF_THE_END }
  let obstacle = ''
  try {
    const allowed = possibleOutcomes(program, { start, header, profile })
    const account = { program, header, allowed, seen, forbidden: null }
    if (!isAllowed(account)) return account
    obstacle = 'what deviates shows only in how long calls took, or in what differs from run to run'
  } catch (error) {
    obstacle = `what it may come to cannot be told: ${(error as Error).message}`
  }
  if (seen === null) return { obstacle }
  const looked = asFarAsSeen(program, seen)
  const judging = { header, profile, start, seconds: [run.started, run.ended] as const }
  const forbidden = forbiddenOf(looked, run, judging)
  return forbidden === undefined
    ? { obstacle }
    : { program: looked, header, allowed: [], seen: forbidden.came, forbidden }
}

const OF_THE_END =
  'what is wrong shows only in who is dead or stopped in the end, which no C program of calls that overlap looks at yet; replay shows it'

/** Whether it deviates by nothing but who was dead or stopped in the end. */
function isOfTheEnd(recording: OverlappingRecording, header: TraceHeader, profile: Profile): boolean {
  const { lives, ...run } = runOf(recording)
  return lives !== undefined && judgeRun(run, header, profile, createMemory()).verdict === 'conforms'
}

/** Where all were asleep nobody was there to look. */
function asFarAsSeen(program: OverlappingProgram, seen: readonly string[]): OverlappingProgram {
  const { scenario, first, last } = program
  const isSeen = seen.slice(last - first).some((came) => came !== UNMADE)
  return isSeen ? program : { ...program, scenario: { ...scenario, steps: scenario.steps.slice(0, last) } }
}
