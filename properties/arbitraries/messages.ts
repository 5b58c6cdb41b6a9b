import { ALTER, grants, READ } from '../../model/common/access.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { identityOf } from '../../model/world.ts'
import { observe } from './messages/observe.ts'
import { prepare } from './messages/prepare.ts'
import { create, limit, lookUp, mistaken, permit, raise, reopen } from './messages/queues.ts'
import { receive, take } from './messages/receive.ts'
import { type Scene, sceneOf } from './messages/scene.ts'
import { overwrite, send, serve } from './messages/send.ts'
import { signal } from './messages/signals.ts'
import { anActor, type FamilyGenerator, type Setting } from './setting.ts'

/** Generates calls on message queues, aware of room, of what is queued and of who sleeps. */
export const messages: FamilyGenerator = { prepare, propose, observe }

function propose(setting: Setting): Step | undefined {
  const { draw } = setting
  if (setting.withProcesses && draw.chance(22)) return signal(setting)
  if (draw.chance(4)) {
    const step = overwrite(setting)
    if (step !== undefined) return step
  }
  const call = idea(setting)
  return call === undefined ? undefined : { actor: anActor(setting), call }
}

function idea(setting: Setting): Call | undefined {
  const { draw, world } = setting
  const names = Object.keys(world.queues)
  if (names.length === 0 || (names.length < 3 && draw.chance(4))) return create(setting)
  const name = names[draw.int(names.length)] ?? ''
  const queue = world.queues[name]
  if (queue === undefined) return undefined
  const scene = sceneOf(world, name, queue)
  if (queue.limit > 100 && scene.receivers.length < 3 && draw.chance(20)) return limit(setting, scene)
  if (!grants(identityOf(world, setting.able[0]), queue.permission, READ | ALTER) && draw.chance(18))
    return reopen(scene)
  if (scene.senders.length > 0 && draw.chance(8 + 6 * scene.senders.length))
    return draw.chance(70) ? take(setting, scene) : raise(setting, scene)
  if (scene.receivers.length > 0 && draw.chance(8 + 6 * scene.receivers.length)) return serve(setting, scene)
  return anything(setting, scene)
}

const calls = [38, 26, 5, 4, 4, 2, 4, 3]

function anything(setting: Setting, scene: Scene): Call {
  switch (setting.draw.index(calls)) {
    case 1:
      return receive(setting, scene)
    case 2:
      return { name: 'msgctl.IPC_STAT', queue: scene.name }
    case 3:
      return isTooOpen(setting, scene) ? serve(setting, scene) : limit(setting, scene)
    case 4:
      return isTooOpen(setting, scene) ? serve(setting, scene) : permit(setting, scene)
    case 5:
      return { name: 'msgctl.IPC_RMID', queue: scene.name }
    case 6:
      return lookUp(setting)
    case 7:
      return mistaken(setting, scene.name)
    default:
      return scene.queue.limit >= 50 && scene.queue.messages.length === 0 && setting.draw.chance(40)
        ? receive(setting, scene)
        : send(setting, scene)
  }
}

/** An IPC_SET that wakes three receivers has six outcomes and more: few of them will do. */
const isTooOpen = ({ draw }: Setting, { receivers }: Scene): boolean =>
  receivers.length > 2 && !draw.chance(30)
