import { describe, expect, it } from 'vitest'
import { fittedScenario } from './fitted.ts'
import { LONG_MAX, LONG_MIN } from './names.ts'
import type { Scenario } from './scenario.ts'

const scenario: Scenario = {
  title: 'Types at the edge',
  steps: [
    { actor: 'A', call: { name: 'msgget', key: 'private', flags: 0o600, as: 'Q' } },
    { actor: 'A', call: { name: 'msgrcv', queue: 'Q', size: LONG_MAX, type: LONG_MIN, flags: 0 } },
    { actor: 'A', call: { name: 'msgrcv', queue: 'Q', size: -1, type: 2 ** 31 - 1, flags: 0 } },
    { actor: 'A', call: { name: 'setrlimit', resource: 0, value: LONG_MAX } },
  ],
} as Scenario

describe('fittedScenario', () => {
  it('leaves alone what a long of 64 bits holds', () => {
    expect(fittedScenario(scenario, 8)).toBe(scenario)
  })

  it('takes the nearest value that a long of 32 bits holds', () => {
    const { steps, title } = fittedScenario(scenario, 4)
    expect(title).toBe(scenario.title)
    expect(steps[1]?.call).toMatchObject({ size: 2147483647, type: -2147483648 })
    expect([steps[0], steps[2], steps[3]]).toEqual([scenario.steps[0], scenario.steps[2], scenario.steps[3]])
  })

  it('is done when it is done', () => {
    const once = fittedScenario(scenario, 4)
    expect(fittedScenario(once, 4)).toBe(once)
  })
})
