import { canonicalKey } from '../model/canonical.ts'
import { initialWorld, usualFacts } from '../model/initial.ts'
import { canAct, type Outcome, outcomes } from '../model/outcomes.ts'
import type { Profile } from '../model/profile.ts'
import { formOf } from '../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../model/vocabulary/scenario.ts'
import type { ScenarioText } from '../model/vocabulary/text/parse.ts'
import { printStep } from '../model/vocabulary/text/print.ts'
import type { World } from '../model/world.ts'
import { expectationsByStep, isMet, type LineExpectation } from '../oracle/line-expectations.ts'
import { callsAt, describeOutcome } from '../oracle/words.ts'

/** What the model allows at one step. */
export interface ExplainedStep {
  /** From 1. */
  readonly step: number
  readonly call: string
  readonly allowed: readonly AllowedWords[]
  /** What is wrong with the step: it cannot be made, or the file expects what is not allowed; else empty. */
  readonly problem: string
}

export interface AllowedWords {
  readonly words: string
  readonly rules: readonly string[]
}

/** More ways to go on than these are not followed. */
const WORLDS_MAX = 2000

/**
 * What the profile allows at each step of a scenario, in a system with Linux's usual limits. Where several outcomes
 * are allowed the file's own expectations choose, and without them every one is followed.
 */
export function explainScenario(
  { scenario, lines }: ScenarioText,
  profile: Profile,
): readonly ExplainedStep[] {
  const { steps } = scenario
  const expectations = expectationsByStep(lines)
  const explained: ExplainedStep[] = []
  let worlds: readonly World[] = [initialWorld(usualFacts, rootActors)]
  for (const [at, step] of steps.entries()) {
    const call = printStep(step)
    const able = worlds.filter((world) => isPossible(world, step))
    const reason = able.length === 0 ? `${step.actor} is in no state to make a call here` : tooMany(able)
    if (reason !== '') {
      explained.push({ step: at + 1, call, allowed: [], problem: `${reason}; the explanation ends.` })
      return explained
    }
    const all = able.flatMap((world) => outcomes(world, step.actor, step.call, at + 1, profile))
    const expected = all.filter(({ events }) => (expectations[at] ?? []).every((each) => isMet(each, events)))
    const calls = callsAt(steps, at)
    explained.push({
      step: at + 1,
      call,
      allowed: inWords(all, (outcome) => describeOutcome(step, outcome, calls)),
      problem: expected.length > 0 ? '' : problemOf(expectations[at] ?? []),
    })
    worlds = distinct((expected.length > 0 ? expected : all).map(({ world }) => world))
  }
  return explained
}

const isPossible = (world: World, { actor, call }: Step) =>
  formOf(call.name).pseudo === true || canAct(world, actor)

const tooMany = (worlds: readonly World[]) =>
  worlds.length > WORLDS_MAX ? `there are more than ${WORLDS_MAX} ways to get here` : ''

const problemOf = (expectations: readonly LineExpectation[]) =>
  `This is not what the file expects: ${expectations.map(({ line, text }) => `line ${line}, \`${text}\``).join('; ')}.`

function inWords(all: readonly Outcome[], describe: (outcome: Outcome) => string): readonly AllowedWords[] {
  const found = new Map<string, AllowedWords>()
  for (const outcome of all) {
    const words = describe(outcome)
    if (!found.has(words)) found.set(words, { words, rules: outcome.rules })
  }
  return [...found.values()]
}

const distinct = (worlds: readonly World[]) => [
  ...new Map(worlds.map((world) => [canonicalKey(world), world])).values(),
]
