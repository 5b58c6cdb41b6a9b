import { anything, type Expected, pidOf } from '../expected.ts'
import { decide, fails, type Moment, note, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import type { Clause, Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { SA_NOCLDSTOP, SA_NOCLDWAIT, SA_RESTART } from '../vocabulary/names.ts'
import { autoreap, signalling } from './clauses/index.ts'
import { changeLifecycle, isBlocked, isPending, lifecycleOf } from './lifecycle.ts'
import { childCode, childStatus } from './results.ts'
import { ignores, isSignal, isUncatchable, SIGCHLD } from './signals.ts'
import { willReturn } from './sleepers.ts'
import type { Action, SignalInfo } from './state.ts'
import { othersOf } from './threads.ts'
import type { Unrest } from './unrest.ts'
import { waitingOf } from './waiting.ts'

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'sigaction'>
}

const DISPOSITIONS = ['default', 'ignore', 'handler'] as const

/** sigaction: sets what the caller does about a signal. */
export function sigaction(moment: Moment, actor: string, call: CallOf<'sigaction'>): void {
  decide(moment, actionRules, { moment, actor, call })
}

const refuses = (about: Clause, when: (call: CallOf<'sigaction'>) => boolean): Rule<Situation> => ({
  ...about,
  errno: 'EINVAL',
  when: ({ call }) => when(call),
  outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
})

const actionRules: readonly Rule<Situation>[] = [
  refuses(
    signalling.actionRefused,
    ({ signal, disposition }) => !isSignal(signal) || (isUncatchable(signal) && disposition !== 0),
  ),
  refuses(signalling.defaultRefused, ({ signal }) => isUncatchable(signal)),
  {
    ...signalling.actionSet,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => {
      if (!isUncatchable(call.signal)) setAction(moment, actor, call)
      returns(moment, actor)
    },
  },
]

function setAction(moment: Moment, actor: string, { signal, disposition, flags }: CallOf<'sigaction'>): void {
  const { actions = {}, pending = {} } = lifecycleOf(moment.world, actor) ?? {}
  const action: Action = {
    disposition: DISPOSITIONS[disposition] ?? 'default',
    restart: (flags & SA_RESTART) !== 0,
    quietStops: (flags & SA_NOCLDSTOP) !== 0,
    noZombies: (flags & SA_NOCLDWAIT) !== 0,
  }
  noteWaiters(moment, actor, signal, action)
  changeLifecycle(moment, actor, { actions: withEntry(actions, signal, action) })
  if (!ignores(action, signal) || pending[signal] === undefined) return
  note(moment, signalling.ignoreDiscards)
  changeLifecycle(moment, actor, { pending: withoutSignal(pending, signal) })
}

/** Another thread makes SIGCHLD ignored while one waits. */
function noteWaiters(moment: Moment, actor: string, signal: number, action: Action): void {
  const { world } = moment
  if (signal !== SIGCHLD || action.disposition !== 'ignore') return
  if (othersOf(world, actor).some((other) => waitingOf(world, other) !== undefined))
    note(moment, autoreap.setWhileBlocked)
}

function withoutSignal<T>(record: Readonly<Record<number, T>>, signal: number): Readonly<Record<number, T>> {
  const { [signal]: _, ...others } = record
  return others
}

export function block(moment: Moment, actor: string, { signal }: CallOf<'sigprocmask.SIG_BLOCK'>): void {
  const blocked = lifecycleOf(moment.world, actor)?.blocked ?? []
  if (isUncatchable(signal)) note(moment, signalling.neverBlocked)
  else if (isSignal(signal) && !blocked.includes(signal)) {
    note(moment, signalling.maskChanges)
    changeLifecycle(moment, actor, { blocked: [...blocked, signal].sort((a, b) => a - b) })
  }
  returns(moment, actor)
}

/** What was pending is met before the call returns. */
export function unblock(unrest: Unrest, actor: string, { signal }: CallOf<'sigprocmask.SIG_UNBLOCK'>): void {
  const { moment } = unrest
  const lifecycle = lifecycleOf(moment.world, actor)
  if (isBlocked(lifecycle, signal)) {
    note(moment, isPending(lifecycle, signal) ? signalling.unblockDelivers : signalling.maskChanges)
    const blocked = lifecycle?.blocked.filter((other) => other !== signal) ?? []
    changeLifecycle(moment, actor, { blocked })
  }
  willReturn(moment, actor, { value: 0, errno: 'none', out: null })
}

export function sigpending(moment: Moment, actor: string, { signal }: CallOf<'sigpending'>): void {
  note(moment, signalling.pendingTold)
  returns(moment, actor, isPending(lifecycleOf(moment.world, actor), signal) ? 1 : 0)
}

/** Asks the caller's own memory, which forgets. */
export function caught(moment: Moment, actor: string, { signal }: CallOf<'caught'>): void {
  const all = lifecycleOf(moment.world, actor)?.caught ?? {}
  const runs = all[signal]
  if (runs === undefined) {
    returns(moment, actor, 0, { code: 0, status: 0, pid: 0, uid: 0 })
    return
  }
  changeLifecycle(moment, actor, { caught: withoutSignal(all, signal) })
  returns(moment, actor, runs.times, infoOf(moment, signal, runs.last))
}

const SI_USER = 0
const SI_KERNEL = 0x80

function infoOf(moment: Moment, signal: number, info: SignalInfo): Readonly<Record<string, Expected>> {
  switch (info.from) {
    case 'process':
      return { code: SI_USER, status: anything, pid: pidOf(info.pid), uid: info.uid }
    case 'child': {
      const { report, pid, uid } = info
      // A 64-bit kernel passes the fields of other signals than SIGCHLD to 32-bit programs as those of SIGPOLL.
      if (signal !== SIGCHLD && moment.world.facts.longBytes < 8)
        return { code: childCode(report), status: anything, pid: pidOf(pid), uid: anything }
      return { code: childCode(report), status: childStatus(moment, report), pid: pidOf(pid), uid }
    }
    case 'kernel':
      return { code: SI_KERNEL, status: anything, pid: anything, uid: anything }
  }
}
