import { isCapable } from '../../model/identity.ts'
import { isPredictable } from '../../model/shared-memory/predictable.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import { CAP_SYS_ADMIN, files } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family, IdArgument } from '../../model/vocabulary/shape.ts'
import { identityOf } from '../../model/world.ts'
import { anActor, type Setting } from './setting.ts'

/** Something about the objects of the family that is asked or done seldom. */
export function oddity(setting: Setting, family: Family): Step | undefined {
  const { draw } = setting
  if (draw.chance(15)) return wish(setting, family)
  const call = draw.weighted<() => Call | undefined>([
    [2, () => token(setting)],
    [4, () => listing(setting, family)],
    [1, () => program(setting, family)],
    [3, () => turn(setting, family)],
    [family === 'shared-memory' ? 3 : 0, () => forcing(setting)],
    [family === 'shared-memory' ? 2 : 0, () => crowd(setting)],
  ])()
  if (call === undefined) return undefined
  const actor = anActor(setting)
  return isPredictable(setting.world, actor, call) ? { actor, call } : undefined
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

/** Some segment is attached many times, mostly not so many that it takes long. */
const crowd = (setting: Setting): Call => {
  const { draw, world } = setting
  return {
    name: 'many_shmat',
    segment: anObject(setting, 'M', world.segments),
    times: draw.pick([2, 2, 3, 10, 20, 130]),
  }
}

/** Two objects that get the same slot, one after the other, because it is wished for: for the start of a scenario. */
export function successors({ draw, world, able, fresh }: Setting, family: Family): readonly Step[] {
  const kind = kindOf(family)
  const { facts } = world
  if (kind < 0 || !facts.changesLimits || facts.identities === 'none') return []
  const actor = draw.pick(able)
  const by = (call: Call): Step => ({ actor, call })
  const wishFor = (id: number) => by({ name: 'setnextid', kind, id })
  const [get, remove, look] = trio(family)
  const [first, second] = [fresh(letters[kind] ?? 'S'), fresh(letters[kind] ?? 'S')]
  const slot = draw.int(60)
  return [
    by({
      name: 'become',
      uid: 'own',
      gid: 'own',
      groups: [],
      capabilities: CAP_SYS_ADMIN,
      ruid: -1,
      fsgid: -1,
    }),
    ...[wishFor(SEQUENCE + slot), by(get(first)), by(remove(first))],
    ...[wishFor(2 * SEQUENCE + slot), by(get(second)), by(look(first))],
  ]
}

/** What an identifier grows by when its slot is given away again. */
const SEQUENCE = 2 ** 15
const letters = ['S', 'Q', 'M']

type About = (name: string) => Call

function trio(family: Family): readonly [get: About, remove: About, look: About] {
  switch (family) {
    case 'semaphores':
      return [
        (as) => ({ name: 'semget', key: 'private', nsems: 1, flags: 0o600, as }),
        (set) => ({ name: 'semctl.IPC_RMID', set, semnum: 0 }),
        (set) => ({ name: 'semctl.IPC_STAT', set, semnum: 0 }),
      ]
    case 'messages':
      return [
        (as) => ({ name: 'msgget', key: 'private', flags: 0o600, as }),
        (queue) => ({ name: 'msgctl.IPC_RMID', queue }),
        (queue) => ({ name: 'msgctl.IPC_STAT', queue }),
      ]
    default:
      return [
        (as) => ({ name: 'shmget', key: 'private', size: 100, flags: 0o600, as }),
        (segment) => ({ name: 'shmctl.IPC_RMID', segment }),
        (segment) => ({ name: 'shmctl.IPC_STAT', segment }),
      ]
  }
}

const kindOf = (family: Family): number => ['semaphores', 'messages', 'shared-memory'].indexOf(family)

/** Objects come and go until their slots come round again, or nearly. */
function turn({ draw, world }: Setting, family: Family): Call | undefined {
  const kind = kindOf(family)
  if (kind < 0 || world.limits !== world.facts.limits) return undefined
  return { name: 'churn', kind, times: draw.pick([1, 2, 5, 63, 64, 65]) }
}

/** An identifier is wished for by who may, or asked for. */
function wish({ draw, world, able }: Setting, family: Family): Step | undefined {
  const kind = kindOf(family)
  if (kind < 0 || !world.facts.changesLimits) return undefined
  const capable = able.filter((name) => isCapable(identityOf(world, name), CAP_SYS_ADMIN))
  const actor = capable[0] ?? draw.pick(able)
  if (draw.chance(20)) return { actor, call: { name: 'getnextid', kind } }
  const id = draw.pick([7, 65543, 98311, 40, 32767, draw.int(100), -1])
  return { actor, call: { name: 'setnextid', kind, id } }
}

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

/** Looks an object up by ipcs, or removes it by ipcrm. */
function program(setting: Setting, family: Family): Call | undefined {
  const { draw, world } = setting
  if (!world.facts.programs || !world.facts.alone) return undefined
  const key = draw.chance(70) ? 'private' : 1 + draw.int(3)
  const removes = draw.chance(40)
  switch (family) {
    case 'semaphores': {
      const object = anObject(setting, 'S', world.sets)
      return removes ? { name: 'ipcrm.sem', object, key } : { name: 'ipcs.sem', object }
    }
    case 'messages': {
      const object = anObject(setting, 'Q', world.queues)
      return removes ? { name: 'ipcrm.msg', object, key } : { name: 'ipcs.msg', object }
    }
    case 'shared-memory': {
      const object = anObject(setting, 'M', world.segments)
      return removes ? { name: 'ipcrm.shm', object, key } : { name: 'ipcs.shm', object }
    }
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
