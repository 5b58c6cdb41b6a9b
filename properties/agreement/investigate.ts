import { isDown } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { clauseOf } from '../../model/catalogue.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { World } from '../../model/world.ts'
import { tellsMore } from '../../oracle/classification.ts'
import { judge } from '../../oracle/judge.ts'
import type { DeviationRecord, TargetRecord } from '../../oracle/run.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { posixSays } from '../../oracle/wider.ts'
import { callsAt, describeObserved, describeOutcomes } from '../../oracle/words.ts'
import type { RunOptions } from './campaign-options.ts'
import { type Minimal, minimize } from './minimize.ts'
import { seenSooner } from './sooner.ts'
import type { Spectrum } from './spectrum.ts'
import type { Group, Suspect } from './suspects.ts'

export type Investigation = RunOptions & {
  readonly start: World
  readonly header: TraceHeader
  readonly spectrum: Spectrum
}
type Found = Required<Pick<TargetRecord, 'deviations' | 'inconclusive' | 'errors' | 'mishaps'>>

/** Findings that are looked into; a target with more of them is told about these first. */
const FINDINGS_MAX = 80
/** Milliseconds for all findings together, apart from LEAST for each. */
const TOTAL_TIME = 60_000
const LEAST = 700
/** How often a suspect is run again before it counts as not repeatable. */
const REPEATS = 60
/** Milliseconds: what all came within them and cannot be repeated may be due to something else on the machine. */
const DISTURBANCE = 5000
/** Milliseconds for running the suspects of one rule again. */
const REPEAT_TIME = 2500
/** Milliseconds for shrinking one finding. */
const SHRINK_TIME = 4000

/**
 * Settles what did not conform: runs each suspect again; what deviates again is shrunk and reported. What is not seen
 * again is a deviation only if its rule was broken in several scenarios that are some time apart, else inconclusive; what
 * was inconclusive and conforms when it is run again is settled.
 */
export async function investigate(groups: readonly Group[], options: Investigation): Promise<Found> {
  if (groups.length === 0) return { deviations: [], inconclusive: [], errors: [], mishaps: [] }
  const deviations: DeviationRecord[] = []
  const inconclusive: { scenario: string; reason: string }[] = []
  const errors = new Set<string>()
  const mishaps = new Set<string>()
  let target: StartedTarget | undefined
  const connected = async () => {
    target ??= await options.connect(0)
    return target
  }
  const shown = new Set<string>()
  const told = new Set([...groups.map(({ key }) => key), ...(options.avoid ?? [])])
  const until = performance.now() + TOTAL_TIME
  let waiting = Math.min(groups.length, FINDINGS_MAX)
  /** The part of the time that one of the waiting may take. */
  const share = () => Math.max(LEAST, (until - performance.now()) / waiting)
  for (const group of groups.slice(0, FINDINGS_MAX)) {
    const [suspect] = group.suspects
    if (suspect === undefined) continue
    if (options.avoid?.includes(group.key)) {
      deviations.push(await record(group, asFound(suspect), suspect, options))
      continue
    }
    let isCertain = isSeenLong(group)
    try {
      const mine = share()
      waiting--
      const again = await repeat(group.suspects, await connected(), Math.min(REPEAT_TIME, mine / 2), options)
      if (again === undefined) {
        if (suspect.judgement.verdict !== 'deviates') continue
        if (isCertain) deviations.push(await record(group, asFound(suspect), suspect, options))
        else
          inconclusive.push({
            scenario: text(suspect.recording.scenario, suspect.recording),
            reason: `deviated ${sightings(group)} by ${group.key}, and not in ${REPEATS} further runs`,
          })
        continue
      }
      if (again.judgement.verdict === 'inconclusive') {
        inconclusive.push({
          scenario: text(again.recording.scenario, again.recording),
          reason: again.judgement.reason,
        })
        continue
      }
      isCertain = true
      const time = Math.min(SHRINK_TIME, mine)
      const isAsBad = asBadAs(again, options)
      let minimal = (await shrink(again, await connected(), time, options, isAsBad)) ?? asFound(again)
      if (shown.has(stepsOf(minimal)) && hasOwnCause(again, deviations)) {
        const isAccused: Counts = (judgement, recording) =>
          accused(judgement, options.spectrum) === group.key && isAsBad(judgement, recording)
        minimal = (await shrink(again, await connected(), time, options, isAccused)) ?? asFound(again)
      }
      // What other scenarios are accused of already is told with them.
      const isNew: Counts = (judgement, recording) => {
        const rule = accused(judgement, options.spectrum) ?? ''
        return isAsBad(judgement, recording) && !told.has(rule)
      }
      const { profile } = options
      minimal = (await seenSooner(minimal, { target: await connected(), profile, counts: isNew })) ?? minimal
      if (shown.has(stepsOf(minimal))) continue
      shown.add(stepsOf(minimal))
      merge(deviations, await record(group, minimal, again, options))
    } catch (error) {
      ;(isDown(error) ? mishaps : errors).add((error as Error).message)
      await target?.close()
      target = undefined
      if (suspect.judgement.verdict !== 'deviates') continue
      if (isCertain) deviations.push(await record(group, asFound(suspect), suspect, options))
      else
        inconclusive.push({
          scenario: text(suspect.recording.scenario, suspect.recording),
          reason: `deviated ${sightings(group)} by ${group.key}, and the probe failed before it had run again`,
        })
    }
  }
  await target?.close()
  return {
    deviations,
    inconclusive,
    errors: [...errors],
    mishaps: [...mishaps].map((reason) => ({ reason })),
  }
}

/** Nothing that disturbs this machine for a while does that. */
const isSeenLong = ({ seen, lasted }: Group) => seen > 1 && lasted > DISTURBANCE

const sightings = ({ seen, lasted }: Group) =>
  seen === 1 ? 'once' : `${seen} times within ${Math.ceil(lasted / 1000)} s`

const stepsOf = ({ scenario }: Minimal) => scenario.steps.map(printStep).join('\n')

const accused = (judgement: Judgement, spectrum: Spectrum) =>
  spectrum.reconsider(judgement).deviations[0]?.rule

/** Whether it deviates before anything was exercised that is known to be broken, so that this is not the cause. */
function hasOwnCause({ judgement }: Suspect, known: readonly DeviationRecord[]): boolean {
  const before = judgement.exercised.slice(0, (judgement.deviations[0]?.step ?? 0) + 1).flat()
  return known.every(({ rule }) => !before.includes(rule))
}

type Counts = (judgement: Judgement, recording: Recording) => boolean

/** What no profile allows is not shrunk to something that posix allows. */
function asBadAs({ recording, judgement }: Suspect, { header, profile }: Investigation): Counts {
  const says = (recording: Recording, judgement: Judgement) =>
    posixSays(recording, header, profile, judgement)?.verdict
  return says(recording, judgement) !== 'deviates'
    ? () => true
    : (judgement, recording) => says(recording, judgement) === 'deviates'
}

/** One finding a rule: the one that tells more stands for both. */
function merge(deviations: DeviationRecord[], found: DeviationRecord): void {
  const at = deviations.findIndex(({ rule }) => rule === found.rule)
  const known = deviations[at]
  if (known === undefined) deviations.push(found)
  else {
    deviations[at] = { ...(tellsMore(found, known) ? found : known), seen: known.seen + found.seen }
  }
}

const asFound = (suspect: Suspect): Minimal => ({
  ...suspect,
  scenario: suspect.recording.scenario,
  path: '',
})

/**
 * The first of the suspects that deviates when it is run again, else one that stays inconclusive; undefined when all
 * conform. What was only inconclusive is settled by one run that conforms.
 */
async function repeat(
  suspects: readonly Suspect[],
  target: StartedTarget,
  time: number,
  { profile, stop }: Investigation,
): Promise<Suspect | undefined> {
  let unsettled: Suspect | undefined
  const until = performance.now() + time
  const times = suspects.map(() => Math.ceil(REPEATS / suspects.length))
  for (const [at, suspect] of suspects.entries())
    for (let time = 0; time < (times[at] ?? 1) && !stop.aborted && performance.now() < until; time++) {
      const [recording] = await target.run([suspect.sourced.scenario])
      if (recording === undefined) return undefined
      const judgement = judge(recording, target.header, profile)
      if (judgement.verdict === 'deviates') return { ...suspect, recording, judgement }
      const settles = judgement.verdict === 'conforms' && suspect.judgement.verdict === 'inconclusive'
      if (settles) {
        unsettled = undefined
        break
      }
      if (judgement.verdict === 'inconclusive') unsettled = { ...suspect, recording, judgement }
    }
  return unsettled
}

const shrink = (
  found: Suspect,
  target: StartedTarget,
  timeLimit: number,
  { profile, start, families, stop }: Investigation,
  counts: Counts,
) =>
  stop.aborted
    ? undefined
    : minimize(
        { scenario: found.recording.scenario, judgement: found.judgement },
        {
          target,
          profile,
          recipe: { start, families, slow: false },
          repeat: 1,
          timeLimit,
          counts,
        },
      )

async function record(
  group: Group,
  minimal: Minimal,
  suspect: Suspect,
  { seed, save, header, profile, replayCommand, spectrum }: Investigation,
): Promise<DeviationRecord> {
  const { recording, scenario } = minimal
  const judgement = spectrum.reconsider(minimal.judgement)
  const deviation = judgement.deviations[0]
  const rule = deviation?.rule ?? group.key
  const clause = clauseOf(rule)
  const { origin } = suspect.sourced
  const path = origin.startsWith('n:') ? '' : minimal.path === '' ? origin : `${origin}:${minimal.path}`
  const file = await save(rule, text(scenario, recording, judgement), recording, header)
  const step = scenario.steps[deviation?.step ?? -1]
  const calls = callsAt(scenario.steps, deviation?.step ?? 0)
  const posix = posixSays(recording, header, profile, judgement)
  return {
    rule,
    rules: deviation?.rules ?? [],
    sentence: clause?.sentence ?? '',
    cites: clause?.cites ?? [],
    step: deviation?.step ?? 0,
    allowed:
      step === undefined || deviation === undefined ? [] : describeOutcomes(step, deviation.allowed, calls),
    observed:
      step === undefined || deviation === undefined ? '' : describeObserved(step, deviation.observed, calls),
    scenario: text(scenario, recording, judgement),
    file,
    replay: replayCommand({ seed, path, file }),
    expected: false,
    seen: group.seen,
    ...(posix === undefined ? {} : { posix }),
  }
}

/** The scenario with what was seen behind each step, and what was allowed at those that deviate. */
function text(scenario: Scenario, recording: Recording, judgement?: Judgement): string {
  const lines = scenario.steps.flatMap((step, at) => {
    const seen = recording.steps[at]
    if (seen === undefined) return [printStep(step)]
    const calls = callsAt(scenario.steps, at)
    const deviation = judgement?.deviations.find((each) => each.step === at)
    const line = `${printStep(step).padEnd(48)}  # ${describeObserved(step, seen, calls)}`
    if (deviation === undefined) return [line]
    const allowed = describeOutcomes(step, deviation.allowed, calls).join(', or ')
    return [line, `# ^ deviates by ${deviation.rule}; allowed: ${allowed}`]
  })
  return `${lines.join('\n')}\n`
}
