import type { Expected } from '../expected.ts'
import type { Identity } from '../identity.ts'
import { msgctl } from '../messages/msgctl.ts'
import { statusOf as queueStatus } from '../messages/status.ts'
import { type Moment, note, returns } from '../moment.ts'
import { type Clause, clause } from '../rule.ts'
import { semctl } from '../semaphores/semctl.ts'
import { statusOf as setStatus } from '../semaphores/status.ts'
import { segmentOf } from '../shared-memory/segments.ts'
import { shmctl } from '../shared-memory/shmctl.ts'
import { statusOf as segmentStatus } from '../shared-memory/status.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { identityOf, withProcess } from '../world.ts'
import { grants, objectName } from './access.ts'

const lists = clause('vis.ipcs', 'shall', 'ipcs lists the objects, for every user.', 'POSIX.1-2024 ipcs')
const removes = clause(
  'vis.ipcrm',
  'shall',
  'ipcrm removes an object by identifier or key, with the errors of IPC_RMID.',
  'POSIX.1-2024 ipcrm',
)

export const programClauses: readonly Clause[] = [lists, removes]

type Listing = CallOf<'ipcs.sem'> | CallOf<'ipcs.msg'> | CallOf<'ipcs.shm'>
type Removal = CallOf<'ipcrm.sem'> | CallOf<'ipcrm.msg'> | CallOf<'ipcrm.shm'>

/** ipcs: 1 and what its line says, or 0 where there is none. */
export function runIpcs(moment: Moment, actor: string, call: Listing): void {
  note(moment, lists)
  const out = lineOf(moment, call)
  returns(moment, actor, Number(out !== undefined), out ?? null)
}

function lineOf(moment: Moment, call: Listing): Readonly<Record<string, Expected>> | undefined {
  const { world } = moment
  const name = objectName(world, call.object)
  if (call.name === 'ipcs.sem') {
    const set = world.sets[name]
    if (set === undefined) return undefined
    const { key = 0, nsems = 0 } = setStatus(set)
    return { key, mode: set.permission.mode & 0o777, nsems }
  }
  if (call.name === 'ipcs.msg') {
    const queue = world.queues[name]
    if (queue === undefined) return undefined
    const { key = 0, cbytes = 0, qnum = 0 } = queueStatus(moment, queue)
    return { key, mode: queue.permission.mode & 0o777, cbytes, qnum }
  }
  const segment = segmentOf(world, call.object)
  if (segment === undefined) return undefined
  const { key = 0, segsz = 0, nattch = 0 } = segmentStatus(moment, name, segment)
  return { key, mode: segment.permission.mode & 0o777, segsz, nattch }
}

/** ipcrm: 0, or 1 where it could not. The program has the identity of who runs it, without its capabilities. */
export function runIpcrm(moment: Moment, actor: string, call: Removal): void {
  const before = identityOf(moment.world, actor)
  become(moment, actor, { ...before, fsgid: before.gid, capabilities: 0 })
  const target = targetOf(moment, actor, call)
  if (target === undefined) returns(moment, actor, 1)
  else remove(moment, actor, call, target)
  become(moment, actor, before)
  note(moment, removes)
  const at = moment.events.findIndex((event) => event.is === 'returned' && event.actor === actor)
  const event = moment.events[at]
  if (event?.is === 'returned' && event.result.errno !== 'none')
    moment.events[at] = { ...event, result: { value: 1, errno: 'none', out: null } }
}

function remove(moment: Moment, actor: string, call: Removal, target: string | number): void {
  switch (call.name) {
    case 'ipcrm.sem':
      semctl(moment, actor, { name: 'semctl.IPC_RMID', set: target, semnum: 0 })
      break
    case 'ipcrm.msg':
      msgctl(moment, actor, { name: 'msgctl.IPC_RMID', queue: target })
      break
    case 'ipcrm.shm':
      shmctl(moment, actor, { name: 'shmctl.IPC_RMID', segment: target })
      break
  }
}

/** By identifier, or the object of a key; undefined where there is none. */
function targetOf(
  { world }: Moment,
  actor: string,
  { name, object, key }: Removal,
): string | number | undefined {
  if (key === 'private') return object
  const objects = name === 'ipcrm.sem' ? world.sets : name === 'ipcrm.msg' ? world.queues : world.segments
  const found = Object.entries(objects).find(([, { permission }]) => permission.key === key)
  return found !== undefined && grants(identityOf(world, actor), found[1].permission, 0)
    ? found[0]
    : undefined
}

function become(moment: Moment, actor: string, identity: Identity): void {
  moment.world = withProcess(moment.world, actor, { identity })
}
