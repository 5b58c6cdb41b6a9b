import type { Step } from '../../model/vocabulary/scenario.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import type { AccountStep } from '../../oracle/account.ts'
import { callsAt, describeOutcomes } from '../../oracle/words.ts'
import { differingOutputs, isOutcome, type Looking } from './conditions.ts'
import { isPseudo } from './obstacle.ts'
import type { Said } from './saying.ts'
import type { Story } from './story.ts'

/** The statements that look at what has come of a step. */
export function checkOf(story: Story, at: number, isCallKnown = false): readonly string[] {
  const { account, steps, said, deviating, actors, scenario } = story
  const step = steps[at] as AccountStep
  const calls = callsAt(scenario.steps, at)
  const isAll = deviating < 0
  const isLast = at === deviating
  const looking: Looking = {
    ...{ account, step, calls },
    known: { header: account.header, seen: seenBefore(steps, at), actors },
    said: saidAt(scenario.steps, said, at),
    actors: involved(step, steps, at, isAll),
    tells: isLast || isAll,
    outputs: isAll ? undefined : isLast ? differingOutputs({ account, step, calls }) : new Set(),
  }
  const outcomes = step.allowed.map(({ outcome }) => outcome)
  const any = anyOf(outcomes.map((outcome) => isOutcome(outcome, looking)))
  if (any === '1') return []
  const words = describeOutcomes(step.step, outcomes, calls).join(', or ')
  const call = isCallKnown ? '' : `${quoted(`step ${at + 1}, ${printStep(step.step)}`)}, `
  const isExpected = isLast || (isAll && !takesPrivileges(step.step))
  const lines = [`${isExpected ? 'expect' : 'setup'}(${any}, ${call}${quoted(words)});`]
  if (isLast || step.explaining.length === outcomes.length) return lines
  const whole: Looking = { ...looking, outputs: undefined, tells: false }
  const taken = anyOf(step.explaining.map((outcome) => isOutcome(outcome, whole)))
  return taken === any
    ? lines
    : [...lines, `setup(${taken}, ${call}"the same of these as in the recording");`]
}

/** What only the privileged may do, and what is to be tried does not begin before. */
const takesPrivileges = ({ call }: Step): boolean =>
  /^(become|setlimit|setforced|setnextid|setnextpid|unshare)/.test(call.name)

export const quoted = (words: string): string => `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function anyOf(conditions: readonly string[]): string {
  const all = [...new Set(conditions)]
  if (all.length === 0 || all.includes('')) return '1'
  return all.length === 1 ? (all[0] ?? '1') : all.map((each) => `(${each})`).join(' || ')
}

/** Names whose numbers were seen in earlier steps. */
function seenBefore(steps: readonly AccountStep[], at: number): ReadonlySet<string> {
  const results = steps
    .slice(0, at)
    .flatMap(({ explaining }) => explaining[0]?.events ?? [])
    .flatMap((event) => (event.is === 'returned' ? [event.result.value] : []))
  return new Set(
    results.flatMap((value) =>
      typeof value === 'object' && 'of' in value && typeof value.of === 'string' ? [value.of] : [],
    ),
  )
}

/** What was said for the call that each actor is in. */
function saidAt(steps: readonly Step[], said: readonly Said[], at: number): Readonly<Record<string, Said>> {
  const words: Record<string, Said> = {}
  for (const [index, step] of steps.slice(0, at + 1).entries())
    if (!isPseudo(step)) words[step.actor] = said[index] as Said
  return words
}

/** Whom a step is about: who calls, who is seen to do something or should; and, if all counts, who sleeps. */
function involved(
  { step, observed, allowed }: AccountStep,
  steps: readonly AccountStep[],
  at: number,
  isAll: boolean,
): readonly string[] {
  const named = [
    ...(isPseudo(step) && step.call.name !== 'expires' ? [] : [step.actor]),
    ...observed.events.map(({ actor }) => actor),
    ...allowed.flatMap(({ outcome }) => outcome.events.map(({ actor }) => actor)),
    ...(isAll ? sleepers(steps, at) : []),
  ]
  return [...new Set(named)]
}

/** Who is inside a call when a step is over. */
function sleepers(steps: readonly AccountStep[], at: number): readonly string[] {
  const inside = new Set<string>()
  for (const { step, explaining } of steps.slice(0, at + 1)) {
    if (!isPseudo(step)) inside.add(step.actor)
    for (const { is, actor } of explaining[0]?.events ?? [])
      if (is === 'returned' || is === 'faulted' || is === 'ended') inside.delete(actor)
  }
  return [...inside]
}
