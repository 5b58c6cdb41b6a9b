import { HarnessError, NotInstalled } from '../harness/problems.ts'
import type { Hello } from '../harness/protocol/hello.ts'
import type { StartedTarget, StartOptions, Target } from '../harness/targets/target.ts'
import { clauses } from '../model/catalogue.ts'
import type { Profile } from '../model/profile.ts'
import type { Family } from '../model/vocabulary/shape.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { breakings } from '../oracle/breaking.ts'
import { type ExpectedDeviation, isMatch, scenarioName } from '../oracle/expectations/expected-deviation.ts'
import { accountForMishaps } from '../oracle/expectations/mishaps.ts'
import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import { campaign } from '../properties/agreement/campaign.ts'
import type { CampaignOptions, Symptom } from '../properties/agreement/campaign-options.ts'
import { exhaust } from '../properties/exhaustive/exhaust.ts'
import { overlapCampaign } from '../properties/overlapping/campaign.ts'
import { blamed } from './blamed.ts'
import { conditionsOf, startWords } from './conditions.ts'
import { attachReproducers } from './findings/attach-reproducers.ts'
import type { Io } from './io.ts'
import { narrowRules } from './narrow-rules.ts'
import { isNamed } from './probe-options.ts'
import { createProgress } from './progress.ts'
import { findingWords } from './replay-words.ts'
import type { RunFolder } from './run-folder.ts'
import { type RunOptions, runWords } from './run-options.ts'
import { shellWords } from './shell-words.ts'

/** What the campaigns of a run share. */
export interface Campaigning {
  readonly families: readonly Family[]
  readonly profile: Profile
  readonly seed: number
  readonly budget: CampaignOptions['budget']
  readonly named: CampaignOptions['named']
  readonly folder: RunFolder
  readonly options: RunOptions
}

/** What a campaign found, and what its probe said of itself; null if none could be started. */
export interface Ran {
  readonly record: TargetRecord
  readonly hello: Hello | null
}

/** Scenarios that may deviate before there is no point in more of them. */
const ENOUGH = 1000

/** Runs the campaign on one target. Whatever it started is ended when this is done. */
export async function runTarget(
  target: Target,
  start: StartOptions,
  expected: readonly ExpectedDeviation[],
  campaigning: Campaigning,
  io: Io,
): Promise<Ran> {
  const { families, profile, seed, budget, named, folder, options } = campaigning
  const opened: StartedTarget[] = []
  const overlaps = options.mode === 'overlapping'
  const open = async () => {
    const started = await target.start(overlaps ? { ...start, spread: true } : start)
    opened.push(started)
    return started
  }
  const progress = createProgress(target.name, io)
  const withPrograms = async (deviations: readonly DeviationRecord[]) =>
    options.reproducers === false
      ? deviations
      : attachReproducers(deviations, { target, start, profile, folder, stop: io.stop })
  try {
    // One probe before the others, so that it is built once, and before the clock of the campaign runs.
    let ready: StartedTarget | null = await open()
    const shared = {
      target: target.name,
      ...(target.probesMax === undefined ? {} : { probesMax: target.probesMax }),
      families,
      profile,
      seed,
      enough: options.stopAfter ?? ENOUGH,
      stop: io.stop,
      onProgress: progress.show,
      save: folder.save,
      replayCommand: (found) => {
        const file = found.file === '' ? '' : `${folder.path()}/${found.file}`
        const words =
          options.exhaustive && file === ''
            ? runWords(families, options, seed)
            : findingWords({ ...found, file }, families, target.name, options)
        return `${io.self} ${shellWords(words)}`
      },
      connect: async () => {
        const started = ready
        ready = null
        return started ?? open()
      },
    } satisfies Partial<CampaignOptions>
    if (overlaps) {
      const record = await overlapCampaign({
        ...{ ...shared, budget, repetitions: options.repeat ?? REPETITIONS },
        avoid: coveredRules(expected),
        symptoms: expected.flatMap(symptomOf),
        replayCommand: ({ file }) => shared.replayCommand({ seed, path: '', file }),
      })
      const hello = opened[0]?.hello ?? null
      const conditions = hello === null ? [] : conditionsOf(hello)
      const version = opened[0]?.version
      return {
        record: {
          ...record,
          ...startOf(start),
          ...(version === undefined ? {} : { version }),
          deviations: await withPrograms(record.deviations),
          conditions: [...record.conditions, ...conditions, ...startWords(start)],
          rules: narrowRules(record.rules, families),
        },
        hello,
      }
    }
    const found = options.exhaustive
      ? await exhaust({ ...shared, ...bounds(options) })
      : await campaign({
          ...shared,
          ...part(options),
          budget,
          named,
          showing: showing(expected),
          avoid: coveredRules(expected),
          symptoms: expected.flatMap(symptomOf),
        })
    const hello = opened[0]?.hello ?? null
    const narrow = hello?.pointerBytes === 4
    const record = await blamed(
      accountForMishaps(found, expected),
      { target, start },
      { profile, expected, narrow, stop: io.stop },
    )
    const deviations = await withPrograms(record.deviations)
    const version = opened[0]?.version
    const missing = hello === null ? [] : [...hello.missingWrappers, ...hello.missingCalls]
    const conditions = hello === null ? [] : conditionsOf(hello)
    return {
      record: {
        ...record,
        deviations,
        ...startOf(start),
        ...(version === undefined ? {} : { version }),
        ...(missing.length === 0 ? {} : { missing }),
        conditions: [...record.conditions, ...conditions, ...startWords(start)],
        rules: narrowRules(record.rules, families),
      },
      hello,
    }
  } catch (error) {
    const record = { ...didNotRun(target.name, startWords(start)), ...startOf(start) }
    return error instanceof NotInstalled && !isNamed(target, options)
      ? { record: { ...record, skipped: error.message }, hello: null }
      : { record: { ...record, errors: [sentenceOf(error, io)] }, hello: null }
  } finally {
    progress.end()
    await Promise.all(opened.map((started) => started.close()))
  }
}

/** Runs of each program whose calls overlap. */
const REPETITIONS = 20

/** The rules that are expected to deviate, and what is expected to bring the target down. */
const coveredRules = (expected: readonly ExpectedDeviation[]): readonly string[] =>
  idsThatFit(expected.flatMap(({ rules }) => rules))

const symptomOf = ({ rules, seenAs }: ExpectedDeviation): readonly Symptom[] =>
  seenAs.length === 0 ? [] : [{ causes: idsThatFit(rules), seenAs: idsThatFit(seenAs) }]

const idsThatFit = (patterns: readonly string[]): readonly string[] =>
  [...clauses.map(({ id }) => id), ...breakings].filter((id) =>
    patterns.some((pattern) => isMatch(pattern, id)),
  )

/** The scenarios that show what is expected to deviate. */
const showing = (expected: readonly ExpectedDeviation[]): CampaignOptions['named'] =>
  expected
    .filter(({ scenario }) => scenario !== '')
    .map((entry) => ({ name: scenarioName(entry), scenario: parseScenario(entry.scenario).scenario }))

const bounds = ({ maxSteps, time }: RunOptions) => ({
  ...(maxSteps === undefined ? {} : { maxSteps }),
  ...(time === undefined ? {} : { seconds: time }),
})

const startOf = (start: StartOptions) => {
  const entries = Object.entries(start).map(([option, value]) => [option, String(value)])
  return entries.length === 0 ? {} : { start: Object.fromEntries(entries) }
}

const part = ({ shard }: RunOptions) => (shard === undefined ? {} : { shard })

function sentenceOf(error: unknown, { err }: Io): string {
  if (error instanceof HarnessError) return error.message
  const { message, stack } = error as Error
  err(`ipc-oracle: ${stack}\n`)
  return `The run broke off by a fault of ipc-oracle itself, please report it: ${message}`
}

/** The record of a target about which nothing is known. */
const didNotRun = (name: string, conditions: readonly string[]): TargetRecord => ({
  ...{ name, kernel: 'unknown', libc: 'unknown', arch: 'unknown', conditions },
  ...{ scenarios: 0, steps: 0, seconds: 0, deviations: [], inconclusive: [] },
  rules: { exercised: 0, met: 0, total: 0, untested: [], counts: {} },
  errors: [],
})
