import { actionOf, childrenOf, INIT } from '../processes/lifecycle.ts'
import { ignores } from '../processes/signals.ts'
import { isWanted, selects, waitingOf, wantedBy } from '../processes/waiting.ts'
import type { World } from '../world.ts'
import { decidedIn } from './decided.ts'
import { type Invariant, ofSteps, ofWorlds } from './invariant.ts'

const all = ({ processes }: World) => Object.entries(processes)

/** The children whose report a sleeping wait could return with. */
const reportsFor = (world: World, waiter: string) => {
  const sleep = waitingOf(world, waiter)
  if (sleep === undefined) return []
  const wanted = wantedBy(sleep.call)
  return childrenOf(world, waiter).filter(
    (child) =>
      selects(world, sleep.selector, child) &&
      isWanted(world.processes[child]?.lifecycle.report ?? { is: 'none' }, wanted),
  )
}

export const processInvariants: readonly Invariant[] = [
  ofWorlds(
    'proc.parent-lives',
    'The parent of a process is the driver, or a process that has not ended.',
    (world) =>
      all(world).every(
        ([
          ,
          {
            lifecycle: { parent },
          },
        ]) => {
          const life = world.processes[parent]?.lifecycle.life
          return parent === INIT || (life !== undefined && life !== 'zombie')
        },
      ),
  ),

  ofWorlds('proc.driver-reaps', 'At rest no child of the driver is a zombie.', (world) =>
    all(world).every(([, { lifecycle }]) => lifecycle.life !== 'zombie' || lifecycle.parent !== INIT),
  ),

  ofWorlds(
    'proc.zombie-reports',
    'A process is a zombie exactly as long as its end is not reported.',
    (world) =>
      all(world).every(([, { lifecycle }]) => {
        const isEnd = lifecycle.report.is === 'exited' || lifecycle.report.is === 'killed'
        return (lifecycle.life === 'zombie') === isEnd
      }),
  ),

  ofWorlds(
    'proc.zombie-has-nothing',
    'A zombie is in no call and has neither adjustments nor attachments.',
    (world) =>
      all(world).every(
        ([, { lifecycle, activity, undo, attachments }]) =>
          lifecycle.life !== 'zombie' ||
          (activity.is === 'idle' && Object.keys(undo).length + Object.keys(attachments).length === 0),
      ),
  ),

  ofWorlds('proc.wait-returns', 'No wait sleeps that has a report to return.', (world) =>
    all(world).every(([name]) => reportsFor(world, name).length === 0),
  ),

  ofWorlds(
    'proc.wait-has-hope',
    'No wait sleeps on Linux for children of which there are none.',
    (world, profile) =>
      all(world).every(([name]) => {
        const sleep = waitingOf(world, name)
        if (sleep === undefined || profile.name === 'posix') return true
        return childrenOf(world, name).some((child) => selects(world, sleep.selector, child))
      }),
  ),

  ofWorlds(
    'proc.rest',
    'At rest a process that runs has met its signals, and is neither held nor on its way out of a call.',
    (world) =>
      all(world).every(([, { lifecycle, activity }]) => {
        const isLent = activity.is === 'asleep' && activity.on.in === 'vfork'
        if (lifecycle.life !== 'running' || isLent) return true
        const isUnmet = Object.keys(lifecycle.pending).some(
          (signal) => !lifecycle.blocked.includes(Number(signal)),
        )
        return !isUnmet && activity.is !== 'held' && (activity.is === 'idle' || activity.on.in !== 'return')
      }),
  ),

  ofWorlds('proc.no-ignored-pending', 'A signal that is ignored and not blocked does not pend.', (world) =>
    all(world).every(([, { lifecycle }]) =>
      Object.keys(lifecycle.pending)
        .map(Number)
        .every(
          (signal) => lifecycle.blocked.includes(signal) || !ignores(actionOf(lifecycle, signal), signal),
        ),
    ),
  ),

  ofWorlds('proc.group-in-session', 'All processes of a group are in one session.', (world) => {
    const sessions = new Map<string, string>()
    return all(world).every(
      ([
        ,
        {
          lifecycle: { group, session },
        },
      ]) => {
        const known = sessions.get(group) ?? session
        sessions.set(group, known)
        return known === session
      },
    )
  }),

  ofWorlds('proc.children-in-order', 'No two children of a process have the same place.', (world) =>
    all(world).every(([name]) => {
      const ranks = childrenOf(world, name).map((child) => world.processes[child]?.lifecycle.rank)
      return new Set(ranks).size === ranks.length
    }),
  ),

  ofSteps(
    'proc.reported-once',
    'A child that a wait reported is gone, or has nothing more to report, unless WNOWAIT left it waitable.',
    (transition) =>
      decidedIn(transition).every(({ call, result }) => {
        if (
          call.name !== 'wait' &&
          call.name !== 'waitpid' &&
          call.name !== 'wait4' &&
          call.name !== 'waitid'
        )
          return true
        const pid = call.name === 'waitid' ? result.out?.pid : result.value
        if (typeof pid !== 'object' || !('is' in pid) || pid.is !== 'pid') return true
        if (wantedBy(call).noWait) return true
        const { report } = transition.outcome.world.processes[pid.of]?.lifecycle ?? { report: { is: 'none' } }
        return report.is === 'none'
      }),
  ),

  ofSteps(
    'proc.zombie-ends-by-wait',
    'A zombie goes when it is waited for, or when its parent ends.',
    (transition) => {
      const { before, outcome } = transition
      const reported = decidedIn(transition).flatMap(({ result }) =>
        [result.value, result.out?.pid].flatMap((pid) =>
          typeof pid === 'object' && 'is' in pid && pid.is === 'pid' ? [pid.of] : [],
        ),
      )
      return all(before).every(([name, { lifecycle }]) => {
        if (lifecycle.life !== 'zombie' || name in outcome.world.processes) return true
        const parent = outcome.world.processes[lifecycle.parent]?.lifecycle.life
        return reported.includes(name) || parent === undefined || parent === 'zombie'
      })
    },
  ),

  ofSteps(
    'proc.lives-are-told',
    'Who ends, stops or continues is told of once, and so is who returns; nothing returns to a process that is stopped or has ended before.',
    ({ before, outcome: { world, events } }) => {
      const told = events.map(({ actor, is }) => `${actor} ${is}`)
      if (new Set(told).size !== told.length) return false
      return events.every(({ actor, is }) => {
        const life = world.processes[actor]?.lifecycle.life ?? 'zombie'
        if (is === 'ended') return life === 'zombie' && before.processes[actor]?.lifecycle.life !== 'zombie'
        if (is === 'stopped') return life === 'stopped'
        if (is === 'returned' && life === 'running') return world.processes[actor]?.activity.is === 'idle'
        return true
      })
    },
  ),

  ofSteps(
    'proc.stopped-returns-nothing',
    'Nothing returns to a process that was stopped before the step and still is.',
    ({ before, outcome: { world, events } }) =>
      events.every(
        ({ actor, is }) =>
          is !== 'returned' ||
          before.processes[actor]?.lifecycle.life !== 'stopped' ||
          world.processes[actor]?.lifecycle.life !== 'stopped',
      ),
  ),
]
