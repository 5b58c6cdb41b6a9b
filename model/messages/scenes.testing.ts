import type { ExpectedEvent } from '../expected.ts'
import { initialWorld, usualFacts } from '../initial.ts'
import type { Moment } from '../moment.ts'
import { type Outcome, outcomes } from '../outcomes.ts'
import { linux, type Profile } from '../profile.ts'
import { rootActors } from '../vocabulary/scenario.ts'
import { parseScenario } from '../vocabulary/text/parse.ts'
import type { World } from '../world.ts'

export const start: World = initialWorld(usualFacts, rootActors)

/** A queue Q with a limit of 10 bytes. */
export const small = ['Q = msgget(private)', 'msgctl(Q, IPC_SET, own, own, 0600, 10)']

/** Every outcome of the last line of a scenario text, after the documented (Linux) outcomes of the lines before it. */
export function outcomesAfter(
  lines: readonly string[],
  profile: Profile = linux,
  from: World = start,
): readonly Outcome[] {
  const { steps } = parseScenario(lines.join('\n')).scenario
  let found: readonly Outcome[] = []
  let world = from
  steps.forEach(({ actor, call }, index) => {
    found = outcomes(world, actor, call, index + 1, index === steps.length - 1 ? profile : linux)
    world = found[0]?.world ?? world
  })
  return found
}

/** The only outcome of the last line on Linux. */
export function only(...lines: readonly string[]): Outcome {
  const [first, ...others] = outcomesAfter(lines)
  if (first === undefined || others.length > 0) throw new Error('expected one outcome')
  return first
}

/** What may come back in the last line, each outcome as `A 0, B E2BIG`. */
export const endings = (found: readonly Outcome[]): readonly string[] =>
  [...new Set(found.map(({ events }) => ending(events)))].sort()

export const ending = (events: readonly ExpectedEvent[]): string =>
  events
    .map((event) => {
      if (event.is !== 'returned') return `${event.actor} ${event.is}`
      const { errno, value } = event.result
      return `${event.actor} ${errno === 'none' ? String(value) : errno}`
    })
    .sort()
    .join(', ')

/** Every way in which a profile lets something happen that is no call, such as a signal. */
export function ways(
  world: World,
  now: number,
  profile: Profile,
  happen: (moment: Moment) => void,
): readonly Moment[] {
  const found: Moment[] = []
  const scripts: (readonly number[])[] = [[]]
  for (let script = scripts.pop(); script !== undefined; script = scripts.pop()) {
    const moment: Moment = { world, now, profile, events: [], rules: [], ruleCounts: [], choices: [], script }
    happen(moment)
    found.push(moment)
    const taken = moment.choices.map(({ index }) => index)
    for (let at = script.length; at < taken.length; at++)
      for (let index = 1; index < (moment.choices[at]?.of ?? 0); index++)
        scripts.push([...taken.slice(0, at), index])
  }
  return found
}
