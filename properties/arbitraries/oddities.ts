import type { Call } from '../../model/vocabulary/forms.ts'
import { files } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family, IdArgument } from '../../model/vocabulary/shape.ts'
import { anActor, type Setting } from './setting.ts'

/** Something about the objects of the family that is asked or done seldom. */
export function oddity(setting: Setting, family: Family): Step | undefined {
  const { draw } = setting
  const call = draw.chance(20)
    ? token(setting)
    : family === 'shared-memory' && draw.chance(50)
      ? forcing(setting)
      : listing(setting, family)
  return call === undefined ? undefined : { actor: anActor(setting), call }
}

function token({ draw }: Setting): Call {
  const file = draw.int(Object.keys(files.of).length)
  return { name: 'ftok', file, project: draw.pick([1, 2, 0x7a, 0x17a, 0x80, 0, 0x100, -1, draw.int(0x1000)]) }
}

/** Segments end with their creator and their last attachment, or no longer do. */
const forcing = ({ draw, world }: Setting): Call | undefined =>
  world.facts.changesLimits
    ? { name: 'setforced', on: Number(!world.settings.forced || draw.chance(20)) }
    : undefined

/** Looks an object up in /proc/sysvipc. */
function listing(setting: Setting, family: Family): Call | undefined {
  const { world } = setting
  switch (family) {
    case 'semaphores':
      return { name: 'sysvipc.sem', object: anObject(setting, 'S', world.sets) }
    case 'messages':
      return { name: 'sysvipc.msg', object: anObject(setting, 'Q', world.queues) }
    case 'shared-memory':
      return { name: 'sysvipc.shm', object: anObject(setting, 'M', world.segments) }
    default:
      return undefined
  }
}

/** One that lives, or seldom one that did. */
function anObject(
  { draw, made }: Setting,
  letter: string,
  living: Readonly<Record<string, unknown>>,
): IdArgument {
  const names = draw.chance(85) ? Object.keys(living) : made(letter)
  return names[draw.int(names.length)] ?? -1
}
