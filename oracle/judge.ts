import { areEqual, canonicalKey } from '../model/canonical.ts'
import { createDistinct } from '../model/distinct.ts'
import { type Foresight, foreseen } from '../model/foresight.ts'
import { initialWorld } from '../model/initial.ts'
import type { Chosen } from '../model/moment.ts'
import { agreed, canAct, type Outcome, outcomes } from '../model/outcomes.ts'
import type { Profile } from '../model/profile.ts'
import { versionOf } from '../model/versions.ts'
import { type Call, formNames, formOf } from '../model/vocabulary/forms.ts'
import { rootActors, type Step } from '../model/vocabulary/scenario.ts'
import { type Facts, type HugePages, type World, withFailed } from '../model/world.ts'
import { type Candidate, type Context, initialBindings } from './bindings.ts'
import { blame } from './blame.ts'
import { goOn } from './go-on.ts'
import { type Calls, matchStep } from './match-step.ts'
import { isOverlapping } from './trace/timed-call.ts'
import type { RecordedStep, Recording, TraceHeader } from './trace/trace.ts'
import type { Deviation, Judgement } from './verdict.ts'

/** More explanations than these at one time end in `inconclusive`, never in a pass. */
const CANDIDATES_MAX = 5_000

/** What the model must know about the place where a trace was recorded. */
export const factsOf = ({ identity, limits, ipcNamespace, ...header }: TraceHeader): Facts => ({
  uid: identity.uid,
  gid: identity.gid,
  version: versionOf(header.kernel),
  mapsOthers: identity.mapsOthers,
  identities: identity.changes ?? 'none',
  pageSize: header.pageSize,
  shmlba: header.shmlba,
  longBytes: header.longBytes ?? 8,
  missingCalls: header.missingCalls ?? [],
  alone: ipcNamespace ?? false,
  semvmx: limits.semvmx,
  limits,
  changesLimits: header.changesLimits ?? false,
  programs: header.programs ?? false,
  changesPids: header.changesPids ?? false,
  hugePages: hugePagesOf(header),
})

/** What is known of huge pages can be used where the arena begins with one. */
function hugePagesOf({ hugePages, arena }: Pick<TraceHeader, 'hugePages' | 'arena'>): HugePages {
  const isUsable =
    hugePages !== undefined && hugePages.size > 0 && BigInt(arena) % BigInt(hugePages.size) === 0n
  return isUsable ? hugePages : { size: 0, available: 0, group: 'unknown' }
}

/**
 * Judges a recording of stepped calls: follows every world that the profile allows, and lets each observation
 * shrink the set; a model that cannot tell what is allowed makes the recording inconclusive. After a deviation it goes on from the allowed outcome that is nearest to what was seen. Who made the
 * scenario may hand in what the model said then: it saves asking again.
 */
export function judge(
  recording: Recording,
  header: TraceHeader,
  profile: Profile,
  foresight: Foresight = { start: initialWorld(factsOf(header), rootActors), profile, steps: [] },
): Judgement {
  const { start } = foresight
  const context: Context = { header, recording }
  const deviations: Deviation[] = []
  const exercised: (readonly string[])[] = []
  const met: (readonly string[])[] = []
  const choices: Chosen[] = []
  const history: World[] = [start]
  let candidates: readonly Candidate[] = [{ world: start, bindings: initialBindings(header) }]
  const calls: Record<string, Call> = {}
  const { steps } = recording.scenario
  let at = 0
  const end = (reason: string): Judgement => ({
    verdict: deviations.length > 0 ? 'deviates' : reason === '' ? 'conforms' : 'inconclusive',
    deviations,
    reason,
    steps: at,
    exercised,
    met,
    choices,
  })
  if (isOverlapping(recording)) return end('its calls overlapped: they have no order to be judged in')
  for (; at < steps.length; at++) {
    const step = steps[at]
    const observed = recording.steps[at]
    if (step === undefined || observed === undefined) break
    if (observed.events.some(({ is }) => is === 'skipped')) {
      candidates = afterSkipping(candidates, step, observed)
      if (candidates.length === 0)
        return end(`step ${at + 1}: the harness could not give ${step.actor} its call`)
      history.push(candidates[0]?.world ?? start)
      exercised.push([])
      continue
    }
    const able = candidates.filter(({ world }) => isPossible(world, step))
    if (able.length === 0) return end(`step ${at + 1}: ${step.actor} cannot be given a call here`)
    if (!isPseudo(step.call)) calls[step.actor] = step.call
    const followed = tryTo(() => follow(able, step, observed, at + 1, calls, { profile, context, foresight }))
    if (followed instanceof Error) return end(`step ${at + 1}: the model gave up: ${followed.message}`)
    const { next, allowed, told } = followed
    if (next.length > CANDIDATES_MAX) return end(`step ${at + 1}: more than ${CANDIDATES_MAX} explanations`)
    const rules = (next[0]?.outcome ?? allowed[0])?.rules ?? []
    exercised.push(rules)
    if (next.length > 0) {
      met.push(rules)
      for (const chosen of told) choices.push(chosen)
      candidates = next
    } else {
      const blamed = blame({
        step,
        steps,
        observed,
        allowed,
        calls,
        history,
        stepRules: exercised,
        candidates: able,
        context,
      })
      deviations.push({ step: at, rule: blamed.rules[0] ?? step.call.name, ...blamed, observed, allowed })
      candidates = goOn(allowed, observed, step, calls, able, context)
      if (candidates.length === 0) {
        at++
        return end('what was seen cannot be continued from any allowed outcome')
      }
    }
    history.push(candidates[0]?.world ?? start)
  }
  if (at < steps.length)
    return end(recording.problem === '' ? `the trace ends before step ${at + 1}` : recording.problem)
  return end(recording.problem)
}

/**
 * A step that was not given, because its actor was not outside a call: the candidates that agree, in which nothing
 * happens. It comes about where the target made an allowed choice that the author of the scenario did not foresee.
 */
function afterSkipping(
  candidates: readonly Candidate[],
  { actor, call }: Step,
  { events }: RecordedStep,
): readonly Candidate[] {
  if (events.length > 1 || events[0]?.actor !== actor) return []
  return candidates
    .filter(({ world }) => !isPossible(world, { actor, call }))
    .map(({ world, bindings }) => ({
      world: 'as' in call ? withFailed(world, call.as) : world,
      bindings,
    }))
}

interface Following {
  readonly profile: Profile
  readonly context: Context
  readonly foresight: Foresight
}

interface Followed extends Candidate {
  readonly outcome: Outcome
}

function follow(
  candidates: readonly Candidate[],
  step: Step,
  observed: RecordedStep,
  now: number,
  calls: Calls,
  { profile, context, foresight }: Following,
): { next: readonly Followed[]; allowed: readonly Outcome[]; told: readonly Chosen[] } {
  const next: Followed[] = []
  let allowed: readonly Outcome[] = []
  for (const { world, bindings } of candidates) {
    const possible =
      foreseen(foresight, now - 1, world, profile) ?? outcomes(world, step.actor, step.call, now, profile)
    allowed = allowed.length === 0 ? possible : [...allowed, ...possible]
    for (const outcome of possible) {
      const bound = matchStep(outcome, observed, calls, bindings, context)
      if (bound !== undefined) next.push({ world: outcome.world, bindings: bound, outcome })
    }
  }
  return { next: next.length > 1 ? distinct(next) : next, allowed, told: toldBy(next) }
}

/** What all explanations of a step say about how the target chose. */
function toldBy(explanations: readonly Followed[]): readonly Chosen[] {
  const [first, ...others] = explanations.map(({ outcome }) => outcome.told ?? outcome.choices)
  return first === undefined || first.length === 0 ? [] : others.reduce(agreed, first)
}

function distinct(candidates: readonly Followed[]): readonly Followed[] {
  const found = createDistinct(isSame, keyOf)
  for (const candidate of candidates) found.add(candidate)
  return found.all()
}

const isSame = (a: Followed, b: Followed) => areEqual(a.world, b.world) && areEqual(a.bindings, b.bindings)
const keyOf = ({ world, bindings }: Followed) => `${canonicalKey(world)} ${canonicalKey(bindings)}`

/** What is done, or the error that it throws. */
function tryTo<T>(act: () => T): T | Error {
  try {
    return act()
  } catch (error) {
    return error as Error
  }
}

const pseudo: ReadonlySet<string> = new Set(formNames.filter((name) => formOf(name).pseudo === true))

const isPseudo = ({ name }: Call) => pseudo.has(name)

/** Whether the step can be given in this world: its actor is outside any call, or it is the driver's own step. */
const isPossible = (world: World, { actor, call }: Step) => isPseudo(call) || canAct(world, actor)
