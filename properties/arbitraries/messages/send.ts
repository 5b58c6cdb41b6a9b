import { matches } from '../../../model/messages/selection.ts'
import type { ReceiveSleep } from '../../../model/messages/state.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { IPC_NOWAIT, LONG_MAX, LONG_MIN, MSG_NOERROR } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import type { Setting } from '../setting.ts'
import { type Scene, sleepOf } from './scene.ts'

/** A message whose size is near what there is room for. */
export function send(setting: Setting, scene: Scene): Call {
  const { draw } = setting
  const wrong = draw.int(120)
  return {
    name: 'msgsnd',
    queue: scene.name,
    type: wrong === 0 ? draw.pick([0, -1, LONG_MIN]) : aType(setting),
    size: wrong === 1 ? anOddSize(setting) : aSize(setting, scene),
    fill: draw.int(256),
    flags: sendFlags(setting, 22),
  }
}

const sizes = [40, 8, 9, 9, 5, 3, 6]

function aSize({ draw, world }: Setting, { queue: { limit }, room }: Scene): number {
  const kind = draw.index(sizes)
  if (kind === 0) return draw.int(5)
  if (kind === 1) return 0
  if (limit > 100) return kind === 2 && draw.chance(20) ? world.limits.msgmax : draw.int(200)
  switch (kind) {
    case 2:
      return Math.max(0, room)
    case 3:
      return Math.max(0, room + 1)
    case 4:
      return limit
    case 5:
      return limit + 1
    default:
      return draw.int(limit + 1)
  }
}

const anOddSize = ({ draw, world }: Setting): Long =>
  draw.pick<Long>([
    world.limits.msgmax,
    world.limits.msgmax + 1,
    world.limits.msgmax + 1,
    -1,
    LONG_MIN,
    LONG_MAX,
  ])

const served = [5, 4, 4, 1]

/** A message that some sleeping receiver wants, with a body that fits its buffer or just not. */
export function serve(setting: Setting, scene: Scene): Call {
  const { draw } = setting
  const receiver = scene.receivers[draw.int(scene.receivers.length)]
  if (receiver === undefined) return send(setting, scene)
  const capacity = Math.max(0, Math.min(Number(receiver.call.size), 40))
  const size = [draw.int(6), capacity, capacity + 1, 0][draw.index(served)] ?? 0
  return {
    name: 'msgsnd',
    queue: scene.name,
    type: wanted(setting, receiver),
    size,
    fill: draw.int(256),
    flags: sendFlags(setting, 15),
  }
}

function wanted(setting: Setting, { selection }: ReceiveSleep): Long {
  const any = aType(setting)
  if (matches(selection, any) || selection.mode === 'any') return any
  if (selection.mode === 'except') return selection.type === 1 ? 2 : 1
  return selection.type
}

/** The buffer of a sender that is inside its call changes. */
export function overwrite(setting: Setting): Step | undefined {
  const { draw, world } = setting
  const senders = Object.keys(world.processes).filter((name) => sleepOf(world, name)?.does === 'send')
  const actor = senders[draw.int(senders.length)]
  if (actor === undefined) return undefined
  return { actor, call: { name: 'overwrite', type: aType(setting), fill: draw.int(256) } }
}

const types = [1, 2, 3, 5, 65537, LONG_MAX] as const
const typeWeights = [30, 25, 20, 10, 2, 2]

/** Few types, so that they meet again. */
export const aType = ({ draw }: Setting): Long => types[draw.index(typeWeights)] ?? 1

/** The flags of a msgsnd that may sleep if somebody else can go on. */
const sendFlags = ({ draw, able }: Setting, noWait: number): number =>
  able.length < 2 || draw.chance(noWait) ? IPC_NOWAIT : 0

/** The flags of a msgrcv that may sleep if somebody else can go on. */
export const receiveFlags = (setting: Setting, noWait: number, noError: number): number =>
  sendFlags(setting, noWait) | (setting.draw.chance(noError) ? MSG_NOERROR : 0)
