import { initialWorld } from '../../model/initial.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { factsOf } from '../../oracle/judge.ts'
import type { OverlapCoverage, TargetRecord } from '../../oracle/run.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { createTally } from '../agreement/tally.ts'
import { createPairCounts } from './coverage.ts'
import { goingAround } from './detour.ts'
import { createExamples } from './examples.ts'
import { generateProgram } from './generate.ts'
import type { OverlapOptions } from './overlap-options.ts'
import { programText } from './program-text.ts'
import { judgeRun, runProgram } from './run-program.ts'

/** Runs generated programs whose calls overlap, each several times, and judges every run. */
export async function overlapCampaign(options: OverlapOptions): Promise<TargetRecord> {
  const { profile, families, seed, budget, stop, repetitions } = options
  const target = await options.connect(0)
  const { header } = target
  const memory = createMemory()
  const tally = createTally()
  const pairs = createPairCounts()
  const known = new Set(options.avoid)
  const avoid = new Set<string>()
  const examples = createExamples(target, tally.counts(), memory, options)
  const start = initialWorld(factsOf(header), rootActors)
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
    const generated = generateProgram(seed * SEEDS + nth, families)
    const program = goingAround(generated, start, avoid, seed + nth)
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
        const { rule, posix } = examples.add({ program, run, judgement, tries: at + 1, repeated })
        // What is known is looked at once; what only profile linux forbids is what runs like these are for.
        if (known.has(rule) && posix !== 'conforms') avoid.add(rule)
      }
      progress('generated')
    }
    await next.reply.catch(() => undefined)
  } catch (error) {
    errors.add((error as Error).message)
  }
  const ran = { scenarios, steps, seconds: seconds() }
  if (deviating > 0) progress('shrinking')
  const deviations = await examples.investigated(known)
  const outside = examples.outside()
  return {
    ...{ name: options.target, kernel: header.kernel, libc: header.libc, arch: header.arch },
    conditions: [
      `actors run as uid ${header.identity.uid}, gid ${header.identity.gid}`,
      `calls overlap: ${programs} programs, each up to ${repetitions} times`,
      ...outsideWords(outside, profile.name),
      ...(avoid.size === 0 ? [] : [`programs go around ${[...avoid].sort().join(', ')}`]),
    ],
    ...{ ...ran, rules: tally.summary() },
    deviations,
    inconclusive: [...inconclusive.values()],
    errors: [...errors],
    overlapped: { programs, pairs: pairs.pairs(), outside },
  }
}

function outsideWords(outside: OverlapCoverage['outside'], profile: string): readonly string[] {
  const count = (posix: string) =>
    outside.filter((row) => row.posix === posix).reduce((sum, { seen }) => sum + seen, 0)
  const [allowed, neither] = [count('conforms'), count('deviates')]
  if (profile === 'posix' || allowed + neither === 0) return []
  return [`profile posix allows ${allowed} of the runs that deviate, and ${neither} not either`]
}

/** Programs of one seed. */
const SEEDS = 1_000_003
/** How calls are disturbed: not at all, a little, much, by priorities. */
const JITTERS = 4

/** What counts the rules: whatever took effect in the order that was found was exercised and met. */
const asJudgement = (rules: readonly (readonly string[])[]): Judgement => ({
  ...{ verdict: 'conforms', deviations: [], reason: '', steps: rules.length },
  ...{ exercised: rules, met: rules, choices: [] },
})
