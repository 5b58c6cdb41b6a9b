import * as fs from 'node:fs'
import * as nodeUtil from 'node:util'
import * as fastCheck from 'fast-check'
import type { Outcome } from '../../model/outcomes.ts'
import { linux, type Profile, posix } from '../../model/profile.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Stamp, World } from '../../model/world.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { NamedScenario } from '../../properties/scenarios/library.ts'
import type { Corpus } from './corpus.ts'
import { type Compiled, type Exports, type Hit, openGraph } from './load-graph.ts'
import { collector, type UnitTest } from './tests/collect.ts'

/** The modules that judge; what they import is the graph that is mutated. */
export const JUDGE = 'oracle/judge.ts'
/** Holds a scenario text against the model. */
export const FORESEE = 'properties/scenarios/foresee.ts'
export const LATITUDE = 'properties/scenarios/latitude.ts'

const OUTCOMES = 'model/outcomes.ts'
const INITIAL = 'model/initial.ts'
const SCENARIO = 'model/vocabulary/scenario.ts'

/** Recording n in profile linux is case 2n, in profile posix 2n + 1. */
export type Case = number

export const caseCount = ({ recordings }: Corpus): number => 2 * recordings.length
export const recordingOf = (at: Case): number => at >> 1
export const isPosix = (at: Case): boolean => (at & 1) === 1

/** A named scenario with what is written down about it. */
export interface Documented {
  readonly named: NamedScenario
  /** What POSIX allows besides. */
  readonly allows: readonly string[]
}

/** What a judge asks the model: how the step may end. */
export interface Question {
  readonly world: World
  readonly actor: string
  readonly call: Call
  readonly now: Stamp
  readonly profile: Profile
}

/** The outcomes, or why the model does not tell. */
export type Answer = readonly Outcome[] | string

/** One graph of modules at work. Its errors are its answers, never thrown. */
export interface Bench {
  /** Why the case does not conform, or ''. */
  judge(at: Case): string
  ask(question: Question): Answer
  /** Why the model does not say what a named scenario says, or ''. */
  read(named: Documented): string
  /** The unit tests that a file declares, or why it does not load. */
  testsIn(file: string): readonly UnitTest[] | string
}

/** Hears what the judge asks: `ask` asks the model. */
export type Listen = (question: Question, ask: () => readonly Outcome[]) => readonly Outcome[]

/** Loads one graph; why it does not load, if so. */
export function openBench(
  compiled: Compiled,
  { header, recordings }: Corpus,
  hit: Hit,
  listen?: Listen,
): Bench | string {
  try {
    let declared: UnitTest[] = []
    const provide = (specifier: string): Exports =>
      specifier === 'vitest' ? collector(declared) : (packages[specifier] ?? {})
    const load = openGraph(compiled, hit, provide)
    const model = load(OUTCOMES) as unknown as typeof import('../../model/outcomes.ts')
    const { outcomes } = model
    if (listen !== undefined) hearQuestions(model, listen)
    const { judge } = load(JUDGE) as unknown as typeof import('../../oracle/judge.ts')
    const { foresee } = load(FORESEE) as unknown as typeof import('../../properties/scenarios/foresee.ts')
    const { latitude } = load(LATITUDE) as unknown as typeof import('../../properties/scenarios/latitude.ts')
    const { initialWorld, usualFacts } = load(INITIAL) as unknown as typeof import('../../model/initial.ts')
    const { rootActors } = load(SCENARIO) as unknown as typeof import('../../model/vocabulary/scenario.ts')
    return {
      judge: (at) => {
        const recording = recordings[recordingOf(at)]
        if (recording === undefined) return 'there is no such recording'
        return told(() => reasonOf(judge(recording, header, isPosix(at) ? posix : linux)))
      },
      ask: ({ world, actor, call, now, profile }) => told(() => outcomes(world, actor, call, now, profile)),
      read: ({ named, allows }) =>
        told(() => {
          const { name, text } = named
          const start = initialWorld(usualFacts, rootActors)
          const { mistakes, rules } = foresee(text, start, linux)
          if (mistakes.length > 0) return `${name}: ${mistakes[0]}`
          const unseen = text.rules.find((rule) => !rules.has(rule))
          if (unseen !== undefined) return `${name} does not show ${unseen}`
          return latitude(named, start).join('\n') === allows.join('\n')
            ? ''
            : `${name}: POSIX allows something else`
        }),
      testsIn: (file) =>
        told(() => {
          declared = []
          load(file)
          return declared
        }),
    }
  } catch (error) {
    return `does not load: ${error}`
  }
}

/** What tests import besides vitest. */
const packages: Readonly<Record<string, Exports>> = {
  'fast-check': { ...fastCheck },
  'node:fs': { ...fs },
  'node:util': { ...nodeUtil },
}

/** Why a test fails, or ''. */
export function failureOf({ name, run }: UnitTest): string {
  try {
    if (run() instanceof Promise) return `${name} does not end at once`
    return ''
  } catch {
    return name
  }
}

function told<T>(tell: () => T): T | string {
  try {
    return tell()
  } catch (error) {
    return `${error}`
  }
}

function hearQuestions(
  model: { outcomes: typeof import('../../model/outcomes.ts').outcomes },
  listen: Listen,
) {
  const { outcomes } = model
  model.outcomes = (world, actor, call, now, profile) =>
    listen({ world, actor, call, now, profile }, () => outcomes(world, actor, call, now, profile))
}

/** How the reason of a deviation begins. */
export const DEVIATES = 'deviates: '

function reasonOf({ verdict, deviations, reason }: Judgement): string {
  if (verdict === 'conforms') return ''
  return verdict === 'deviates' ? `${DEVIATES}${deviations[0]?.rule}` : reason
}
