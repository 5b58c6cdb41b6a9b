import { HarnessError, isDown } from '../../harness/problems.ts'
import type { Setup } from '../../harness/targets/simpler.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { judge } from '../../oracle/judge.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { control } from '../agreement/pinpoint.ts'
import { isPossibleOn } from '../agreement/source.ts'

/** What a scenario that deviates somewhere comes to on another setup, at the step in question. */
export type Trial =
  | { readonly is: 'conforms' }
  /** `always`: each time that it was run. */
  | { readonly is: 'deviates'; readonly always: boolean }
  /** `why`: part of a sentence. */
  | { readonly is: 'unknown'; readonly why: string }

/** A scenario with the step that deviates, and the rules that bear on that; `breaks`: it brings the target down. */
export interface Accusation {
  readonly scenario: Scenario
  readonly step: number
  readonly rules: readonly string[]
  readonly breaks: boolean
}

/** Runs accusations on a setup, on one probe after the other if need be. */
export interface Trials {
  /** Never throws for what the setup does. */
  of(accusation: Accusation, times: number): Promise<Trial>
  close(): Promise<void>
}

/** Probes that may fail before the setup counts as broken. */
const FAILURES_MAX = 3

export function createTrials({ target, start }: Setup, profile: Profile): Trials {
  let started: StartedTarget | undefined
  let failures = 0
  let unable = ''
  const close = async () => {
    await started?.close()
    started = undefined
  }
  const connected = async () => {
    started ??= await target.start(start)
    return started
  }
  return {
    close,
    async of(accusation, times) {
      if (unable !== '') return { is: 'unknown', why: unable }
      try {
        const target = await connected()
        return accusation.breaks
          ? await survived(accusation, target)
          : await tried(accusation, times, target, profile)
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        if (accusation.breaks && started !== undefined && isDown(error)) {
          await close()
          return { is: 'deviates', always: true }
        }
        const why = withoutStop(error.message)
        failures++
        if (started === undefined || failures >= FAILURES_MAX) unable = why
        await close()
        return { is: 'unknown', why }
      }
    },
  }
}

async function tried(
  { scenario, step, rules }: Accusation,
  times: number,
  target: StartedTarget,
  profile: Profile,
): Promise<Trial> {
  if (!isPossibleOn(target.header, scenario)) return { is: 'unknown', why: 'it cannot be run there' }
  const shortened = { ...scenario, steps: scenario.steps.slice(0, step + 1) }
  const recordings = await target.run(Array.from({ length: times }, () => shortened))
  const seen = recordings.map((recording) => judge(recording, target.header, profile))
  const same = seen.filter((judgement) => isSame(judgement, step, rules))
  if (same.length > 0) return { is: 'deviates', always: same.length === times }
  const other = seen.find(({ verdict }) => verdict !== 'conforms')
  return other === undefined ? { is: 'conforms' } : { is: 'unknown', why: otherwise(other) }
}

/** Throws where it does not survive. */
async function survived({ scenario }: Accusation, target: StartedTarget): Promise<Trial> {
  if (!isPossibleOn(target.header, scenario)) return { is: 'unknown', why: 'it cannot be run there' }
  await target.run([scenario])
  await target.run([control])
  return { is: 'conforms' }
}

const isSame = ({ deviations: [first] }: Judgement, step: number, rules: readonly string[]) =>
  first?.step === step && [first.rule, ...first.rules].some((rule) => rules.includes(rule))

const otherwise = ({ deviations: [first], reason }: Judgement) =>
  first === undefined ? withoutStop(reason) : `it deviates otherwise there, by ${first.rule}`

const withoutStop = (sentence: string) => sentence.replace(/\.$/, '')
