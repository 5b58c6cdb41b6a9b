import type { ScenarioLine } from '../model/vocabulary/text/parse.ts'
import { expectationsByStep, isMet } from '../oracle/line-expectations.ts'
import type { Recording } from '../oracle/trace/trace.ts'
import { callsAt, describeObserved } from '../oracle/words.ts'

/** The lines of a scenario whose expectation was not met, as sentences. What was not begun is left to the verdict. */
export function unmetExpectations(lines: readonly ScenarioLine[], recording: Recording): readonly string[] {
  const { steps } = recording.scenario
  return expectationsByStep(lines).flatMap((expectations, at) => {
    const step = steps[at]
    const seen = recording.steps[at]
    if (step === undefined || seen === undefined) return []
    const words = describeObserved(step, seen, callsAt(steps, at))
    return expectations
      .filter((expectation) => !isMet(expectation, seen.events))
      .map(({ line, text }) => `line ${line}, \`${text}\`: ${words}`)
  })
}
