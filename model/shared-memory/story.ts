import type { Expected } from '../expected.ts'
import { initialWorld, usualFacts } from '../initial.ts'
import { type Outcome, outcomes } from '../outcomes.ts'
import { linux, type Profile } from '../profile.ts'
import { rootActors } from '../vocabulary/scenario.ts'
import { parseScenario } from '../vocabulary/text/parse.ts'
import type { World } from '../world.ts'

/** For tests: the world after steps written as scenario text, each going the documented way. */
export const worldAfter = (...lines: readonly string[]): World => lastOf(lines).world

/** For tests: how the last of the steps ends in the documented way, `errno` or the value that it returns. */
export function resultOf(...lines: readonly string[]): string | Expected | undefined {
  const event = lastOf(lines).events[0]
  if (event?.is === 'faulted') return `signal ${event.signal} code ${event.code}`
  if (event?.is !== 'returned') return undefined
  return event.result.errno === 'none' ? event.result.value : event.result.errno
}

/** For tests: the rules that the last of the steps used. */
export const rulesOf = (...lines: readonly string[]): readonly string[] => lastOf(lines).rules

/** For tests: what the last of the steps reports. */
export function statOf(...lines: readonly string[]): Readonly<Record<string, Expected>> {
  const event = lastOf(lines).events[0]
  return (event?.is === 'returned' && event.result.out) || {}
}

/** For tests: how the last of the steps may end in a profile: errno, value or fault, each once, in order. */
export function resultsOf(profile: Profile, ...lines: readonly string[]): readonly unknown[] {
  const found = allOf(profile, lines).flatMap(({ events }) =>
    events.map((event) =>
      event.is === 'returned'
        ? event.result.errno === 'none'
          ? event.result.value
          : event.result.errno
        : event.is,
    ),
  )
  return [...new Set(found)]
}

/** For tests: every outcome of the last of the steps, the ones before going the documented way. */
export function allOf(profile: Profile, lines: readonly string[]): readonly Outcome[] {
  const { scenario } = parseScenario(lines.join('\n'))
  let world = initialWorld(usualFacts, rootActors)
  let last: readonly Outcome[] = []
  scenario.steps.forEach(({ actor, call }, at) => {
    last = outcomes(world, actor, call, at + 1, at + 1 < scenario.steps.length ? linux : profile)
    world = last[0]?.world ?? world
  })
  return last
}

function lastOf(lines: readonly string[]): Outcome {
  const [last] = allOf(linux, lines)
  if (last === undefined) throw new Error('a story needs a step')
  return last
}
