import { initialWorld, usualFacts } from '../../model/initial.ts'
import { outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import type { World } from '../../model/world.ts'
import { UNSEEN } from '../../oracle/bindings.ts'
import type { TraceEvent } from '../../oracle/trace/trace.ts'

/** Actors of a history by their number. */
export const actors = ['A', 'B', 'C', 'D'] as const

const roomy = { ...usualFacts, limits: { ...usualFacts.limits, msgmax: 1 << 20, msgmnb: 1 << 30 } }

/** The world in which histories begin: a semaphore S with this value, another one T, and queues Q and R. */
export function worldWith(value: number): World {
  const { scenario } = parseScenario(
    `A: S = semget(private, 1)\nA: semctl(S, 0, SETVAL, ${value})\nA: Q = msgget(private)\nA: T = semget(private, 1)\nA: R = msgget(private)\n`,
  )
  return scenario.steps.reduce(
    (world, { actor, call }) => outcomes(world, actor, call, 1, linux)[0]?.world ?? world,
    initialWorld(roomy, actors),
  )
}

const calls = new Map<string, Call>()

/** The call of a line of scenario text, the same object each time. */
export function callOf(text: string): Call {
  const known = calls.get(text) ?? parseScenario(`A: ${text}\n`).scenario.steps[0]?.call
  if (known === undefined) throw new Error(`no call: ${text}`)
  calls.set(text, known)
  return known
}

/** What came of a call; outputs that are not named were not looked at. */
export const returned = (
  actor: string,
  call: Call,
  value: number,
  errno = 0,
  out: Readonly<Record<string, number>> = {},
): TraceEvent => ({
  is: 'returned',
  actor,
  value,
  errno,
  out: value < 0 ? null : formOf(call.name).outputs.map(({ name }) => out[name] ?? UNSEEN),
  clobbered: false,
})
