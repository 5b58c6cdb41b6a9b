import { formOf } from '../../model/vocabulary/forms.ts'
import { UNSEEN } from '../bindings.ts'
import type { OverlappingProgram, OverlappingRun, TimedCall } from '../trace/timed-call.ts'
import type { TraceEvent } from '../trace/trace.ts'
import { type Judging, judgeHistory } from './judge-history.ts'
import { hasDeadline } from './late.ts'
import { cameOf, isChosen, toldOutputs } from './outcome.ts'

/** A call was back before another one began; both by their steps. */
export interface Precedence {
  readonly before: number
  readonly after: number
}

/** What no order of the calls explains: what came of them, from the first that overlapped on, and which followed which. */
export interface Forbidden {
  readonly came: readonly string[]
  readonly precedences: readonly Precedence[]
}

/**
 * A deviating run, told so that another run can be held against it: with no more of the times than it takes, and nothing
 * that differs from run to run. Undefined where the run does not deviate by that alone.
 */
export function forbiddenOf(
  program: OverlappingProgram,
  run: OverlappingRun,
  judging: Judging,
): Forbidden | undefined {
  const { scenario, first } = program
  const calls = run.calls.flatMap((call): readonly Ran[] => {
    const step = scenario.steps[call.step]
    return step === undefined ? [] : [{ ...call, actor: step.actor, seen: told(call) }]
  })
  // How long a call took is not told.
  if (calls.some(hasDeadline) || !deviates(calls, judging)) return undefined
  const loose = loosened(calls, program, judging)
  return { came: cameOf(program, { ...run, calls }).slice(first), precedences: precedencesOf(loose, program) }
}

type Ran = OverlappingRun['calls'][number]

const deviates = (calls: readonly Ran[], judging: Judging): boolean =>
  judgeHistory({ calls }, judging).verdict === 'deviates'

/** What another run may show as well. */
function told({ seen, call }: TimedCall): TraceEvent | null {
  if (seen?.is !== 'returned') return seen
  const { outputs, value } = formOf(call.name)
  return {
    ...seen,
    value: seen.errno === 0 && isChosen(value, Number(seen.value)) ? UNSEEN : seen.value,
    out: seen.out?.map((each, at) => (toldOutputs.includes(outputs[at]?.name ?? '') ? each : UNSEEN)) ?? null,
  }
}

/** The same calls, each begun as early and back as late as it may be for the whole to deviate still. */
function loosened(calls: readonly Ran[], program: OverlappingProgram, judging: Judging): readonly Ran[] {
  let known = calls
  for (const { step } of calls.filter((call) => isTogether(call, program)))
    for (const change of [begunEarlier, backLater]) {
      const tried = change(known, step, program)
      if (deviates(tried, judging)) known = tried
    }
  return known
}

/** Begun when the call before it in its list was back. */
function begunEarlier(calls: readonly Ran[], step: number, program: OverlappingProgram): readonly Ran[] {
  const call = calls.find((each) => each.step === step)
  const ends = calls
    .filter((each) => each.step < program.first || (each.step < step && each.actor === call?.actor))
    .flatMap(({ end }) => (end === 'never' ? [] : [end]))
  const begins = calls.filter((each) => isTogether(each, program)).map(({ begin }) => begin)
  const begin = Math.max(Math.min(...begins), ...ends)
  return calls.map((each) => (each.step === step ? { ...each, begin } : each))
}

/** Back when the next one of its list began. */
function backLater(calls: readonly Ran[], step: number, program: OverlappingProgram): readonly Ran[] {
  const call = calls.find((each) => each.step === step)
  if (call?.end === 'never') return calls
  const begins = calls
    .filter((each) => each.step >= program.last || (each.step > step && each.actor === call?.actor))
    .map(({ begin }) => begin)
  const ends = calls.flatMap(({ end }) => (end === 'never' ? [] : [end]))
  const end = begins.length === 0 ? Math.max(...ends) : Math.min(...begins)
  return calls.map((each) => (each.step === step ? { ...each, end } : each))
}

const isTogether = ({ step }: Ran, { first, last }: OverlappingProgram) => step >= first && step < last

/** Between actors, those left out that follow from others. */
function precedencesOf(calls: readonly Ran[], program: OverlappingProgram): readonly Precedence[] {
  const all = calls.filter((call) => isTogether(call, program))
  const follows = (one: Ran, other: Ran) =>
    one.actor !== other.actor && one.end !== 'never' && one.end < other.begin
  return all.flatMap((one) =>
    all.flatMap((other) => {
      const isImplied = all.some(
        (each) =>
          (each.actor === one.actor && each.step > one.step && follows(each, other)) ||
          (each.actor === other.actor && each.step < other.step && follows(one, each)),
      )
      return follows(one, other) && !isImplied ? [{ before: one.step, after: other.step }] : []
    }),
  )
}
