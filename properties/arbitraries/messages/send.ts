import { matches } from '../../../model/messages/selection.ts'
import type { ReceiveSleep } from '../../../model/messages/state.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { IPC_NOWAIT, LONG_MAX, LONG_MIN, MSG_NOERROR } from '../../../model/vocabulary/names.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import type { Setting } from '../setting.ts'
import type { Scene } from './scene.ts'

/** Messages whose sizes are near what there is room for. */
export function send(setting: Setting, scene: Scene): Call {
  const { draw, world, able } = setting
  const { queue, room } = scene
  const large = queue.limit > 100
  const { msgmax } = world.facts
  const size = draw.weighted<Long>([
    [40, draw.int(5)],
    [8, 0],
    [9, large ? draw.int(30) : Math.max(0, room)],
    [9, large ? draw.int(30) : Math.max(0, room + 1)],
    [5, large ? draw.int(30) : queue.limit],
    [3, large ? msgmax : queue.limit + 1],
    [6, large ? draw.int(200) : draw.int(queue.limit + 1)],
  ])
  const wrong = draw.int(120)
  return {
    name: 'msgsnd',
    queue: scene.name,
    type: wrong === 0 ? draw.pick([0, -1, LONG_MIN]) : aType(setting),
    size:
      wrong > 1 ? size : draw.pick<Long>([msgmax, msgmax, msgmax + 1, msgmax + 1, -1, LONG_MIN, LONG_MAX]),
    fill: draw.int(256),
    flags: able.length < 2 || draw.chance(22) ? IPC_NOWAIT : 0,
  }
}

/** A message that some sleeping receiver wants, with a body that fits its buffer or just not. */
export function serve(setting: Setting, scene: Scene): Call {
  const { draw, able } = setting
  const receiver = scene.receivers[draw.int(scene.receivers.length)]
  if (receiver === undefined) return send(setting, scene)
  const capacity = Math.min(Number(receiver.call.size), 40)
  const size = draw.weighted<number>([
    [5, draw.int(6)],
    [4, capacity],
    [4, capacity + 1],
    [1, 0],
  ])
  return {
    name: 'msgsnd',
    queue: scene.name,
    type: wanted(setting, receiver),
    size: Math.max(0, size),
    fill: draw.int(256),
    flags: able.length < 2 || draw.chance(15) ? IPC_NOWAIT : 0,
  }
}

function wanted(setting: Setting, { selection }: ReceiveSleep): Long {
  const any = aType(setting)
  if (matches(selection, any) || selection.mode === 'any') return any
  if (selection.mode === 'except') return selection.type === 1 ? 2 : 1
  return selection.type
}

/** Few types, so that they meet again; some that only differ in their high bits. */
export const aType = ({ draw }: Setting): Long =>
  draw.weighted<Long>([
    [30, 1],
    [25, 2],
    [20, 3],
    [10, 5],
    [2, 65537],
    [2, LONG_MAX],
  ])

/** The flags of a msgrcv that may sleep if somebody else can go on. */
export const receiveFlags = ({ draw, able }: Setting, noWait: number, noError: number): number =>
  (able.length < 2 || draw.chance(noWait) ? IPC_NOWAIT : 0) | (draw.chance(noError) ? MSG_NOERROR : 0)
