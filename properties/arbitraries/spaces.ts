import { isCapable } from '../../model/identity.ts'
import { attachmentsOf } from '../../model/shared-memory/places.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import {
  CAP_SYS_ADMIN,
  CLONE_NEWIPC,
  IPC_CREAT,
  IPC_NOWAIT,
  SEM_UNDO,
  systemLimits,
} from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import { identityOf, type World } from '../../model/world.ts'
import type { Setting } from './setting.ts'

/** Whether actors can leave for other namespaces: where the probe has one of its own, and they can be privileged. */
export const hasRoomForSpaces = ({ facts }: World): boolean => facts.alone && facts.identities !== 'none'

/**
 * An actor leaves its IPC namespace, and looks for what is in the old one; others look at what it has made. Or a process in
 * another pid namespace looks at a semaphore.
 */
export function excursion(setting: Setting, family: Family): readonly Step[] {
  const { draw, able, world } = setting
  const actor = draw.pick(able)
  const other = able.find((name) => name !== actor) ?? actor
  const by = (who: string, ...calls: readonly Call[]): readonly Step[] =>
    calls.map((call) => ({ actor: who, call }))
  const [get, look] = pair(family)
  const [here, there] = [setting.fresh(letterOf(family)), setting.fresh(letterOf(family))]
  if (Object.keys(attachmentsOf(world, actor)).length > 0) return []
  const admin = isCapable(identityOf(world, actor), CAP_SYS_ADMIN) || draw.chance(6) ? [] : by(actor, capable)
  const leave = by(actor, { name: 'unshare', flags: CLONE_NEWIPC })
  const key = 1 + draw.int(3)
  const made = by(actor, get(key, here))
  if (family === 'semaphores' && draw.chance(40))
    return [
      ...admin,
      ...made,
      ...by(actor, { name: 'inside', set: here, semnum: 0 }, look(here)),
      ...by(other, look(here)),
    ]
  const undone: readonly Step[] =
    family === 'semaphores' && draw.chance(60)
      ? by(actor, {
          name: 'semop',
          set: here,
          operations: [{ sem: 0, change: 1, flags: SEM_UNDO | IPC_NOWAIT }],
        })
      : []
  const limits = world.facts.changesLimits && draw.chance(50)
  return [
    ...[...admin, ...made, ...undone, ...leave],
    ...(draw.chance(50) ? by(actor, look(here)) : []),
    ...by(actor, get(key, there), look(there)),
    ...by(other, look(here)),
    ...(limits
      ? [...by(actor, lowered(draw.int(10))), ...by(other, get('private', setting.fresh(letterOf(family))))]
      : []),
    ...(limits ? by(actor, get('private', setting.fresh(letterOf(family)))) : []),
  ]
}

const capable: Call = {
  ...{ name: 'become', uid: 'own', gid: 'own', groups: [] },
  ...{ capabilities: CAP_SYS_ADMIN, ruid: -1, fsgid: -1 },
}

/** A limit that leaves room for the one object that is there. */
const lowered = (number: number): Call => ({
  name: 'setlimit',
  limit: Object.values(systemLimits.of)[number] ?? 0,
  value: 1,
})

const letterOf = (family: Family): string =>
  family === 'messages' ? 'Q' : family === 'shared-memory' ? 'M' : 'S'

type Get = (key: number | 'private', as: string) => Call

function pair(family: Family): readonly [get: Get, look: (name: string) => Call] {
  const flags = IPC_CREAT | 0o600
  switch (family) {
    case 'messages':
      return [
        (key, as) => ({ name: 'msgget', key, flags, as }),
        (queue) => ({ name: 'msgctl.IPC_STAT', queue }),
      ]
    case 'shared-memory':
      return [
        (key, as) => ({ name: 'shmget', key, size: 1, flags, as }),
        (segment) => ({ name: 'shmctl.IPC_STAT', segment }),
      ]
    default:
      return [
        (key, as) => ({ name: 'semget', key, nsems: 1, flags, as }),
        (set) => ({ name: 'semctl.GETVAL', set, semnum: 0 }),
      ]
  }
}
