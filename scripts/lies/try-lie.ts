import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { packageRoot } from '../../harness/package-root.ts'
import type { DeviationRecord, RunRecord } from '../../oracle/run.ts'
import type { Lie } from '../../properties/lies/lie.ts'

/** How a lie fared. */
export interface Trial {
  readonly lie: string
  readonly breaks: string
  /** `misread`: it was caught, but none of its rules was named; `failed`: the run did not work. */
  readonly fate: 'killed' | 'misread' | 'survived' | 'failed'
  /** The rule that was named: one of the lie's if there is any among those named, otherwise the most frequent. */
  readonly rule: string
  /** Share of the deviating scenarios that named one of the lie's rules, 0…1. */
  readonly share: number
  /** Every rule that was named, with the number of scenarios. */
  readonly named: readonly { readonly rule: string; readonly seen: number }[]
  /** Steps of the minimal scenario. */
  readonly steps: number
  readonly scenario: string
  /** How many scenarios were run for one that deviates. */
  readonly oneOf: number
  readonly seconds: number
  /** Why it survived or failed, as far as that is known. */
  readonly remark: string
}

export interface Trying {
  /** The compiled lie. */
  readonly object: string
  /** Somewhere to put files. */
  readonly folder: string
  readonly time: string
  readonly seed: number | undefined
  /** End a run once so many scenarios have deviated. */
  readonly enough: number
  readonly stop: AbortSignal
}

/** The default run, against the lie. */
export async function tryLie(lie: Lie, trying: Trying): Promise<Trial> {
  const began = performance.now()
  const { exitCode, stdout, stderr } = await command(trying, [
    'run',
    ...(lie.mode === undefined ? [] : ['--mode', lie.mode, ...lie.families]),
    ...['--no-reproducers', '--json', '--time', trying.time, '--stop-after', `${trying.enough}`],
    ...['--out', join(trying.folder, lie.name)],
    ...(trying.seed === undefined ? [] : ['--seed', `${trying.seed}`]),
  ])
  const seconds = (performance.now() - began) / 1000
  const trial = { ...nothing, lie: lie.name, breaks: lie.breaks, seconds }
  const target = exitCode === 2 ? undefined : parse(stdout)?.targets[0]
  if (target === undefined) return { ...trial, fate: 'failed', remark: lastLine(stderr) }
  const { deviations, errors, inconclusive, scenarios } = target
  if (deviations.length === 0) {
    if (errors.length > 0) return { ...trial, fate: 'failed', remark: errors.join(' ') }
    const unclear = inconclusive[0] === undefined ? '' : `Inconclusive: ${inconclusive[0].reason}. `
    return { ...trial, fate: 'survived', remark: unclear + (await whatTheWitnessShows(lie, trying)) }
  }
  return { ...trial, ...caught(lie, deviations, scenarios) }
}

const nothing = { rule: '', share: 0, named: [], steps: 0, scenario: '', oneOf: 0, remark: '' }

function caught(lie: Lie, deviations: readonly DeviationRecord[], scenarios: number) {
  const isRight = ({ rule }: DeviationRecord) => lie.rules.includes(rule)
  const best = deviations.find(isRight) ?? deviations[0]
  const count = (some: readonly DeviationRecord[]) => some.reduce((sum, { seen }) => sum + seen, 0)
  return {
    fate: deviations.some(isRight) ? ('killed' as const) : ('misread' as const),
    rule: best?.rule ?? '',
    share: count(deviations.filter(isRight)) / count(deviations),
    named: deviations.map(({ rule, seen }) => ({ rule, seen })),
    steps: best === undefined ? 0 : stepsOf(best.scenario),
    scenario: best?.scenario ?? '',
    oneOf: Math.ceil(scenarios / count(deviations)),
    remark: deviations.some(isRight) ? '' : `expected ${lie.rules.join(' or ')}`,
  }
}

const stepsOf = (scenario: string) =>
  scenario.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).length

/** A lie that was not found is unobservable, allowed by the model, or out of the generator's reach. */
async function whatTheWitnessShows(lie: Lie, trying: Trying): Promise<string> {
  const file = join(trying.folder, `${lie.name}.scenario`)
  await writeFile(file, lie.witness)
  const { exitCode } = await command(trying, ['replay', file])
  if (exitCode === 1) return 'Its witness is caught: no scenario of the run came near it.'
  return 'Its witness is not caught either: the model allows it, or it cannot be seen.'
}

/** The program itself, with the lie between it and its probe. */
const command = ({ object, stop }: Trying, words: readonly string[]) =>
  execa(
    process.execPath,
    [join(packageRoot, 'bin', 'ipc-oracle.js'), ...words, '--wrap', `env LD_PRELOAD=${object}`],
    { reject: false, stdin: 'ignore', maxBuffer: 100_000_000, cancelSignal: stop },
  )

function parse(text: string): RunRecord | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''
