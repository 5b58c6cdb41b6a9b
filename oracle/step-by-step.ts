import type { Outcome } from '../model/outcomes.ts'
import type { Profile } from '../model/profile.ts'
import { judge } from './judge.ts'
import type { RecordedStep, Recording, TraceHeader } from './trace/trace.ts'
import type { Deviation } from './verdict.ts'

/** One step of a recording as the oracle sees it. */
export interface JudgedStep {
  /** Every outcome allowed here, after what was seen before; none if judging had ended. */
  readonly allowed: readonly Outcome[]
  /** The rules of the documented outcome; where the step deviates, those in question, the likeliest first. */
  readonly rules: readonly string[]
  readonly deviation: Deviation | null
}

/**
 * What was allowed at every step of a recording, for people. Asks the oracle once for each step what it would have
 * allowed had the step ended in an impossible way, so it is slow for long recordings.
 */
export function stepByStep(
  recording: Recording,
  header: TraceHeader,
  profile: Profile,
): readonly JudgedStep[] {
  const { deviations } = judge(recording, header, profile)
  return recording.steps.map((_, at) => {
    const steps = [...recording.steps.slice(0, at), impossible]
    const asked = judge({ ...recording, steps }, header, profile).deviations.find(({ step }) => step === at)
    const deviation = deviations.find(({ step }) => step === at) ?? null
    const allowed = deviation?.allowed ?? asked?.allowed ?? []
    return { allowed, rules: deviation?.rules ?? allowed[0]?.rules ?? [], deviation }
  })
}

/** Nobody has this name, so no outcome explains it. */
const impossible: RecordedStep = { seconds: 0, events: [{ is: 'ended', actor: '' }] }
