import type { Call, CallOf } from '../../../model/vocabulary/forms.ts'
import { IPC_CREAT, IPC_EXCL, IPC_NOWAIT, LONG_MAX } from '../../../model/vocabulary/names.ts'
import type { IdArgument, Long } from '../../../model/vocabulary/shape.ts'
import { badMessageCall } from '../bad.ts'
import { aKey } from '../keys.ts'
import type { Setting } from '../setting.ts'
import type { Scene } from './scene.ts'

export function create(setting: Setting): CallOf<'msgget'> {
  const { draw, fresh } = setting
  const key = draw.chance(35) ? aKey(setting, 2) : ('private' as const)
  const create = key === 'private' && draw.chance(70) ? 0 : IPC_CREAT
  const mode = draw.chance(88) ? 0o600 : draw.pick([0o666, 0o777, 0o400, 0o200, 0, 0o066])
  return { name: 'msgget', key, flags: create | (draw.chance(20) ? IPC_EXCL : 0) | mode, as: fresh('Q') }
}

/** A get call for keys that may or may not be in use, now and then by another facility. */
export function lookUp(setting: Setting): Call {
  const { draw, fresh } = setting
  const key = likelyKey(setting)
  if (draw.chance(6)) return { name: 'semget', key, nsems: 1, flags: IPC_CREAT | 0o600, as: fresh('S') }
  const flags =
    draw.pick([0, 0, IPC_CREAT, IPC_CREAT, IPC_EXCL, IPC_CREAT | IPC_EXCL]) |
    draw.pick([0, 0o600, 0o400, 0o200, 0o700, 0o006, 0o060])
  return { name: 'msgget', key, flags, as: fresh('Q') }
}

/** A key in use, one that was in use, or any. */
function likelyKey(setting: Setting): number {
  const { draw, world } = setting
  const used = Object.values(world.queues).flatMap(({ permission }) => permission.key || [])
  const freed = world.freedKeys.flatMap((freed) => (freed.startsWith('queue ') ? Number(freed.slice(6)) : []))
  const known = [...used, ...freed]
  return (draw.chance(80) ? known[draw.int(known.length)] : undefined) ?? aKey(setting, 3)
}

/** IPC_SET for another limit, the rest as usual. */
export const limit = (setting: Setting, scene: Scene): Call => set(scene.name, limitOf(setting, scene))

/** IPC_SET that lets some sleeping sender go on, all of them, or just not. */
export function raise({ draw, world }: Setting, { name, queue, room, senders }: Scene): Call {
  const bytes = queue.limit - room
  const size = senders[draw.int(senders.length)]?.message.size ?? 0
  const sum = senders.reduce((total, { message }) => total + message.size, 0)
  return set(
    name,
    draw.weighted<number>([
      [5, bytes + size],
      [1, bytes + size - 1],
      [3, bytes + sum],
      [2, queue.messages.length + 1],
      [2, world.limits.msgmnb],
    ]),
  )
}

/** IPC_SET for another permission, now and then of users that do not exist. */
export function permit(setting: Setting, scene: Scene): Call {
  const { draw, world } = setting
  const { uid, gid, mapsOthers } = world.facts
  const isBad = draw.chance(8)
  const other = mapsOthers && draw.chance(14)
  return {
    name: 'msgctl.IPC_SET',
    queue: scene.name,
    uid: isBad && draw.chance(70) ? -1 : other ? uid + 1 : 'own',
    gid: isBad && draw.chance(50) ? -1 : other && draw.chance(40) ? gid + 1 : 'own',
    mode: draw.pick([0o600, 0o600, 0o666, 0, 0o400, 0o400, 0o200, 0o066, 0o177777]),
    qbytes: draw.chance(isBad ? 30 : 3)
      ? world.limits.msgmnb + 1
      : draw.chance(80)
        ? scene.queue.limit
        : limitOf(setting, scene),
  }
}

/** IPC_SET that gives the usual permission back. */
export const reopen = ({ name, queue }: Scene): Call => set(name, queue.limit)

/** IPC_SET that gives the usual limit back. */
export const widen = ({ world }: Setting, { name }: Scene): Call => set(name, world.limits.msgmnb)

/** Calls on what is no queue, or no more; commands that do not exist. */
export function mistaken(setting: Setting, name: string): Call {
  const { draw } = setting
  const queue = draw.chance(60) ? aStaleId(setting) : draw.pick([-1, -2147483648, 2147483647, name])
  if (draw.chance(35)) return badMessageCall(setting, draw.chance(60) ? name : queue)
  return draw.pick<Call>([
    { name: 'msgctl.other', queue, command: draw.pick([999, -1, 4711]) },
    { name: 'msgctl.IPC_STAT', queue },
    { name: 'msgctl.IPC_RMID', queue },
    set(queue, 10),
    { name: 'msgsnd', queue, type: draw.pick([1, 1, 0]), size: draw.pick([1, 1, 8193]), fill: 97, flags: 0 },
    { name: 'msgrcv', queue, size: draw.pick([100, 100, -1]), type: 0, flags: draw.pick([0, IPC_NOWAIT]) },
  ])
}

/** The variable of a queue that was removed, or of one that was not made; -1 if there is none. */
function aStaleId({ draw, made, world }: Setting): IdArgument {
  const stale = made('Q').filter((name) => world.queues[world.aliases[name] ?? name] === undefined)
  return stale[draw.int(stale.length)] ?? -1
}

const set = (queue: IdArgument, qbytes: Long): Call => ({
  name: 'msgctl.IPC_SET',
  queue,
  uid: 'own',
  gid: 'own',
  mode: 0o600,
  qbytes,
})

const limits = [10, 5, 20, 50, 3, 2, 1, 0] as const
const limitWeights = [25, 14, 12, 8, 6, 4, 3, 4, 4, 2, 3, 3, 2, 1]

function limitOf({ draw, world }: Setting, { queue, room }: Scene): Long {
  const bytes = queue.limit - room
  const kind = draw.index(limitWeights)
  switch (kind) {
    case 8:
      return bytes
    case 9:
      return Math.max(0, bytes - 1)
    case 10:
      return queue.messages.length
    case 11:
      return world.limits.msgmnb
    case 12:
      return world.limits.msgmnb + 1
    case 13:
      return draw.pick<Long>([-1, LONG_MAX])
    default:
      return limits[kind] ?? 10
  }
}
