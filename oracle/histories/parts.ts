import type { World } from '../../model/world.ts'
import type { Effected } from './history.ts'
import { type Line, type LineCall, objectOf } from './lines.ts'

/**
 * The calls of each object by themselves. Whether there is an order for all is the same as whether there is one for each
 * (Herlihy and Wing: linearizability is local), where nothing that a call does can be seen in another object: no signals, no
 * ends of processes, nothing that is made, no stamps and nobody noted as the last user.
 */
export function partsOf(
  lines: readonly Line[],
  start: World,
  seesUses: boolean,
): readonly (readonly Line[])[] {
  if (seesUses) return [lines]
  const objects = new Map<string, LineCall[][]>()
  for (const [at, { calls }] of lines.entries())
    for (const call of calls) {
      const object = local.has(call.call.name) ? objectOf(start, call.call) : undefined
      if (object === undefined || !(object in start.sets || object in start.queues)) return [lines]
      const part = objects.get(object) ?? lines.map(() => [])
      objects.set(object, part)
      part[at]?.push(call)
    }
  if (objects.size < 2) return [lines]
  return [...objects.values()].map((part) => lines.map((line, at) => ({ ...line, calls: part[at] ?? [] })))
}

/** Calls that do nothing but to one object. */
const local: ReadonlySet<string> = new Set([
  ...['semop', 'semtimedop', 'semctl.GETVAL', 'semctl.GETALL', 'semctl.SETVAL', 'semctl.SETALL'],
  ...['semctl.GETNCNT', 'semctl.GETZCNT', 'semctl.IPC_STAT', 'semctl.IPC_RMID'],
  ...['msgsnd', 'msgrcv', 'msgctl.IPC_STAT', 'msgctl.IPC_RMID'],
])

/** An order for all, of one for each: each effect as early as the calls before it in its own order allow. */
export function merged(
  orders: readonly (readonly Effected[])[],
  begins: readonly number[],
  until: number,
): readonly Effected[] {
  const timed = orders.flatMap((order) => {
    let time = Number.NEGATIVE_INFINITY
    return order.map((effected) => {
      time = Math.max(time, begins[effected.at] as number)
      return { time, effected }
    })
  })
  return timed
    .filter(({ time }) => time <= until)
    .sort((a, b) => a.time - b.time)
    .map(({ effected }) => effected)
}
