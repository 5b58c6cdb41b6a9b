import type { Expected, Result } from '../../../model/expected.ts'
import { canAct, type Outcome, outcomes } from '../../../model/outcomes.ts'
import type { Profile } from '../../../model/profile.ts'
import { type Call, formOf } from '../../../model/vocabulary/forms.ts'
import type { World } from '../../../model/world.ts'
import { type Bindings, type Context, UNSEEN } from '../../bindings.ts'
import { matchEvent } from '../../match-step.ts'
import type { Kind } from './kinds.ts'

/** What is needed to ask the model; what it says here does not depend on it. */
export interface Asking {
  readonly profile: Profile
  readonly bindings: Bindings
  readonly context: Context
}

/** The ways in which a call comes to what was seen; undefined where it may come to something that is seen of others, or only together with other calls. */
export function plainOutcomes(
  world: World,
  { actor, seen }: Kind,
  call: Call,
  { profile, bindings, context }: Asking,
): readonly Outcome[] | undefined {
  if (!canAct(world, actor)) return []
  const all = whatItMayDo(world, actor, call, profile)
  if (all === undefined) return undefined
  const found: Outcome[] = []
  for (const outcome of all) {
    const [event] = outcome.events
    if (event === undefined) continue
    if (outcome.events.length > 1 || event.actor !== actor) return undefined
    if (event.is !== 'returned') continue
    if (!isSaidByItself(event.result, call, seen)) return undefined
    if (matchEvent(event, seen, { [actor]: call }, bindings, outcome.world, context) !== undefined)
      found.push(outcome)
  }
  return found
}

/** All effects have the same time: nobody looks. */
const NOW = 1

function whatItMayDo(
  world: World,
  actor: string,
  call: Call,
  profile: Profile,
): readonly Outcome[] | undefined {
  try {
    return outcomes(world, actor, call, NOW, profile)
  } catch {
    return undefined
  }
}

/** Whether the result is the same whatever else was seen before. */
function isSaidByItself({ value, out }: Result, call: Call, seen: Kind['seen']): boolean {
  return (
    isByItself(value) &&
    formOf(call.name).outputs.every(
      ({ name }, at) => seen.out === null || Object.is(seen.out[at], UNSEEN) || isByItself(out?.[name] ?? 0),
    )
  )
}

const isByItself = (expected: Expected): boolean =>
  typeof expected !== 'object' || !('is' in expected) || byItself.has(expected.is)

const byItself: ReadonlySet<string> = new Set(['anything', 'untouched', 'atLeast', 'atMost'])
