import { familyOf } from '../model/catalogue.ts'
import type { Outcome } from '../model/outcomes.ts'
import { type Call, formOf } from '../model/vocabulary/forms.ts'
import { errnos } from '../model/vocabulary/names.ts'
import type { Step } from '../model/vocabulary/scenario.ts'
import type { World } from '../model/world.ts'
import { aspectsOfCall, byAspect, differingOutputs, isAnswer, isVisible } from './aspects.ts'
import { type Candidate, type Context, match } from './bindings.ts'
import { type Calls, matchEvent } from './match-step.ts'
import type { RecordedStep } from './trace/trace.ts'
import type { Deviation } from './verdict.ts'

interface Accusation {
  readonly step: Step
  /** The whole scenario. */
  readonly steps: readonly Step[]
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
export function blame(accusation: Accusation): Pick<Deviation, 'rules' | 'accused'> {
  const { step, allowed, stepRules } = accusation
  const documented = allowed[0]
  const differing =
    documented === undefined ? [] : rulesOfDifference(accusation, documented).filter(isVisible)
  const own = permissionOnly(differing, accusation)
  const rest = [...(stepRules.at(-1) ?? [])].reverse()
  if (writesArray(accusation)) return { rules: unique([ARRAY_KEPT, ...own, ...rest]), accused: 1 }
  if (tookWhatItLeaves(accusation)) return { rules: unique([LEFT_WAITABLE, ...own, ...rest]), accused: 1 }
  if (!observers.test(step.call.name) || !isAnswered(accusation))
    return { rules: unique([...own, ...rest]), accused: own.length }
  const earlier = rulesOfEarlierSteps(accusation)
  return { rules: byAspect(unique([...earlier, ...own, ...rest]), aspectsOf(accusation)), accused: 0 }
}

/** What came of the call itself, as it is documented and as it was seen. */
const ofCaller = ({ step, observed, allowed }: Accusation) => ({
  expected: allowed[0]?.events.find(({ actor }) => actor === step.actor),
  seen: observed.events.find(({ actor }) => actor === step.actor),
})

/** Where a call says that something is not permitted which is: the rules about that, if any were noted. */
function permissionOnly(rules: readonly string[], accusation: Accusation): readonly string[] {
  const { expected, seen } = ofCaller(accusation)
  const isRefused =
    seen?.is === 'returned' &&
    seen.errno === errnos.EACCES &&
    !(expected?.is === 'returned' && expected.result.errno === 'EACCES')
  const found = isRefused ? rules.filter((rule) => rule.startsWith('perm.')) : []
  return found.length > 0 ? found : rules
}

/** Whether a wait does not come back with what the wait before it looked at, and had to leave. */
function tookWhatItLeaves(accusation: Accusation): boolean {
  const { step, steps, stepRules } = accusation
  const { expected, seen } = ofCaller(accusation)
  const isReported = expected?.is === 'returned' && expected.result.errno === 'none'
  if (!isWait.test(step.call.name) || !isReported || (seen?.is === 'returned' && seen.errno === 0))
    return false
  const before = steps.slice(0, stepRules.length - 1).findLastIndex(({ call }) => isWait.test(call.name))
  return stepRules[before]?.includes(LEFT_WAITABLE) ?? false
}

const isWait = /^wait/
const LEFT_WAITABLE = 'waitid.wnowait.leaves-waitable'

const ARRAY_KEPT = 'semop.array-not-modified'

/** Whether a semop wrote into the array of its caller, the only memory that it was given. */
const writesArray = ({ observed, calls }: Accusation): boolean =>
  observed.events.some((event) => {
    const name = calls[event.actor]?.name
    return event.is === 'returned' && event.clobbered && (name === 'semop' || name === 'semtimedop')
  })

/** What the observing call showed to be wrong: the outputs that differ from the documented outcome. */
function aspectsOf(accusation: Accusation): readonly string[] {
  const { step, allowed, candidates, context } = accusation
  const outcome = allowed[0]
  const bindings = candidates[0]?.bindings
  const { expected, seen } = ofCaller(accusation)
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
const observers =
  /^(semctl\.(GET|IPC_STAT)|msgctl\.IPC_STAT|shmctl\.IPC_STAT|sigpending|caught|getp|getrusage)/

/** Whether the call was allowed to look and did: otherwise its own rules are in question. */
function isAnswered(accusation: Accusation): boolean {
  const { expected, seen } = ofCaller(accusation)
  return (
    expected?.is === 'returned' &&
    expected.result.errno === 'none' &&
    seen?.is === 'returned' &&
    seen.errno === 0
  )
}

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
  if (differing < 0) return [...documented.rules].reverse()
  const from = differing === 0 ? 0 : (documented.ruleCounts[differing - 1] ?? 0)
  const to = documented.ruleCounts[differing] ?? documented.rules.length
  return documented.rules.slice(from, to).reverse()
}

/**
 * The rules of the steps that may have left the object as it is, the latest first: calls on it, since it was created;
 * of other steps the rules that belong to its family, such as those about what a fork keeps. What the calls themselves
 * returned was right: those rules come last.
 */
function rulesOfEarlierSteps({ step, steps, history, stepRules }: Accusation): readonly string[] {
  const aliases = history.at(-1)?.aliases ?? {}
  const nameIn = (call: Call) => aliases[objectOf(call)] ?? objectOf(call)
  const name = nameIn(step.call)
  const family = formOf(step.call.name).family
  const found: string[] = []
  for (let at = history.length - 1; at > 0; at--) {
    const rules = [...(stepRules[at - 1] ?? [])].reverse()
    const earlier = steps[at - 1]
    const [before, after] = [history[at - 1], history[at]]
    if (earlier === undefined || before === undefined || after === undefined) continue
    if (name === '') {
      if (before !== after) return rules
    } else if (nameIn(earlier.call) !== name) found.push(...rules.filter((rule) => familyOf(rule) === family))
    else if (!observers.test(earlier.call.name)) found.push(...rules)
  }
  return found.toSorted((a, b) => Number(isAnswer(a)) - Number(isAnswer(b)))
}

/** The variable of the object that the call is about or makes; empty if there is none. */
function objectOf(call: Call): string {
  const id = 'set' in call ? call.set : 'queue' in call ? call.queue : 'segment' in call ? call.segment : ''
  if (typeof id === 'number') return ''
  return id === '' && makers.test(call.name) && 'as' in call ? call.as : id
}

const makers = /^(sem|msg|shm)get$/

const unique = (rules: readonly string[]) => [...new Set(rules)]
