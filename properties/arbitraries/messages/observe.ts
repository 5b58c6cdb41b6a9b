import { grants, READ } from '../../../model/common/access.ts'
import type { Call } from '../../../model/vocabulary/forms.ts'
import { IPC_NOWAIT, LONG_MIN, MSG_NOERROR } from '../../../model/vocabulary/names.ts'
import type { Step } from '../../../model/vocabulary/scenario.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import { identityOf } from '../../../model/world.ts'
import { anActor, type Setting } from '../setting.ts'
import { reopen, widen } from './queues.ts'
import { type Scene, sceneOf } from './scene.ts'
import { serve } from './send.ts'

/** Messages that are taken from one queue at the end, at most. */
const TAKEN_MAX = 12

/**
 * Looks at each queue, takes all that is on it, so that order, types and bodies are seen, and looks again; then shows
 * who still sleeps by serving receivers, letting senders go on, or removing the queue.
 */
export function observe(setting: Setting): readonly Step[] {
  const { draw, world } = setting
  const actor = anActor(setting)
  const alone: Setting = { ...setting, able: [actor] }
  return Object.keys(world.queues).flatMap((name) => {
    const queue = world.queues[name]
    if (queue === undefined) return []
    const scene = sceneOf(world, name, queue)
    const stat: Call = { name: 'msgctl.IPC_STAT', queue: name }
    const calls: Call[] = [stat]
    if (!grants(identityOf(world, actor), queue.permission, READ)) calls.push(reopen(scene), stat)
    const served = scene.receivers.length > 0 && draw.chance(60)
    if (served && draw.chance(50)) calls.push(...scene.receivers.map(() => serve(alone, scene)))
    calls.push(...drain(setting, scene))
    if (queue.messages.length > 0 || scene.senders.length > 0) calls.push(stat)
    if (scene.senders.length > 0 && draw.chance(50))
      calls.push(widen(setting, scene), ...drain(setting, { ...scene, queue: { ...queue, messages: [] } }))
    if (served) calls.push(...scene.receivers.map(() => serve(alone, scene)))
    if (draw.chance(25)) calls.push({ name: 'msgctl.IPC_RMID', queue: name })
    else if (served) calls.push(stat)
    return calls.map((call) => ({ actor, call }))
  })
}

/** Receives until there is nothing left: first by a random selection, then in the order of the queue. */
function drain({ draw }: Setting, { name, queue, senders }: Scene): readonly Call[] {
  const count = Math.min(queue.messages.length + senders.length, TAKEN_MAX) + 1
  const take = (type: Long): Call => ({
    name: 'msgrcv',
    queue: name,
    size: 10_000,
    type,
    flags: IPC_NOWAIT | MSG_NOERROR,
  })
  const selected = draw.chance(50) ? draw.int(count) : 0
  const calls: Call[] = []
  for (let at = 0; at < count; at++)
    calls.push(take(at < selected ? draw.pick<Long>([LONG_MIN, -3, -2, 2, 1]) : 0))
  return calls
}
