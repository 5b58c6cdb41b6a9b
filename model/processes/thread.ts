import { pidOf } from '../expected.ts'
import { usualProcessLimits } from '../limits.ts'
import { decide, fails, type Moment, returns } from '../moment.ts'
import { withEntry } from '../records.ts'
import type { Rule } from '../rule.ts'
import { overtakeByThread } from '../shared-memory/lifecycle.ts'
import { hasSpaces } from '../spaces.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CLONE_SYSVSEM } from '../vocabulary/names.ts'
import { changedWorld, idle, limitsOf, type Process, processOf, type Thread, type World } from '../world.ts'
import { threads as clauses } from './clauses/index.ts'
import { childrenOf, lifecycleOf } from './lifecycle.ts'

type ThreadCall = CallOf<'thread'>

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: ThreadCall
}

/** A further thread of the process: pthread_create, or clone without CLONE_SYSVSEM. */
export function thread(moment: Moment, actor: string, call: ThreadCall): void {
  decide(moment, rules, { moment, actor, call })
}

const isShared = ({ flags }: ThreadCall) => (flags & CLONE_SYSVSEM) !== 0

const rules: readonly Rule<Situation>[] = [
  {
    ...clauses.threadUnknown,
    errno: 'EINVAL',
    elsewhere: true,
    when: ({ call }) => !isShared(call),
    outcome: ({ moment, actor }) => fails(moment, actor, 'EINVAL'),
  },
  {
    ...clauses.threadMakes,
    errno: 'none',
    when: () => true,
    outcome: ({ moment, actor, call }) => make(moment, actor, call),
  },
]

function make(moment: Moment, actor: string, call: ThreadCall): void {
  const { world } = moment
  const name = processOf(world, actor)
  const process = world.processes[name]
  if (process === undefined) return
  const why = obstacle(world, name, process) ?? sharingObstacle(world, actor, call)
  if (why !== undefined) throw new Error(`what threads do where ${why} is not known`)
  const made: Thread = { process: name, activity: idle, undo: isShared(call) ? 'shared' : {} }
  moment.world = changedWorld(world, {
    threads: withEntry(world.threads, call.as, made),
    settings: { ...world.settings, threaded: true },
  })
  overtakeByThread(moment, name)
  returns(moment, actor, pidOf(call.as))
}

/** What the model does not follow beside several threads; undefined where there is nothing of the kind. */
function obstacle(world: World, name: string, { lifecycle }: Process): string | undefined {
  const { blocked, deathSignal, undoKeeper } = lifecycle
  if (blocked.length > 0) return 'signals are blocked'
  const willBeTold = childrenOf(world, name).some((child) => lifecycleOf(world, child)?.deathSignal !== 0)
  if (deathSignal !== 0 || willBeTold) return 'the end of a parent is told'
  const isSharing = Object.values(world.processes).some((other) => other.lifecycle.undoKeeper === name)
  if (undoKeeper !== '' || isSharing) return 'processes share adjustments'
  const { processes, addressSpace } = limitsOf(world, name)
  if (processes !== usualProcessLimits.processes || addressSpace !== usualProcessLimits.addressSpace)
    return 'a process is limited'
  if (hasSpaces(world)) return 'there are several namespaces'
  if (world.settings.pidsChosen) return 'pids are chosen'
  return world.settings.forced ? 'segments end with their creators' : undefined
}

/** Adjustments are shared by all threads but those that have their own. */
const sharingObstacle = (world: World, actor: string, call: ThreadCall): string | undefined => {
  const undo = world.threads[actor]?.undo ?? 'shared'
  return isShared(call) && undo !== 'shared'
    ? 'some threads share adjustments that are not the first ones'
    : undefined
}
