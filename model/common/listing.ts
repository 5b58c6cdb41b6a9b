import type { Expected } from '../expected.ts'
import { statusOf as queueStatus } from '../messages/status.ts'
import { choose, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause } from '../rule.ts'
import { statusOf as setStatus } from '../semaphores/status.ts'
import { segmentOf } from '../shared-memory/segments.ts'
import { statusOf as segmentStatus } from '../shared-memory/status.ts'
import { type CallOf, formOf } from '../vocabulary/forms.ts'
import { objectName } from './access.ts'

const listed = clause(
  'vis.proc',
  'linux',
  '/proc/sysvipc lists every object of the namespace for everybody, whatever the modes.',
  'proc(5), /proc/sysvipc',
)

export const listingClauses: readonly Clause[] = [listed]

type Listing = CallOf<'sysvipc.sem'> | CallOf<'sysvipc.msg'> | CallOf<'sysvipc.shm'>

/** Reads the line of an object in /proc/sysvipc: 1, or 0 where it has none. Other systems have no such files. */
export function list(moment: Moment, actor: string, call: Listing): void {
  note(moment, listed)
  if (choose(moment, listed, 2) === 1) {
    fails(moment, actor, 'ENOENT')
    return
  }
  const status = statusOf(moment, call)
  const fields = formOf(call.name).outputs.map(({ name }) => [name, status?.[name] ?? 0] as const)
  returns(
    moment,
    actor,
    Number(status !== undefined),
    status === undefined ? null : Object.fromEntries(fields),
  )
}

function statusOf(moment: Moment, call: Listing): Readonly<Record<string, Expected>> | undefined {
  const { world } = moment
  const name = objectName(world, call.object)
  switch (call.name) {
    case 'sysvipc.sem': {
      const set = world.sets[name]
      return set === undefined ? undefined : setStatus(set)
    }
    case 'sysvipc.msg': {
      const queue = world.queues[name]
      return queue === undefined ? undefined : queueStatus(moment, queue)
    }
    case 'sysvipc.shm': {
      const segment = segmentOf(world, call.object)
      return segment === undefined ? undefined : segmentStatus(moment, name, segment)
    }
  }
}
