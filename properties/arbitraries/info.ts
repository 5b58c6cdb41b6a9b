import type { Call } from '../../model/vocabulary/forms.ts'
import { IPC_NOWAIT, MSG_COPY, MSG_EXCEPT, MSG_NOERROR } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family, IdArgument } from '../../model/vocabulary/shape.ts'
import { anActor, type Setting } from './setting.ts'

/** A slot that nothing is in. */
const FREE_SLOT = 31_999

/** A question of the program ipcs about the objects of the family, where the namespace has no others. */
export function ask(setting: Setting, family: Family): Step | undefined {
  const { draw, world } = setting
  if (!world.facts.alone) return undefined
  const any = draw.chance(50)
  const given = draw.int(2)
  const call = ((): Call | undefined => {
    switch (family) {
      case 'semaphores': {
        const set = anId(setting, 'S', world.sets)
        if (draw.chance(40)) return { name: any ? 'semctl.IPC_INFO' : 'semctl.SEM_INFO', set: about(setting) }
        return { name: any ? 'semctl.SEM_STAT_ANY' : 'semctl.SEM_STAT', set, given }
      }
      case 'messages': {
        const queue = anId(setting, 'Q', world.queues)
        if (draw.chance(45)) return copy(setting, queue)
        if (draw.chance(40))
          return { name: any ? 'msgctl.IPC_INFO' : 'msgctl.MSG_INFO', queue: about(setting) }
        return { name: any ? 'msgctl.MSG_STAT_ANY' : 'msgctl.MSG_STAT', queue, given }
      }
      case 'shared-memory': {
        const segment = anId(setting, 'M', world.segments)
        if (draw.chance(40))
          return { name: any ? 'shmctl.IPC_INFO' : 'shmctl.SHM_INFO', segment: about(setting) }
        return { name: any ? 'shmctl.SHM_STAT_ANY' : 'shmctl.SHM_STAT', segment, given }
      }
      default:
        return undefined
    }
  })()
  return call === undefined ? undefined : { actor: anActor(setting), call }
}

/** Copies a message, or fails at it. */
function copy({ draw, world }: Setting, queue: IdArgument): Call {
  const messages = world.queues[world.aliases[queue] ?? queue]?.messages ?? []
  const at = draw.int(messages.length + 1)
  const size = messages[at]?.size ?? 1
  return {
    name: 'msgrcv',
    queue,
    size: draw.pick([100, size, Math.max(0, size - 1), 8192, -1]),
    type: draw.chance(85) ? at : draw.pick([-1, messages.length + 1]),
    flags:
      MSG_COPY |
      (draw.chance(92) ? IPC_NOWAIT : 0) |
      (draw.chance(25) ? MSG_NOERROR : 0) |
      (draw.chance(6) ? MSG_EXCEPT : 0),
  }
}

/** What stands for the identifier where none is needed. */
const about = ({ draw }: Setting): IdArgument => (draw.chance(92) ? 0 : -1)

function anId(
  { draw, made, world }: Setting,
  letter: string,
  living: Readonly<Record<string, unknown>>,
): IdArgument {
  const names = Object.keys(living)
  if (names.length > 0 && draw.chance(80)) return draw.pick(names as [string, ...string[]])
  const { recycled } = world.settings
  const gone = made(letter).filter((name) => !recycled && living[world.aliases[name] ?? name] === undefined)
  return draw.chance(60) ? (gone[draw.int(gone.length)] ?? FREE_SLOT) : draw.pick([FREE_SLOT, -1])
}
