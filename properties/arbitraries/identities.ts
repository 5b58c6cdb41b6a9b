import type { Call, CallOf } from '../../model/vocabulary/forms.ts'
import { CAP_IPC_LOCK, CAP_IPC_OWNER, CAP_KILL, CAP_SYS_ADMIN } from '../../model/vocabulary/names.ts'
import { rootActors, type Step } from '../../model/vocabulary/scenario.ts'
import { identityOf, type World } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import type { Setting } from './setting.ts'

/** Whether actors can become somebody else there. */
export const hasStrangers = ({ facts }: World): boolean => facts.identities !== 'none'

/** Actors that become somebody else: the others keep to themselves. */
export function strangers(setting: Setting): readonly Step[] {
  const { draw, able } = setting
  const first = draw.int(able.length)
  const count = 1 + draw.int(Math.min(able.length, 3))
  return Array.from({ length: count }, (_, at) => ({
    actor: able[(first + at) % able.length] as string,
    call: someone(setting),
  }))
}

/** An actor becomes somebody else. What exec leaves of its privileges may not be enough for that. */
export function change(setting: Setting): Step | undefined {
  const { draw, able, world } = setting
  const actor = draw.pick(able)
  return isChangeable(world, actor) ? { actor, call: someone(setting) } : undefined
}

/** Not where it or its maker may have run exec. */
function isChangeable(world: World, name: string): boolean {
  return rootActors.some((root) => root === name) && world.processes[name]?.lifecycle.execed === false
}

/** Somebody among few users and groups, so that they meet. */
function someone({ draw, world }: Setting): CallOf<'become'> {
  const { facts } = world
  const capabilities = draw.chance(70)
    ? 0
    : draw.pick([CAP_IPC_OWNER, CAP_SYS_ADMIN, CAP_IPC_OWNER | CAP_SYS_ADMIN, CAP_IPC_LOCK, CAP_KILL])
  if (facts.identities !== 'all' && facts.identities !== 'users')
    return { name: 'become', uid: 'own', gid: 'own', groups: [], capabilities, ruid: -1, fsgid: -1 }
  return {
    name: 'become',
    uid: aUser(draw, facts.uid),
    gid: aUser(draw, facts.gid),
    groups: draw.chance(65) ? [] : draw.chance(80) ? [aGroup(draw, facts.gid)] : [facts.gid, facts.gid + 1],
    capabilities,
    ruid: draw.chance(85) ? -1 : aUser(draw, facts.uid),
    fsgid: draw.chance(92) ? -1 : aUser(draw, facts.gid),
  }
}

const aUser = (draw: Draw, own: number): 'own' | number => (draw.chance(30) ? 'own' : own + 1 + draw.int(2))
const aGroup = (draw: Draw, own: number): number => own + draw.int(3)

/** The step with another mode or other owners, where there are strangers to notice. */
export function varied({ draw, world }: Setting, step: Step): Step {
  const { facts } = world
  const { call } = step
  if ((call.name === 'semget' || call.name === 'msgget' || call.name === 'shmget') && draw.chance(80))
    return { ...step, call: { ...call, flags: (call.flags & ~0o777) | aMode(draw) } as Call }
  const sets =
    call.name === 'semctl.IPC_SET' || call.name === 'msgctl.IPC_SET' || call.name === 'shmctl.IPC_SET'
  if (!sets || (facts.identities !== 'all' && facts.identities !== 'users') || draw.chance(20)) return step
  return {
    ...step,
    call: {
      ...call,
      uid: draw.chance(60) ? call.uid : aUser(draw, facts.uid),
      gid: draw.chance(60) ? call.gid : aUser(draw, facts.gid),
      mode: draw.chance(30) ? call.mode : aMode(draw),
    },
  }
}

const modes = [
  0o600, 0o660, 0o640, 0o620, 0o666, 0o604, 0o602, 0o606, 0o060, 0o040, 0o006, 0o004, 0o002,
] as const

const aMode = (draw: Draw): number => (draw.chance(70) ? draw.pick(modes) : draw.int(0o1000))

/** An actor that may look at everything, for the end of a scenario. */
export function inspector({ draw, able, world }: Setting): Step | undefined {
  const changeable = able.filter((name) => isChangeable(world, name))
  const actor = changeable[draw.int(changeable.length)]
  if (actor === undefined) return undefined
  const { uid } = identityOf(world, actor)
  return {
    actor,
    call: {
      name: 'become',
      uid: uid === world.facts.uid ? 'own' : uid,
      gid: 'own',
      groups: [],
      capabilities: CAP_IPC_OWNER | CAP_SYS_ADMIN,
      ruid: -1,
      fsgid: -1,
    },
  }
}
