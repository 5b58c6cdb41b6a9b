import { ALTER, grants, READ } from '../../model/common/access.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { observe } from './messages/observe.ts'
import { create, limit, lookUp, mistaken, permit, raise, reopen } from './messages/queues.ts'
import { receive, take } from './messages/receive.ts'
import { sceneOf } from './messages/scene.ts'
import { send, serve } from './messages/send.ts'
import { signal } from './messages/signals.ts'
import { anActor, type FamilyGenerator, type Setting } from './setting.ts'

/** Generates calls on message queues, aware of room, of what is queued and of who sleeps. */
export const messages: FamilyGenerator = { propose, observe }

function propose(setting: Setting): Step | undefined {
  if (setting.withProcesses && setting.draw.chance(22)) return signal(setting)
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
  if (queue.limit > 100 && draw.chance(30)) return limit(setting, scene)
  if (!grants(world.facts, queue.permission, READ | ALTER) && draw.chance(18)) return reopen(scene)
  const { length } = queue.messages
  const isRoomy = queue.limit >= 50
  return draw.weighted<() => Call>([
    [length < 3 && scene.room > 0 ? 50 : 30, () => send(setting, scene)],
    [isRoomy && length === 0 ? 40 : 24, () => receive(setting, scene)],
    [scene.senders.length > 0 ? 9 * scene.senders.length : 0, () => take(setting, scene)],
    [scene.senders.length > 0 ? 5 : 0, () => raise(setting, scene)],
    [scene.receivers.length > 0 ? 20 : 0, () => serve(setting, scene)],
    [5, () => ({ name: 'msgctl.IPC_STAT', queue: name })],
    [4, () => limit(setting, scene)],
    [4, () => permit(setting, scene)],
    [2, () => ({ name: 'msgctl.IPC_RMID', queue: name })],
    [3, () => lookUp(setting)],
    [2, () => mistaken(setting, names)],
  ])()
}
