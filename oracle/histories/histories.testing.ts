import { initialWorld, usualFacts } from '../../model/initial.ts'
import { outcomes } from '../../model/outcomes.ts'
import { linux, type Profile } from '../../model/profile.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { errnos } from '../../model/vocabulary/names.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import type { World } from '../../model/world.ts'
import { UNSEEN } from '../bindings.ts'
import { aHeader } from '../trace/a-header.testing.ts'
import type { TraceEvent } from '../trace/trace.ts'
import type { HistoryJudgement, TimedCall } from './history.ts'
import { createMemory, type Judging, judgeHistory } from './judge-history.ts'

/** A call as tests write it: `A 0-3 semop(S, [0 +1]) = 0`, `B 1- semop(S, [0 -1])`, `B 1-(9) …` for one seen asleep at 9. */
export function timedCall(line: string): TimedCall {
  const found = /^(\w) (\d+)-(\d+)?(?:\((\d+)\))?(\d+)? (.*?)(?: = (-?\d+|E\w+)(?: (.*))?)?$/.exec(line)
  if (found === null) throw new Error(line)
  const [, actor = '', begin, end, asleep, later, text = '', result, outs] = found
  const call = parseScenario(`${actor}: ${text}\n`).scenario.steps[0]?.call
  if (call === undefined) throw new Error(line)
  const errno = result !== undefined && result in errnos ? errnos[result as keyof typeof errnos] : 0
  const back = later ?? end
  const out = new Map((outs ?? '').split(' ').map((word) => word.split('=') as [string, string]))
  const outputs = formOf(call.name).outputs.map(({ name }) => Number(out.get(name) ?? UNSEEN))
  const value = errno === 0 ? Number(result) : -1
  const came: TraceEvent = {
    ...{ is: 'returned', actor, value, errno, clobbered: false },
    out: errno === 0 ? outputs : null,
  }
  const seen = result === undefined ? null : came
  return {
    ...{ actor, call, begin: Number(begin), end: back === undefined ? 'never' : Number(back), seen },
    ...(asleep === undefined ? {} : { asleepAt: Number(asleep) }),
  }
}

/** The world behind these steps, each with its documented outcome. */
export const worldAfter = (text: string): World =>
  parseScenario(text).scenario.steps.reduce(
    (world, { actor, call }) => outcomes(world, actor, call, 1, linux)[0]?.world ?? world,
    initialWorld(usualFacts, rootActors),
  )

const memory = createMemory()

export const judgingFrom = (start: World, profile: Profile = linux): Judging => ({
  ...{ header: aHeader(), profile, start, seconds: [0, 0], memory },
})

/** Judges the lines from the world behind a setup. */
export const judged = (setup: string, lines: readonly string[], profile: Profile = linux): HistoryJudgement =>
  judgeHistory({ calls: lines.map(timedCall) }, judgingFrom(worldAfter(setup), profile))

/** Numbers below a bound, the same for the same seed (xorshift); 0 below 0. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return below === 0 ? 0 : (state >>> 0) % below
  }
}
