import { decide, fails, note, returns } from '../moment.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import type { Errno } from '../vocabulary/names.ts'
import { identityOf, processOf, type World } from '../world.ts'
import { ending, signalling } from './clauses/index.ts'
import { lifecycleOf, membersOf } from './lifecycle.ts'
import { isKin, mayKill } from './permission.ts'
import { send } from './send.ts'
import { isSignal, SIGNALS_MAX } from './signals.ts'
import { willReturn } from './sleepers.ts'
import { targetOf } from './targets.ts'
import type { Unrest } from './unrest.ts'

interface Situation {
  readonly unrest: Unrest
  readonly actor: string
  readonly call: CallOf<'kill'>
  /** Zombies too. */
  readonly targets: readonly string[]
  /** Those of them that the caller may send the signal. */
  readonly allowed: readonly string[]
}

/** kill: the checks in Linux's order (kernel/signal.c, kill_something_info), then the signal to all at once. */
export function kill(unrest: Unrest, actor: string, call: CallOf<'kill'>): void {
  const targets = targetsOf(unrest.moment.world, actor, call)
  const allowed = targets.filter((target) => mayKill(unrest.moment.world, actor, target, call.signal))
  decide(unrest.moment, rules, { unrest, actor, call, targets, allowed })
}

function targetsOf(world: World, actor: string, { process }: CallOf<'kill'>): readonly string[] {
  const target = targetOf(process)
  switch (target.is) {
    case 'process':
      return lifecycleOf(world, target.name) === undefined ? [] : [target.name]
    case 'group':
      return membersOf(world, target.name)
    case 'zero':
      return membersOf(world, lifecycleOf(world, actor)?.group ?? '')
    case 'all':
      return Object.keys(world.processes).filter((name) => name !== processOf(world, actor))
    case 'intMin':
      return []
  }
}

const error = (
  about: Clause,
  errno: Errno,
  when: (situation: Situation) => boolean,
  ...also: readonly Clause[]
): Rule<Situation> => ({
  ...about,
  errno,
  when,
  outcome: ({ unrest, actor }) => {
    for (const other of also) note(unrest.moment, other)
    fails(unrest.moment, actor, errno)
  },
})

const isNamed = ({ call }: Situation) =>
  targetOf(call.process).is === 'process' && typeof call.process === 'string'
const isRefused = ({ targets, allowed }: Situation) => targets.length > 0 && allowed.length === 0
const isNobody = ({ targets }: Situation) => targets.length === 0

const rules: readonly Rule<Situation>[] = [
  error(ending.reapedUnknown, 'ESRCH', (situation) => isNobody(situation) && isNamed(situation)),
  error(signalling.killNobody, 'ESRCH', (situation) => isNobody(situation) && !isNamed(situation)),
  error(signalling.killBadSignal, 'EINVAL', ({ call: { signal } }) => signal !== 0 && !isSignal(signal)),
  error(signalling.killPermission, 'EPERM', isRefused),
  {
    ...signalling.killTests,
    errno: 'none',
    when: ({ call }) => call.signal === 0,
    outcome: (situation) => {
      noteAllowed(situation)
      noteZombies(situation)
      returns(situation.unrest.moment, situation.actor)
    },
  },
  {
    ...signalling.killSends,
    errno: 'none',
    when: () => true,
    outcome: (situation) => {
      const { unrest, actor, call, allowed } = situation
      const { ruid: uid } = identityOf(unrest.moment.world, actor)
      if (call.signal === SIGNALS_MAX) note(unrest.moment, signalling.killHighest)
      noteAllowed(situation)
      noteZombies(situation)
      if (allowed.includes(processOf(unrest.moment.world, actor))) note(unrest.moment, signalling.killSelf)
      willReturn(unrest.moment, actor, { value: 0, errno: 'none', out: null })
      for (const target of allowed)
        send(unrest, target, call.signal, {
          from: 'process',
          pid: processOf(unrest.moment.world, actor),
          uid,
        })
    },
  },
]

function noteAllowed({ unrest: { moment }, actor, targets, allowed }: Situation): void {
  if (allowed.length < targets.length) note(moment, signalling.killSome)
  if (allowed.some((target) => target !== actor && !isKin(moment.world, actor, target)))
    note(moment, signalling.killContinues)
}

function noteZombies({ unrest: { moment }, call, targets }: Situation): void {
  const isZombie = (name: string) => lifecycleOf(moment.world, name)?.life === 'zombie'
  if (targets.some(isZombie)) note(moment, ending.zombieKill)
  if (targets.every(isZombie) && targetOf(call.process).is !== 'process') note(moment, ending.zombieGroupKept)
}
