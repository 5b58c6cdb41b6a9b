import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import { judge } from '../../oracle/judge.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Deviation } from '../../oracle/verdict.ts'
import type { PlannedStep } from './execution.ts'
import type { LitmusTest } from './litmus-test.ts'
import { objectsOf } from './objects.ts'

/** A run that deviates, and where. */
export interface Forbidden {
  readonly recording: Recording
  readonly deviation: Deviation
}

/**
 * Runs a deviating plan again with looks at every object behind each call, for the call that shows a deviation need not be
 * the one that deviates: a lock that its holder's end did not give back is missed by the next one. What comes out is the
 * plan up to the first look that deviates, with that look only; the deviation as it was where a look makes no difference.
 */
export async function closerLook(
  test: LitmusTest,
  target: StartedTarget,
  profile: Profile,
  planned: readonly PlannedStep[],
  seen: Forbidden,
): Promise<Forbidden> {
  const longer = withLooks(test, planned)
  const first = await tryPlan(test, target, profile, longer)
  if (first === null) return seen
  const look = longer[first.deviation.step]
  if (look === undefined || typeof look.place === 'string') return seen
  const before = longer.slice(0, first.deviation.step).filter(({ place }) => typeof place === 'string')
  const shorter = await tryPlan(test, target, profile, [...before, look])
  return shorter?.deviation.step === before.length ? shorter : seen
}

/** The first deviation of a plan; null where there is none. */
async function tryPlan(
  { name }: LitmusTest,
  target: StartedTarget,
  profile: Profile,
  plan: readonly PlannedStep[],
): Promise<Forbidden | null> {
  const [recording] = await target.run([{ title: name, steps: plan.map(({ step }) => step) }])
  if (recording === undefined) return null
  const [deviation] = judge(recording, target.header, profile).deviations
  return deviation === undefined ? null : { recording, deviation }
}

function withLooks(test: LitmusTest, planned: readonly PlannedStep[]): readonly PlannedStep[] {
  const named = new Set<string>()
  return planned
    .filter(({ place }) => typeof place === 'string')
    .flatMap((each) => {
      const { call } = each.step
      if ('as' in call) named.add(call.as)
      const looks = objectsOf(test)
        .filter(({ name }) => named.has(name))
        .flatMap((object) => object.looks)
      return [
        each,
        ...looks.map(
          (look): PlannedStep => ({ step: { actor: test.observer, call: look.call }, place: look }),
        ),
      ]
    })
}
