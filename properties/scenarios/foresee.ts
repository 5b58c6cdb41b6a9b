import type { ExpectedEvent } from '../../model/expected.ts'
import { canAct, type Outcome, outcomes } from '../../model/outcomes.ts'
import type { Profile } from '../../model/profile.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import type { Expectation, ScenarioLine, ScenarioText } from '../../model/vocabulary/text/parse.ts'
import type { World } from '../../model/world.ts'

/** What the model says about a scenario text, line by line. */
export interface Foreseen {
  /** Lines whose expectation is not what the profile's documented outcome says, in words. */
  readonly mistakes: readonly string[]
  /** Rules used on the way. */
  readonly rules: ReadonlySet<string>
}

/** Walks the documented outcomes of a profile and compares the expectations of the text with them. */
export function foresee(text: ScenarioText, start: World, profile: Profile): Foreseen {
  const mistakes: string[] = []
  const rules = new Set<string>()
  let world = start
  let last: Outcome | undefined
  let now = 0
  for (const line of text.lines) {
    if (line.step !== 'returns') {
      const { actor, call } = line.step
      if (formOf(call.name).pseudo !== true && !canAct(world, actor)) {
        mistakes.push(`line ${line.line}: ${actor} cannot make a call here: ${line.text}`)
        break
      }
      now++
      last = outcomes(world, actor, call, now, profile)[0]
      if (last === undefined) break
      world = last.world
      for (const rule of last.rules) rules.add(rule)
    }
    const event = last?.events.find(
      ({ actor, is }) => actor === line.actor && (is === 'returned' || is === 'faulted'),
    )
    const ended = last?.events.some(({ actor, is }) => actor === line.actor && is === 'ended') === true
    if (!agrees(line, event, ended))
      mistakes.push(`line ${line.line}: ${line.text}, but the model says ${words(event)}`)
  }
  return { mistakes, rules }
}

function agrees(
  { expectation, step }: ScenarioLine,
  event: ExpectedEvent | undefined,
  ended: boolean,
): boolean {
  if (expectation.is === 'none') return step !== 'returns' || event !== undefined
  if (expectation.is === 'blocks') return event === undefined && !ended
  if (expectation.is === 'ends') return ended
  if (event === undefined) return false
  return isAs(expectation, event)
}

function isAs(expectation: Expectation, event: ExpectedEvent): boolean {
  if (event.is === 'faulted') return expectation.is === 'fault'
  if (event.is !== 'returned') return false
  const { value, errno } = event.result
  if (expectation.is === 'errno') return errno === expectation.errno
  if (expectation.is === 'ok') return errno === 'none'
  return expectation.is === 'value' && errno === 'none' && value === expectation.value
}

function words(event: ExpectedEvent | undefined): string {
  if (event === undefined) return 'nothing returns'
  if (event.is !== 'returned') return event.is
  const { value, errno } = event.result
  return errno === 'none'
    ? JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}` : each))
    : errno
}
