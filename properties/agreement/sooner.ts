import type { StartedTarget } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { judge } from '../../oracle/judge.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import type { Judgement } from '../../oracle/verdict.ts'
import type { Minimal } from './minimize.ts'

export interface Looking {
  readonly target: StartedTarget
  readonly profile: Profile
  /** Which deviations count. */
  readonly counts: (judgement: Judgement, recording: Recording) => boolean
}

/**
 * The same finding, seen sooner: where somebody who looks at an object instead of making the call that deviated is
 * already told something wrong, an earlier step is broken, and the call only met what that step left. Undefined if
 * nothing is wrong before the call, or if it looked itself.
 */
export async function seenSooner(
  { scenario, recording, judgement }: Minimal,
  { target, profile, counts }: Looking,
): Promise<Minimal | undefined> {
  const at = judgement.deviations[0]?.step ?? 0
  if (looks.test(scenario.steps[at]?.call.name ?? '')) return undefined
  for (const steps of shorterOnes(scenario.steps.slice(0, at + 1), recording)) {
    const tried = { ...scenario, steps }
    const [seen] = await target.run([tried])
    if (seen === undefined) return undefined
    const verdict = judge(seen, target.header, profile)
    const isTold = verdict.verdict === 'deviates' && verdict.deviations[0]?.step === steps.length - 1
    if (isTold && counts(verdict, seen))
      return { scenario: tried, recording: seen, judgement: verdict, path: '' }
  }
  return undefined
}

/** The steps up to each but the first, the fewest first, with a look in place of the last. */
const shorterOnes = (steps: readonly Step[], recording: Recording): readonly (readonly Step[])[] =>
  steps.flatMap((step, at) => {
    const before = steps.slice(0, at)
    return looksAt(before, step, recording).map((look) => [...before, look])
  })

const looks = /\.IPC_STAT$/

/** A look at each object that the steps make, by who made it, if that actor is free, and by who would act next. */
function looksAt(before: readonly Step[], next: Step, { steps }: Recording): readonly Step[] {
  const events = steps.slice(0, before.length).flatMap(({ events }) => events)
  const isFree = (actor: string) => events.findLast((event) => event.actor === actor)?.is === 'returned'
  return before.flatMap(({ actor, call }) => {
    const look = lookAtMade(call)
    if (look === undefined) return []
    const lookers = new Set([...(isFree(actor) ? [actor] : []), next.actor])
    return [...lookers].map((looker) => ({ actor: looker, call: look }))
  })
}

function lookAtMade(call: Call): Call | undefined {
  if (call.name === 'semget') return { name: 'semctl.IPC_STAT', set: call.as, semnum: 0 }
  if (call.name === 'msgget') return { name: 'msgctl.IPC_STAT', queue: call.as }
  if (call.name === 'shmget') return { name: 'shmctl.IPC_STAT', segment: call.as }
  return undefined
}
