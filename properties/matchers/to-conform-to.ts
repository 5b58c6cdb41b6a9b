import { clauseOf } from '../../model/catalogue.ts'
import { type Profile, profiles } from '../../model/profile.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { judge } from '../../oracle/judge.ts'
import { readTrace } from '../../oracle/trace/read-trace.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import { callsAt, describeObserved, describeOutcomes } from '../../oracle/words.ts'

/** A recording and where it was made; a target's `header` and what its `run` answers. */
export interface Recorded {
  readonly header: TraceHeader
  readonly recording: Recording
}

export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** Whether a recording, or each one of a trace's text (then it is a promise), conforms to a profile. */
export function toConformTo(
  this: { readonly isNot?: boolean } | undefined,
  received: Recorded | string,
  name: Profile['name'] = 'linux',
): MatcherResult | Promise<MatcherResult> {
  const isNot = this?.isNot === true
  const profile = profiles[name]
  return typeof received === 'string'
    ? ofTrace(received, profile, isNot)
    : resultOf(received, judge(received.recording, received.header, profile), profile, isNot)
}

async function ofTrace(text: string, profile: Profile, isNot: boolean): Promise<MatcherResult> {
  const { header, recordings } = await readTrace(text)
  const results: MatcherResult[] = []
  for await (const recording of recordings)
    results.push(resultOf({ header, recording }, judge(recording, header, profile), profile, isNot))
  return (
    results.find(({ pass }) => !pass) ??
    results[0] ?? { pass: isNot, message: () => 'The trace holds no scenario, so that nothing is known.' }
  )
}

/** What is not settled passes neither for conforming nor for deviating. */
function resultOf(
  { recording }: Recorded,
  judgement: Judgement,
  profile: Profile,
  isNot: boolean,
): MatcherResult {
  const { verdict, reason } = judgement
  if (verdict === 'inconclusive')
    return {
      pass: isNot,
      message: () => `It cannot be told whether this conforms to profile ${profile.name}: ${reason}.`,
    }
  return {
    pass: verdict === 'conforms',
    message: () =>
      verdict === 'conforms'
        ? `This conforms to profile ${profile.name}.`
        : deviationWords(recording, judgement, profile),
  }
}

function deviationWords({ scenario }: Recording, { deviations }: Judgement, { name }: Profile): string {
  const [deviation] = deviations
  const step = scenario.steps[deviation?.step ?? 0]
  if (deviation === undefined || step === undefined) return `This deviates from profile ${name}.`
  const calls = callsAt(scenario.steps, deviation.step)
  return [
    `This deviates from profile ${name} by ${deviation.rule}:`,
    `  ${clauseOf(deviation.rule)?.sentence ?? ''}`,
    '',
    ...scenario.steps.slice(0, deviation.step + 1).map((each) => `  ${printStep(each)}`),
    '',
    `  seen:    ${describeObserved(step, deviation.observed, calls)}`,
    `  allowed: ${describeOutcomes(step, deviation.allowed, calls).join(', or ')}`,
  ].join('\n')
}
