import { ruleOf } from '../../model/catalogue/rules.ts'
import type { Profile } from '../../model/profile.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { Allowed } from '../../oracle/explanation/allowed.ts'
import type { Followed, FollowedStep } from '../../oracle/explanation/follow.ts'
import { otherSleepWords } from '../../oracle/explanation/object-states.ts'
import { type Hold, holds } from '../rule-profiles.ts'

/** What each profile allows at each step of a scenario, as `explain --json` prints it. */
export interface ExplainedScenario {
  readonly title: string
  readonly profiles: readonly Profile['name'][]
  readonly steps: readonly ExplainedStep[]
  /** Why the explanation ends before the last step; else empty. */
  readonly problem: string
  /** Every rule that is named in a step. */
  readonly rules: readonly ExplainedClause[]
}

export interface ExplainedStep {
  /** From 1. */
  readonly step: number
  readonly call: string
  readonly allowed: readonly ExplainedOutcome[]
  /** Why the explanation goes on with the outcome that it follows. */
  readonly because: FollowedStep['because']
  /** The objects and the sleepers afterwards, in the outcome that is followed. */
  readonly after: readonly string[]
  /** Lines of the file that expect what is not allowed. */
  readonly unmet: readonly { readonly line: number; readonly text: string }[]
}

export interface ExplainedOutcome {
  readonly words: string
  /** The objects afterwards, where that alone tells this outcome from another one. */
  readonly leaves: readonly string[]
  readonly profiles: readonly Profile['name'][]
  readonly rules: readonly string[]
  readonly followed: boolean
}

export interface ExplainedClause {
  readonly id: string
  readonly sentence: string
  readonly cites: readonly string[]
  readonly profiles: Readonly<Record<Profile['name'], Hold>>
}

export function explainedScenario(
  title: string,
  { steps, problem }: Followed,
  profiles: readonly Profile[],
): ExplainedScenario {
  const explained = steps.map(explainedStep)
  const named = new Set(explained.flatMap(({ allowed }) => allowed.flatMap(({ rules }) => rules)))
  return {
    title,
    profiles: profiles.map(({ name }) => name),
    steps: explained,
    problem,
    rules: [...named].flatMap((id) => {
      const rule = ruleOf(id)
      return rule === undefined ? [] : [clauseOf(rule)]
    }),
  }
}

export const clauseOf = (rule: NonNullable<ReturnType<typeof ruleOf>>): ExplainedClause => ({
  ...{ id: rule.id, sentence: rule.sentence, cites: rule.cites, profiles: holds(rule) },
})

function explainedStep({
  number,
  step,
  allowed,
  followed,
  outcome,
  because,
  unmet,
}: FollowedStep): ExplainedStep {
  return {
    step: number,
    call: printStep(step),
    allowed: allowed.map((each) => ({
      words: each.words,
      leaves: isAlone(each, allowed) ? [] : each.states,
      profiles: each.profiles,
      rules: each.outcome.rules,
      followed: each === followed,
    })),
    because,
    after: [...followed.states, ...otherSleepWords(outcome.world)],
    unmet: unmet.map(({ line, text }) => ({ line, text })),
  }
}

const isAlone = ({ words }: Allowed, allowed: readonly Allowed[]) =>
  allowed.filter((other) => other.words === words).length === 1
