import { clauseOf } from '../model/catalogue.ts'
import { annotatedScenario } from '../oracle/annotated-scenario.ts'
import type { DeviationRecord } from '../oracle/run.ts'
import type { Recording } from '../oracle/trace/trace.ts'
import type { Deviation } from '../oracle/verdict.ts'
import { callsAt, describeObserved, describeOutcomes } from '../oracle/words.ts'

/** A deviation of a recording as it is reported. */
export function foundDeviation(deviation: Deviation, recording: Recording, replay: string): DeviationRecord {
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
    replay,
    expected: false,
    seen: 1,
  }
}
