import type { StartedTarget } from '../../harness/targets/target.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import type { DeviationRecord, TargetRecord } from '../../oracle/run.ts'
import { overlappingRecording } from '../../oracle/trace/timed-call.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { CampaignOptions } from '../agreement/campaign-options.ts'
import { createTally } from '../agreement/tally.ts'
import { createPairCounts } from './coverage.ts'
import { generateProgram } from './generate.ts'
import { programText } from './program-text.ts'
import { judgeRun, runProgram } from './run-program.ts'
import { investigateProgram } from './shrink-program.ts'
import { type Found, toldFinding } from './told.ts'

export interface OverlapOptions
  extends Pick<
    CampaignOptions,
    | 'target'
    | 'families'
    | 'profile'
    | 'seed'
    | 'budget'
    | 'enough'
    | 'connect'
    | 'stop'
    | 'onProgress'
    | 'save'
  > {
  /** Runs of each program. */
  readonly repetitions: number
  readonly replayCommand: (found: { readonly file: string; readonly seed: number }) => string
}

/** Different findings that are shortened and reported; more only count. */
const FINDINGS_MAX = 12

/** Runs generated programs whose calls overlap, each several times, and judges every run. */
export async function overlapCampaign(options: OverlapOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop, repetitions } = options
  const target = await options.connect(0)
  const { header } = target
  const memory = createMemory()
  const tally = createTally()
  const pairs = createPairCounts()
  const found = new Map<string, DeviationRecord>()
  const inconclusive = new Map<string, { readonly scenario: string; readonly reason: string }>()
  const errors = new Set<string>()
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  let [programs, scenarios, steps, deviating] = [0, 0, 0, 0]
  const share = () => ('seconds' in budget ? seconds() / budget.seconds : scenarios / budget.scenarios)
  const isOver = () => stop.aborted || share() >= 1 || deviating >= options.enough
  const progress = (phase: 'generated' | 'shrinking') =>
    options.onProgress({
      ...{ scenarios, steps, seconds: seconds(), share: Math.min(1, share()) },
      ...{ deviations: deviating, phase },
    })

  /** The next program is under way while the last one is judged. */
  const begin = (nth: number) => {
    const program = generateProgram(seed * SEEDS + nth, families)
    const left = 'seconds' in budget ? repetitions : Math.min(repetitions, budget.scenarios - scenarios)
    const repeated = { repetitions: Math.max(1, left), seed: seed + nth, jitter: nth % JITTERS }
    return { program, repeated, reply: runProgram(target, program, repeated) }
  }
  let next = begin(0)
  try {
    while (!isOver()) {
      const { program, repeated, reply } = next
      const first = await reply
      // What kept the probe from finding rest may have been the machine: that is tried again.
      const { runs, problem } = first.problem === '' ? first : await runProgram(target, program, repeated)
      programs++
      next = begin(programs)
      next.reply.catch(() => undefined)
      if (problem !== '') inconclusive.set(problem, { scenario: programText(program, null), reason: problem })
      for (const [at, run] of runs.slice(0, problem === '' ? runs.length : -1).entries()) {
        const judgement = judgeRun(run, header, profile, memory)
        scenarios++
        steps += run.calls.length
        tally.add(asJudgement(judgement.order.map(({ rules }) => rules)))
        pairs.add(run.calls, judgement)
        if (judgement.verdict === 'inconclusive')
          inconclusive.set(judgement.reason, {
            scenario: programText(program, run),
            reason: judgement.reason,
          })
        if (judgement.verdict !== 'deviates') continue
        deviating++
        const rule = judgement.stuck?.rules[0] ?? 'overlap'
        const known = found.get(rule)
        if (known !== undefined) found.set(rule, { ...known, seen: known.seen + 1 })
        else if (found.size < FINDINGS_MAX) {
          progress('shrinking')
          await next.reply.catch(() => undefined)
          const finding = await investigateProgram(
            target,
            { program, run, judgement, tries: at + 1 },
            { profile, repeated, memory },
          )
          const told = await stored(finding, target, options)
          found.set(rule, told)
        }
      }
      progress('generated')
    }
    await next.reply.catch(() => undefined)
  } catch (error) {
    errors.add((error as Error).message)
  }
  return {
    ...{ name: options.target, kernel: header.kernel, libc: header.libc, arch: header.arch },
    conditions: [
      `actors run as uid ${header.identity.uid}, gid ${header.identity.gid}`,
      `calls overlap: ${programs} programs, each up to ${repetitions} times`,
    ],
    ...{ scenarios, steps, seconds: seconds(), rules: tally.summary() },
    deviations: merged([...found.values()]),
    inconclusive: [...inconclusive.values()],
    errors: [...errors],
    overlapped: { programs, pairs: pairs.pairs() },
  }
}

/** Findings that turned out to be about the same rule are one. */
function merged(deviations: readonly DeviationRecord[]): readonly DeviationRecord[] {
  const byRule = new Map<string, DeviationRecord>()
  for (const each of deviations) {
    const known = byRule.get(each.rule)
    byRule.set(each.rule, known === undefined ? each : { ...known, seen: known.seen + each.seen })
  }
  return [...byRule.values()]
}

/** Programs of one seed. */
const SEEDS = 1_000_003
/** How much calls are disturbed: nothing, a little, much. */
const JITTERS = 3

/** What counts the rules: whatever took effect in the order that was found was exercised and met. */
const asJudgement = (rules: readonly (readonly string[])[]): Judgement => ({
  ...{ verdict: 'conforms', deviations: [], reason: '', steps: rules.length },
  ...{ exercised: rules, met: rules, choices: [] },
})

async function stored(
  found: Found,
  { header }: StartedTarget,
  { save, replayCommand, seed }: OverlapOptions,
): Promise<DeviationRecord> {
  const record = toldFinding(found)
  const recording = overlappingRecording(found.program, found.run)
  const file = await save(record.rule, record.scenario, recording, { ...header, mode: 'overlapping' })
  return { ...record, file, replay: replayCommand({ file, seed }) }
}
