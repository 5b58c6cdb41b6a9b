import { ALTER, grants, objectName, READ } from '../common/access.ts'
import { pidOf } from '../expected.ts'
import { isCapable } from '../identity.ts'
import { fails, type Moment, note, returns } from '../moment.ts'
import { clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_SYS_ADMIN } from '../vocabulary/names.ts'
import { identityOf, limitsOf } from '../world.ts'

const pids = clause(
  'ns.pids',
  'linux',
  'A recorded process is shown by its pid in the namespace of who asks, and as 0 where it has none there.',
  'pid_namespaces(7)',
)
const privilege = clause(
  'clone.newpid.eperm',
  'linux',
  'A new pid namespace takes privilege.',
  'clone(2), ERRORS, EPERM',
)

export const insideClauses = [pids, privilege]

/**
 * A process in a pid namespace of its own adds 1 to a semaphore: there it is the first process, and whoever was the last one
 * before is nobody; outside it has another pid.
 */
export function inside(moment: Moment, actor: string, call: CallOf<'inside'>): void {
  const { world } = moment
  const identity = identityOf(world, actor)
  if (!isCapable(identity, CAP_SYS_ADMIN)) {
    note(moment, privilege)
    fails(moment, actor, 'EPERM')
    return
  }
  const name = objectName(world, call.set)
  const set = world.sets[name]
  const semaphore = set?.semaphores[call.semnum]
  const isPlain =
    set !== undefined &&
    semaphore !== undefined &&
    set.sleepers.length === 0 &&
    semaphore.value < world.facts.semvmx &&
    grants(identity, set.permission, READ | ALTER) &&
    limitsOf(world, actor).processes === 'usual'
  if (!isPlain) throw new Error('what a process in another pid namespace does here is not known')
  note(moment, pids)
  const pid = `${actor} ${moment.now}`
  const semaphores = set.semaphores.with(call.semnum, { value: semaphore.value + 1, pid })
  moment.world = { ...world, sets: { ...world.sets, [name]: { ...set, semaphores, otime: moment.now } } }
  returns(moment, actor, pidOf(pid), { before: 0, after: 1 })
}
