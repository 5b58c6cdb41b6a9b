import { type Call, formOf } from './forms.ts'
import type { Scenario, Step } from './scenario.ts'
import type { Long } from './shape.ts'

/**
 * The scenario for a program whose C `long` has so many bytes: where an argument does not fit, the nearest value that
 * does. The same object if everything fits.
 */
export function fittedScenario(scenario: Scenario, longBytes: number): Scenario {
  if (longBytes >= WIRE_BYTES) return scenario
  const steps = scenario.steps.map((step) => fittedStep(step, longBytes))
  return steps.every((step, at) => step === scenario.steps[at]) ? scenario : { ...scenario, steps }
}

export function fittedStep(step: Step, longBytes: number): Step {
  if (longBytes >= WIRE_BYTES) return step
  const call = fittedCall(step.call, longBytes)
  return call === step.call ? step : { ...step, call }
}

/** A long of the vocabulary, in bytes. */
const WIRE_BYTES = 8

function fittedCall(call: Call, longBytes: number): Call {
  const most = 2 ** (longBytes * 8 - 1) - 1
  const fields = call as unknown as Readonly<Record<string, unknown>>
  const changed = formOf(call.name).arguments.flatMap(({ name, kind }) => {
    // Limits are written as text, or as 64 bits.
    if (kind !== 'long' || name === 'value') return []
    const given = fields[name] as Long
    return given > most ? [[name, most]] : given < -most - 1 ? [[name, -most - 1]] : []
  })
  return changed.length === 0 ? call : { ...call, ...Object.fromEntries(changed) }
}
