import type { Profile } from '../model/profile.ts'
import { printStep } from '../model/vocabulary/text/print.ts'
import { stepByStep } from '../oracle/step-by-step.ts'
import type { Recording, TraceHeader } from '../oracle/trace/trace.ts'
import { callsAt, describeObserved, describeOutcomes } from '../oracle/words.ts'

/** A step of a recording in words: what was done, seen and allowed, and by which rules. */
export interface StepWords {
  /** From 1. */
  readonly step: number
  readonly call: string
  readonly observed: string
  readonly allowed: readonly string[]
  readonly rules: readonly string[]
  readonly deviates: boolean
}

/** Every step of a recording in words; steps that were not begun have nothing seen. */
export function stepsInWords(
  recording: Recording,
  header: TraceHeader,
  profile: Profile,
): readonly StepWords[] {
  const judged = stepByStep(recording, header, profile)
  const { steps } = recording.scenario
  return steps.map((step, at) => {
    const seen = recording.steps[at]
    const its = judged[at]
    const calls = callsAt(steps, at)
    return {
      step: at + 1,
      call: printStep(step),
      observed: seen === undefined ? '' : describeObserved(step, seen, calls),
      allowed: describeOutcomes(step, its?.allowed ?? [], calls),
      rules: its?.rules ?? [],
      deviates: its !== undefined && its.deviation !== null,
    }
  })
}
