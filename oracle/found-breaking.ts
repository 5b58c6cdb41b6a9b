import type { Scenario } from '../model/vocabulary/scenario.ts'
import { printStep } from '../model/vocabulary/text/print.ts'
import { breakingOf } from './breaking.ts'
import type { DeviationRecord } from './run.ts'

/** The finding that the last step of a scenario brings the target down; `account`: what happened, sentences. */
export function foundBreaking(
  scenario: Scenario,
  account: string,
  profile: 'linux' | 'posix',
): DeviationRecord {
  const { title, steps } = scenario
  const last = steps.length - 1
  const rule = breakingOf(scenario)
  const lines = steps.map((step, at) =>
    at === last ? `${printStep(step)}  # brings the target down` : printStep(step),
  )
  return {
    rule,
    rules: [rule],
    sentence: 'Whatever a call does, the system that it is made on goes on.',
    cites: [],
    step: last,
    allowed: ['the system goes on'],
    observed: account,
    scenario: `${[...(title === '' ? [] : [`# ${title}`]), ...lines].join('\n')}\n`,
    file: '',
    replay: '',
    expected: false,
    seen: 1,
    ...(profile === 'linux' ? { posix: { verdict: 'deviates', choices: [] } } : {}),
  }
}
