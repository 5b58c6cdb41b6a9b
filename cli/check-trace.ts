import type { Profile } from '../model/profile.ts'
import { judge } from '../oracle/judge.ts'
import type { DeviationRecord } from '../oracle/run.ts'
import { readTrace } from '../oracle/trace/read-trace.ts'
import { isOverlapping } from '../oracle/trace/timed-call.ts'
import type { Recording, TraceHeader } from '../oracle/trace/trace.ts'
import { TraceError, TruncatedTrace } from '../oracle/trace/trace-error.ts'
import { judgeRecording } from '../properties/overlapping/judge-recording.ts'
import { foundDeviations } from './found-deviation.ts'

/** What the oracle says about a trace, up to where it can be read. */
export interface CheckedTrace {
  readonly file: string
  readonly header: Pick<TraceHeader, 'target' | 'kernel' | 'libc' | 'arch'> | null
  readonly scenarios: number
  readonly steps: number
  /** `number`: the place of the scenario in the trace, from 1. */
  readonly deviations: readonly (DeviationRecord & { readonly number: number; readonly title: string })[]
  readonly inconclusive: readonly {
    readonly number: number
    readonly title: string
    readonly reason: string
  }[]
  /** Why the trace ends early, or which line is wrong; else empty. */
  readonly truncated: string
  readonly malformed: string
}

/** Judges the recordings of a trace one after the other. Never throws for what the trace holds. */
export async function checkTrace(
  input: AsyncIterable<Uint8Array>,
  file: string,
  profile: Profile,
): Promise<CheckedTrace> {
  const deviations: CheckedTrace['deviations'][number][] = []
  const inconclusive: CheckedTrace['inconclusive'][number][] = []
  let header: CheckedTrace['header'] = null
  let number = 0
  let steps = 0
  const result = (truncated = '', malformed = '') => ({
    ...{ file, header, scenarios: number, steps, deviations, inconclusive, truncated, malformed },
  })
  try {
    const trace = await readTrace(input, file)
    const { target, kernel, libc, arch } = trace.header
    header = { target, kernel, libc, arch }
    for await (const recording of trace.recordings) {
      number++
      const { title } = recording.scenario
      const { made, found, reason } = judged(recording, trace.header, profile)
      steps += made
      for (const each of found) deviations.push({ ...each, number, title })
      if (reason !== '') inconclusive.push({ number, title, reason })
    }
    return result()
  } catch (error) {
    if (!(error instanceof TraceError)) throw error
    return error instanceof TruncatedTrace ? result(error.message) : result('', `${error.message}.`)
  }
}

/** What the oracle says, whether calls were made one at a time or overlapped. */
function judged(recording: Recording, header: TraceHeader, profile: Profile) {
  if (isOverlapping(recording)) {
    const { judgement, found } = judgeRecording(recording, header, profile)
    return { made: recording.overlapping.calls.length, found, reason: recording.problem || judgement.reason }
  }
  const judgement = judge(recording, header, profile)
  const found = foundDeviations(judgement, recording, header, profile)
  return { made: judgement.steps, found, reason: judgement.reason }
}
