import type { StartedTarget } from '../harness/targets/target.ts'
import type { Profile } from '../model/profile.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'
import type { ScenarioLine } from '../model/vocabulary/text/parse.ts'
import { judge } from '../oracle/judge.ts'
import type { DeviationRecord, RunRecord } from '../oracle/run.ts'
import type { Judgement } from '../oracle/verdict.ts'
import { control } from '../properties/agreement/pinpoint.ts'
import { foundDeviations } from './found-deviation.ts'
import { type StepWords, stepsInWords } from './judged-scenario.ts'
import { unmetExpectations } from './unmet-expectations.ts'

/** A scenario that was run again: the first run that did not conform, or the last one. */
export interface Replayed {
  readonly target: string
  readonly kernel: string
  readonly libc: string
  readonly arch: string
  readonly title: string
  /** `deviates` also where the file's own expectation was not met. */
  readonly verdict: RunRecord['verdict']
  /** How often it was run, this run being the last. */
  readonly runs: number
  readonly steps: readonly StepWords[]
  readonly deviations: readonly DeviationRecord[]
  /** Lines of the file that say something else than what happened: sentences. */
  readonly unmet: readonly string[]
  readonly reason: string
  /** Of calls that overlapped: what came of them, each way with the number of runs, the most frequent first. */
  readonly overlapped?: readonly { readonly came: string; readonly seen: number }[]
}

export interface Replay {
  readonly scenario: Scenario
  /** The lines of the scenario's text with what they expect. */
  readonly lines: readonly ScenarioLine[]
  readonly target: StartedTarget
  readonly profile: Profile
  readonly repeat: number
  readonly stop: AbortSignal
}

/** Throws `TargetProblem` where the scenario brings the target down. */
export async function replayScenario(replay: Replay): Promise<Replayed> {
  const { scenario, lines, target, profile, repeat, stop } = replay
  const { header } = target
  for (let runs = 1; ; runs++) {
    const [recording] = await target.run([scenario])
    await target.run([control])
    if (recording === undefined) throw new Error('the probe answered with no recording')
    const judgement = judge(recording, header, profile)
    const unmet = unmetExpectations(lines, recording)
    const verdict = verdictOf(judgement, unmet)
    if (verdict === 'conforms' && runs < repeat && !stop.aborted) continue
    const { kernel, libc, arch } = header
    return {
      ...{ target: header.target, kernel, libc, arch, title: scenario.title, verdict, runs },
      steps: stepsInWords(recording, header, profile),
      deviations: foundDeviations(judgement, recording, header, profile),
      unmet,
      reason: judgement.reason,
    }
  }
}

const verdictOf = ({ verdict }: Judgement, unmet: readonly string[]): Replayed['verdict'] =>
  unmet.length > 0 ? 'deviates' : verdict
