import type { Call } from '../../../model/vocabulary/forms.ts'
import { LONG_MAX, LONG_MIN, MSG_EXCEPT } from '../../../model/vocabulary/names.ts'
import type { Long } from '../../../model/vocabulary/shape.ts'
import type { Setting } from '../setting.ts'
import type { Scene } from './scene.ts'
import { aType, receiveFlags } from './send.ts'

/** Selections among what is queued or what nobody sent, with buffers that are large enough or just not. */
export function receive(setting: Setting, { name, queue: { messages } }: Scene): Call {
  const { draw } = setting
  const some = messages[draw.int(messages.length)]
  const type = some === undefined || draw.chance(30) ? aType(setting) : some.type
  const size = some?.size ?? draw.int(6)
  const wanted = draw.weighted<Long>([
    [30, 0],
    [32, type],
    [34, -type],
    [3, LONG_MIN],
    [1, -LONG_MAX],
  ])
  return {
    name: 'msgrcv',
    queue: name,
    size: draw.weighted<Long>([
      [40, 100],
      [18, size],
      [12, Math.max(0, size - 1)],
      [10, draw.int(8)],
      [5, 0],
      [3, 8192],
      [2, LONG_MAX],
      [1, draw.pick<Long>([-1, LONG_MIN])],
    ]),
    type: wanted,
    flags: receiveFlags(setting, 30, 25) | (draw.chance(wanted > 0 ? 25 : 4) ? MSG_EXCEPT : 0),
  }
}

/** Takes what is there, so that room appears. */
export const take = (setting: Setting, { name }: Scene): Call => ({
  name: 'msgrcv',
  queue: name,
  size: 8192,
  type: setting.draw.weighted<Long>([
    [6, 0],
    [1, LONG_MIN],
    [1, -aType(setting)],
  ]),
  flags: receiveFlags(setting, 60, 50),
})
