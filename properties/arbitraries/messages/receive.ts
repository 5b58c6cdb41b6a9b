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
  const wanted = aSelection(setting, type)
  return {
    name: 'msgrcv',
    queue: name,
    size: aCapacity(setting, some?.size ?? draw.int(6)),
    type: wanted,
    flags: receiveFlags(setting, 30, 25) | (draw.chance(wanted > 0 ? 25 : 4) ? MSG_EXCEPT : 0),
  }
}

const selections = [30, 32, 34, 3, 1]

function aSelection({ draw }: Setting, type: Long): Long {
  return ([0, type, -type, LONG_MIN, -LONG_MAX] as const)[draw.index(selections)] ?? 0
}

const capacities = [40, 18, 12, 10, 5, 3, 2, 1]

function aCapacity({ draw }: Setting, size: number): Long {
  switch (draw.index(capacities)) {
    case 1:
      return size
    case 2:
      return Math.max(0, size - 1)
    case 3:
      return draw.int(8)
    case 4:
      return 0
    case 5:
      return 8192
    case 6:
      return LONG_MAX
    case 7:
      return draw.pick<Long>([-1, LONG_MIN])
    default:
      return 100
  }
}

/** Takes what is there, so that room appears. */
export const take = (setting: Setting, { name }: Scene): Call => ({
  name: 'msgrcv',
  queue: name,
  size: 8192,
  type: setting.draw.chance(75) ? 0 : setting.draw.pick<Long>([LONG_MIN, -aType(setting)]),
  flags: receiveFlags(setting, 60, 50),
})
