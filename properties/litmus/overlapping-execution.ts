import type { StartedTarget } from '../../harness/targets/target.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { OverlappingProgram, OverlappingRun } from '../../oracle/trace/timed-call.ts'
import { canOverlap } from '../overlapping/can-overlap.ts'
import { repeatProgram } from '../overlapping/repeat-program.ts'
import { judgeRun } from '../overlapping/run-program.ts'
import { shortenRun } from '../overlapping/shrink-program.ts'
import { toldFinding } from '../overlapping/told.ts'
import { actorsIn, endOf, type MadeStep } from './end-of.ts'
import { possibleEnds, TooLarge } from './enumerate.ts'
import type { ExecutionOptions, PlannedStep } from './execution.ts'
import { type LitmusTest, observationOf } from './litmus-test.ts'
import { type End, isTrue } from './proposition.ts'
import type { LitmusRun, ShownEnd } from './run-litmus.ts'
import { seenInRecording } from './seen.ts'
import { stepsOf } from './stepped-execution.ts'

/** Runs of a test if nobody says how many. */
const RUNS_USUAL = 1000

/**
 * Runs a test with its columns at the same time, has each run judged, and counts how it ends. Ends that the profile allows and
 * that were not seen have the count 0.
 */
export async function runOverlappingLitmus(
  test: LitmusTest,
  target: StartedTarget,
  { profile, runs, seed, stop }: ExecutionOptions,
): Promise<LitmusRun> {
  const none = { runs: 0, complete: false, ends: [], strayed: 0, observation: observationOf(0, 0) }
  const planned = plannedOf(test)
  const first = test.setup.length
  const last = first + test.columns.reduce((sum, { calls }) => sum + calls.length, 0)
  const wrong = planned.slice(first, last).find(({ step }) => !canOverlap(step.call))
  if (wrong !== undefined)
    return { ...none, inconclusive: [`${wrong.step.call.name} cannot be followed while calls overlap`] }
  const program: OverlappingProgram = {
    ...{ scenario: { title: test.name, steps: planned.map(({ step }) => step) }, first, last },
  }
  const shown = new Map<string, ShownEnd>()
  const inconclusive = new Set<string>()
  const memory = createMemory()
  const wanted = runs === 0 ? RUNS_USUAL : runs
  let counted = 0
  for await (const run of repeatProgram(target, program, { wanted, seed, stop })) {
    if (typeof run === 'string') {
      inconclusive.add(run)
      continue
    }
    const judgement = judgeRun(run, target.header, profile, memory)
    if (judgement.verdict === 'inconclusive') {
      inconclusive.add(judgement.reason)
      continue
    }
    counted++
    const end = endOfRun(test, planned, run)
    const key = keyOf(end, judgement.verdict === 'deviates')
    const known = shown.get(key)
    const finding = () => {
      const shortened = shortenRun(target.header, profile, run, judgement, memory)
      return toldFinding({ program, run, shortened, repetitions: counted })
    }
    const told = judgement.verdict === 'deviates' && known === undefined ? { told: finding() } : {}
    const witness = witnessOf(
      planned,
      run,
      judgement.order.map(({ at }) => at),
    )
    const holds = isTrue(test.proposition, end)
    shown.set(key, {
      end,
      holds,
      witness,
      forbidden: null,
      ...told,
      ...known,
      count: (known?.count ?? 0) + 1,
    })
  }
  const seen = [...shown.values()].sort((a, b) => b.count - a.count)
  const holding = seen.filter(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
  return {
    ...{ runs: counted, complete: false, strayed: 0, inconclusive: [...inconclusive] },
    ends: [...seen, ...unseenEnds(test, target, profile, shown)],
    observation: observationOf(holding, counted),
  }
}

/** Setup, the columns one behind the other, and the looks. */
const plannedOf = (test: LitmusTest): readonly PlannedStep[] =>
  stepsOf(
    test,
    test.columns.flatMap(({ calls }, at) => calls.map(() => at)),
  )

const keyOf = (end: End, isWrong: boolean) => JSON.stringify([Object.entries(end).sort(), isWrong])

/** How a run ended: who is back is told by the call, in whatever order that came about. */
function endOfRun(test: LitmusTest, planned: readonly PlannedStep[], run: OverlappingRun): End {
  const byStep = new Map(run.calls.map((call) => [call.step, call]))
  const pids = new Map(run.calls.flatMap(madeBy))
  let late: MadeStep['seen'] = []
  const made = planned.flatMap((plan, step): readonly MadeStep[] => {
    const call = byStep.get(step)
    if (call === undefined) return []
    const came = call.seen === null ? [] : [seenInRecording(call.seen, call.call, (pid) => pids.get(pid))]
    // Who slept in the setup is not back before the others make their calls.
    const isLate = step < test.setup.length && call.asleepAt !== undefined
    const seen = isLate ? [] : step < test.setup.length ? came : [...late, ...came]
    if (isLate) late = [...late, ...came]
    else if (step >= test.setup.length) late = []
    return [{ ...plan, step: { actor: call.actor, call: call.call }, seen }]
  })
  return { ...endOf(test, made), ...livesOf(test, run) }
}

/** The pid and the name of a process that a call made. */
const madeBy = ({ call, seen }: OverlappingRun['calls'][number]): readonly (readonly [number, string])[] =>
  call.name === 'fork' && seen?.is === 'returned' && seen.errno === 0 ? [[Number(seen.value), call.as]] : []

/** Who was dead or stopped in the end, in a call or not. */
function livesOf(test: LitmusTest, { lives }: OverlappingRun): End {
  const actors = actorsIn(test)
  const are = (names: readonly string[] | undefined, state: string) =>
    (names ?? []).filter((name) => actors.includes(name)).map((name) => [name, state] as const)
  return Object.fromEntries([...are(lives?.stopped, 'stopped'), ...are(lives?.ended, 'ended')])
}

/** The places of the overlapping calls in the order in which they can have taken effect. */
const witnessOf = (planned: readonly PlannedStep[], run: OverlappingRun, order: readonly number[]) =>
  order.flatMap((at) => {
    const place = planned[run.calls[at]?.step ?? -1]?.place
    return typeof place === 'string' && place !== 'setup' ? [place] : []
  })

/** What the profile allows and nobody has seen; nothing is said where there are too many ways to know. */
function unseenEnds(
  test: LitmusTest,
  { header }: StartedTarget,
  profile: ExecutionOptions['profile'],
  shown: ReadonlyMap<string, ShownEnd>,
): readonly ShownEnd[] {
  try {
    return possibleEnds(test, profile, { facts: factsOf(header) })
      .filter(({ end }) => !shown.has(keyOf(end, false)))
      .map(({ end, witness }) => ({
        ...{ end, witness, count: 0, holds: isTrue(test.proposition, end), forbidden: null },
      }))
  } catch (error) {
    if (error instanceof TooLarge) return []
    throw error
  }
}
