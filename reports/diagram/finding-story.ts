import { initialWorld, usualFacts } from '../../model/initial.ts'
import { canAct, knownOutcomes, type Outcome } from '../../model/outcomes.ts'
import type { Profile } from '../../model/profile.ts'
import { formOf } from '../../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import type { Facts, World } from '../../model/world.ts'
import { objectStates } from '../../oracle/explanation/object-states.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { callsAt, describeOutcome } from '../../oracle/words.ts'
import type { Story } from './story.ts'
import { eventsInWords, storyOf, type ToldStep } from './told-step.ts'

export type Finding = Pick<
  DeviationRecord,
  'scenario' | 'step' | 'observed' | 'allowed' | 'rule' | 'sentence' | 'cites'
>

/**
 * The story of a finding: what was observed at each step, and at the deviating one what was allowed. What the objects are
 * is told by the model, up to the deviation.
 */
export function findingStory(finding: Finding, profile: Profile, facts: Facts = usualFacts): Story {
  const { scenario } = parseScenario(finding.scenario)
  const observed = observedWords(finding.scenario)
  const told: ToldStep[] = []
  let world: World | null = initialWorld(facts, rootActors)
  for (const [at, step] of scenario.steps.entries()) {
    const words = observed[at] ?? NOT_BEGUN
    if (words === NOT_BEGUN) break
    const outcome: Outcome | undefined = nearest(world, step, at, scenario.steps, words, profile)
    world = at >= finding.step ? null : (outcome?.world ?? null)
    const { rule, sentence, cites, allowed } = finding
    told.push({
      ...{ step, words, rules: outcome?.rules ?? [] },
      objects: world === null ? null : objectStates(world),
      deviation: at === finding.step ? { observed: finding.observed, allowed, rule, sentence, cites } : null,
    })
  }
  return storyOf(scenario.title, told, '')
}

const NOT_BEGUN = 'not begun'

/** What `annotatedScenario` wrote behind each step. */
const observedWords = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => /\s# (.*)$/.exec(line)?.[1] ?? NOT_BEGUN)

/** The outcome that reads most like what was observed; undefined where the model does not know how it goes on. */
function nearest(
  world: World | null,
  step: Step,
  at: number,
  steps: readonly Step[],
  words: string,
  profile: Profile,
): Outcome | undefined {
  if (world === null || !(formOf(step.call.name).pseudo === true || canAct(world, step.actor)))
    return undefined
  const seen = eventsInWords(words)
  const calls = callsAt(steps, at)
  let best: { readonly outcome: Outcome; readonly likeness: number } | undefined
  for (const outcome of knownOutcomes(world, step.actor, step.call, at + 1, profile)) {
    const likeness = likenessOf(eventsInWords(describeOutcome(step, outcome, calls)), seen)
    if (best === undefined || likeness > best.likeness) best = { outcome, likeness }
  }
  return best?.outcome
}

type Events = ReturnType<typeof eventsInWords>

/** How much two steps have in common: who came back or not counts more than with what. */
const likenessOf = (some: Events, others: Events): number =>
  some.reduce(
    (sum, { actor, is, words }) => {
      const other = others.find((each) => each.actor === actor && each.is === is)
      if (other === undefined) return sum - DIFFERENT
      return sum + DIFFERENT + likenessOfWords(words, other.words)
    },
    -Math.abs(some.length - others.length) * DIFFERENT,
  )

const DIFFERENT = 1000

function likenessOfWords(a: string, b: string): number {
  const others = new Set(b.split(/[\s,{}]+/))
  return a.split(/[\s,{}]+/).filter((word) => others.has(word)).length + (errorOf(a) === errorOf(b) ? 100 : 0)
}

const errorOf = (words: string) => /\b-1 (E\w+)/.exec(words)?.[1] ?? ''
