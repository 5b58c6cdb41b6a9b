import type { Expected } from '../expected.ts'
import { ordinary } from '../identity.ts'
import { initialWorld, usualFacts } from '../initial.ts'
import { type Outcome, outcomes } from '../outcomes.ts'
import { linux, type Profile, posix } from '../profile.ts'
import { rootActors } from '../vocabulary/scenario.ts'
import { parseScenario } from '../vocabulary/text/parse.ts'
import type { Facts, World } from '../world.ts'

/** Where a scenario has come to. */
export interface Played {
  readonly world: World
  /** How many steps were made. */
  readonly steps: number
  /** What the last step allows, the documented outcome first. */
  readonly outcomes: readonly Outcome[]
  /** Who came back with what in the documented outcome of the last step: `A 0, B EAGAIN`. */
  readonly ending: string
  /** The rules of the documented outcome of the last step. */
  readonly rules: readonly string[]
}

const start: Played = {
  world: initialWorld(usualFacts, rootActors),
  steps: 0,
  outcomes: [],
  ending: '',
  rules: [],
}

/** Plays the lines of a scenario in profile linux, taking the documented outcome of each step. */
export const play = (...lines: readonly string[]): Played => playOn(start, ...lines)

/** Goes on from where something was played. */
export function playOn(before: Played, ...lines: readonly string[]): Played {
  return lines.reduce((played, line) => step(played, line, linux), before)
}

/** The last line in profile posix: all that may come back, each outcome as in `ending`. */
export function allowed(...lines: readonly string[]): readonly string[] {
  const before = play(...lines.slice(0, -1))
  return endings(step(before, lines.at(-1) ?? '', posix))
}

/** What may come back in the last step. */
export const endings = (played: Played): readonly string[] =>
  [...new Set(played.outcomes.map(endingOf))].sort()

/** The last step again in profile posix. */
export const inPosix = (before: Played, line: string): Played => step(before, line, posix)

/** The same world, as somebody else sees it, or with other limits. */
export function withFacts(played: Played, changed: Partial<Facts>): Played {
  const facts = { ...played.world.facts, ...changed }
  const processes = Object.entries(played.world.processes).map(([name, process]) => [
    name,
    { ...process, identity: ordinary(facts.uid, facts.gid) },
  ])
  return { ...played, world: { ...played.world, facts, processes: Object.fromEntries(processes) } }
}

/** A process that is neither owner nor in the group of what was made before. */
export const stranger: Partial<Facts> = { uid: 2000, gid: 2000 }

function step(before: Played, line: string, profile: Profile): Played {
  const [each] = parseScenario(line).scenario.steps
  if (each === undefined) throw new Error(`no step: ${line}`)
  const steps = before.steps + 1
  const found = outcomes(before.world, each.actor, each.call, steps, profile)
  const [first] = found
  if (first === undefined) throw new Error(`no outcome: ${line}`)
  return { world: first.world, steps, outcomes: found, ending: endingOf(first), rules: first.rules }
}

const endingOf = ({ events }: Outcome) =>
  events
    .map((event) => {
      if (event.is !== 'returned') return `${event.actor} ${event.is}`
      const { errno, value } = event.result
      return `${event.actor} ${errno === 'none' ? words(value) : errno}`
    })
    .sort()
    .join(', ')

/** `3`, `id S`, `pid B`, `at least 5`. */
function words(expected: Expected): string {
  if (typeof expected !== 'object') return String(expected)
  if (!('is' in expected)) return `{${expected.join(' ')}}`
  if (expected.is === 'atLeast') return `at least ${expected.least}`
  if (expected.is === 'atMost') return `at most ${expected.most}`
  return 'of' in expected ? `${expected.is} ${expected.of}` : expected.is
}

/** The out data of the actor's return in the documented outcome of the last step, in words. */
export function out(played: Played, actor = 'A'): Readonly<Record<string, string>> {
  for (const event of played.outcomes[0]?.events ?? [])
    if (event.is === 'returned' && event.actor === actor)
      return Object.fromEntries(
        Object.entries(event.result.out ?? {}).map(([name, value]) => [name, words(value)]),
      )
  return {}
}

/** The values of set S, `1 0`; empty if it does not exist. */
export const values = ({ world }: Played): string =>
  (world.sets.S?.semaphores ?? []).map(({ value }) => value).join(' ')

/** The last processes of set S, `A -`. */
export const pids = ({ world }: Played): string =>
  (world.sets.S?.semaphores ?? []).map(({ pid }) => pid || '-').join(' ')

/** The adjustments of a process for set S, `-1 0`; empty if it has none. */
export const adjustments = ({ world }: Played, actor: string): string =>
  (world.processes[actor]?.undo.S ?? []).join(' ')

/** The processes asleep on set S, the oldest first. */
export const sleepers = ({ world }: Played): string => (world.sets.S?.sleepers ?? []).join(' ')

/** semncnt of each semaphore of set S, then semzcnt: `1 0 / 0 0`. */
export function counts(played: Played): string {
  const all = played.world.sets.S?.semaphores ?? []
  const ask = (command: string) =>
    all.map((_, sem) => playOn(played, `D: semctl(S, ${sem}, ${command})`).ending.slice(2)).join(' ')
  return `${ask('GETNCNT')} / ${ask('GETZCNT')}`
}
