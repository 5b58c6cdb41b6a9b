import type { Outcome } from '../model/outcomes.ts'
import type { Call } from '../model/vocabulary/forms.ts'
import type { Step } from '../model/vocabulary/scenario.ts'
import type { World } from '../model/world.ts'
import { aspectsOfCall, byAspect, differingOutputs } from './aspects.ts'
import { type Candidate, type Context, match } from './bindings.ts'
import { type Calls, matchEvent } from './match-step.ts'
import type { RecordedStep } from './trace/trace.ts'

interface Accusation {
  readonly step: Step
  readonly observed: RecordedStep
  readonly allowed: readonly Outcome[]
  readonly calls: Calls
  /** The world before each step, the latest last. */
  readonly history: readonly World[]
  /** The rules of each step, this one last. */
  readonly stepRules: readonly (readonly string[])[]
  readonly candidates: readonly Candidate[]
  readonly context: Context
}

/**
 * The rules that bear on a deviation, the likeliest first. A call that only looks at state accuses the latest step
 * that changed what it looks at; any other call accuses the rules of the event that differs.
 */
export function blame(accusation: Accusation): readonly string[] {
  const { step, allowed, stepRules } = accusation
  const documented = allowed[0]
  const own = documented === undefined ? [] : rulesOfDifference(accusation, documented)
  const rest = [...(stepRules.at(-1) ?? [])].reverse()
  if (!observers.test(step.call.name)) return unique([...own, ...rest])
  const earlier = rulesOfLatestChange(accusation)
  return byAspect(unique([...earlier, ...own, ...rest]), aspectsOf(accusation))
}

/** What the observing call showed to be wrong: the outputs that differ from the documented outcome. */
function aspectsOf({ step, observed, allowed, candidates, context }: Accusation): readonly string[] {
  const outcome = allowed[0]
  const bindings = candidates[0]?.bindings
  const expected = outcome?.events.find(({ actor }) => actor === step.actor)
  const seen = observed.events.find(({ actor }) => actor === step.actor)
  if (
    expected?.is !== 'returned' ||
    seen?.is !== 'returned' ||
    bindings === undefined ||
    outcome === undefined
  )
    return aspectsOfCall(step.call, [])
  const differing = differingOutputs(step.call, seen.out, (name, at) => {
    const value = expected.result.out?.[name]
    const shown = seen.out?.[at]
    if (value === undefined || shown === undefined) return true
    return match(value, shown, bindings, outcome.world, context) !== undefined
  })
  return aspectsOfCall(step.call, differing)
}

/** Calls that change nothing that the model knows: a wrong answer is an earlier step's fault. */
const observers = /^(semctl\.(GET|IPC_STAT)|msgctl\.IPC_STAT|shmctl\.IPC_STAT|load|sigpending|caught|getp)/

/** The rules noted for the first event that is missing or differs, the most specific (latest) first. */
function rulesOfDifference(
  { observed, calls, candidates, context }: Accusation,
  documented: Outcome,
): readonly string[] {
  const bindings = candidates[0]?.bindings
  if (bindings === undefined) return []
  const differing = documented.events.findIndex((expected) => {
    const seen = observed.events.find((event) => event.actor === expected.actor && event.is === expected.is)
    return (
      seen === undefined ||
      matchEvent(expected, seen, calls, bindings, documented.world, context) === undefined
    )
  })
  if (differing < 0) return []
  const from = differing === 0 ? 0 : (documented.ruleCounts[differing - 1] ?? 0)
  const to = documented.ruleCounts[differing] ?? documented.rules.length
  return documented.rules.slice(from, to).reverse()
}

function rulesOfLatestChange({ step, history, stepRules }: Accusation): readonly string[] {
  const name = objectOf(step.call)
  for (let at = history.length - 1; at > 0; at--) {
    const before = history[at - 1]
    const after = history[at]
    if (before === undefined || after === undefined) continue
    if (name === '' ? before !== after : part(before, name) !== part(after, name))
      return [...(stepRules[at - 1] ?? [])].reverse()
  }
  return []
}

function objectOf(call: Call): string {
  const id = 'set' in call ? call.set : 'queue' in call ? call.queue : 'segment' in call ? call.segment : ''
  return typeof id === 'string' ? id : ''
}

function part(world: World, variable: string): unknown {
  const name = world.aliases[variable] ?? variable
  return world.sets[name] ?? world.queues[name] ?? world.segments[name]
}

const unique = (rules: readonly string[]) => [...new Set(rules)]
