import type { Identity } from '../identity.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import type { Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf } from '../world.ts'
import { reparenting } from './clauses/index.ts'
import { changeLifecycle, lifecycleOf } from './lifecycle.ts'
import { mayKill } from './permission.ts'
import { send } from './send.ts'
import { isSignal } from './signals.ts'
import type { Unrest } from './unrest.ts'

type DeathSignalCall = CallOf<'prctl.PR_SET_PDEATHSIG'>

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: DeathSignalCall
}

/** prctl(PR_SET_PDEATHSIG): Linux only; elsewhere the request is unknown. */
export function setDeathSignal(moment: Moment, actor: string, call: DeathSignalCall): void {
  decide(moment, rules, { moment, actor, call })
}

const rules: readonly Rule<Situation>[] = [
  {
    ...reparenting.deathSignalUnknown,
    errno: 'EINVAL',
    elsewhere: true,
    when: () => true,
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...reparenting.deathSignalBad,
    errno: 'EINVAL',
    when: ({ call }) => call.signal !== 0 && !isSignal(call.signal),
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...reparenting.deathSignalSet,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      changeLifecycle(moment, actor, { deathSignal: call.signal })
      returns(moment, actor)
    },
  },
]

/** The parent ends, the first one or an adopter: the child gets the signal that it asked for. */
export function sendDeathSignal(unrest: Unrest, child: string, parent: string): void {
  const { moment } = unrest
  const { deathSignal, life } = lifecycleOf(moment.world, child) ?? { deathSignal: 0, life: 'zombie' }
  if (deathSignal === 0 || life === 'zombie') return
  note(moment, reparenting.deathSignal)
  if (!mayKill(moment.world, parent, child, deathSignal)) return
  const { ruid: uid } = identityOf(moment.world, parent)
  send(unrest, child, deathSignal, { from: 'process', pid: parent, uid })
}

/** The caller becomes somebody else: what it asked for is forgotten where its effective ids change. */
export function forgetDeathSignal(moment: Moment, actor: string, { uid, gid, fsgid }: Identity): void {
  const before = identityOf(moment.world, actor)
  if ((lifecycleOf(moment.world, actor)?.deathSignal ?? 0) === 0) return
  note(moment, reparenting.deathSignalLost)
  const isOther = uid !== before.uid || gid !== before.gid || fsgid !== before.fsgid
  // Capabilities, and the ids that it is for a moment, are not the caller's choice.
  if (isOther || choose(moment, reparenting.deathSignalLost, 2, 'always') === 1)
    changeLifecycle(moment, actor, { deathSignal: 0 })
}
