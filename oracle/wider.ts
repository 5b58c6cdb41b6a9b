import type { Profile } from '../model/profile.ts'
import { posix } from '../model/profile.ts'
import { judge } from './judge.ts'
import type { PosixSays } from './run.ts'
import type { Recording, TraceHeader } from './trace/trace.ts'
import type { Judgement } from './verdict.ts'

/**
 * What profile posix says of a recording that deviates from a profile which leaves less open, up to the step where it does:
 * whatever comes after that has another cause. Undefined where nothing is left to be asked.
 */
export function posixSays(
  recording: Recording,
  header: TraceHeader,
  profile: Profile,
  { deviations: [first] }: Pick<Judgement, 'deviations'>,
): PosixSays | undefined {
  if (profile.name === posix.name || first === undefined) return undefined
  const { scenario } = recording
  const end = first.step + 1
  const part: Recording = {
    ...recording,
    scenario: { ...scenario, steps: scenario.steps.slice(0, end) },
    steps: recording.steps.slice(0, end),
    problem: '',
  }
  const { verdict, choices } = judge(part, header, posix)
  const otherwise = choices.filter(({ index }) => index > 0).map(({ rule }) => rule)
  return { verdict, choices: verdict === 'conforms' ? [...new Set(otherwise)] : [] }
}
