import { clauseOf } from '../model/catalogue.ts'
import type { Profile } from '../model/profile.ts'
import { annotatedScenario } from '../oracle/annotated-scenario.ts'
import type { DeviationRecord } from '../oracle/run.ts'
import type { Recording, TraceHeader } from '../oracle/trace/trace.ts'
import type { Deviation, Judgement } from '../oracle/verdict.ts'
import { posixSays } from '../oracle/wider.ts'
import { callsAt, describeObserved, describeOutcomes } from '../oracle/words.ts'

/** The deviations of a recording as they are reported; the first one with what profile posix says of it. */
export function foundDeviations(
  judgement: Judgement,
  recording: Recording,
  header: TraceHeader,
  profile: Profile,
): readonly DeviationRecord[] {
  const posix = posixSays(recording, header, profile, judgement)
  return judgement.deviations.map((deviation, at) => ({
    ...foundDeviation(deviation, recording),
    ...(at > 0 || posix === undefined ? {} : { posix }),
  }))
}

/** A deviation as it is reported. */
export function foundDeviation(deviation: Deviation, recording: Recording): DeviationRecord {
  const { steps } = recording.scenario
  const step = steps[deviation.step]
  const calls = callsAt(steps, deviation.step)
  const clause = clauseOf(deviation.rule)
  return {
    rule: deviation.rule,
    rules: deviation.rules,
    sentence: clause?.sentence ?? 'No single rule of the model explains the difference.',
    cites: clause?.cites ?? [],
    step: deviation.step,
    allowed: step === undefined ? [] : describeOutcomes(step, deviation.allowed, calls),
    observed: step === undefined ? '' : describeObserved(step, deviation.observed, calls),
    scenario: annotatedScenario(recording),
    file: '',
    replay: '',
    expected: false,
    seen: 1,
  }
}
