import type { SystemLimits } from '../../model/limits.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import {
  IPC_CREAT,
  RLIMIT_AS,
  RLIMIT_MEMLOCK,
  RLIMIT_NPROC,
  systemLimits,
} from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family, KeyArgument, Long } from '../../model/vocabulary/shape.ts'
import { identityOf, type World } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import type { Setting } from './setting.ts'

/** Whether something that the family reaches can be limited there. */
export const hasLimits = ({ facts }: World, family: Family): boolean =>
  family === 'processes' ? facts.identities === 'all' : facts.changesLimits

/** Lowers limits, for the start of a scenario, so that they are reached. */
export function lowered(setting: Setting, family: Family): readonly Step[] {
  if (family === 'processes') return fewProcesses(setting)
  const count = setting.draw.chance(65) ? 1 : 2
  return Array.from({ length: count }, () => change(setting, family))
}

/** Changes a limit again, or asks for one more object than there are. */
export function pressed(setting: Setting, family: Family): Step | undefined {
  const { draw, able } = setting
  if (family === 'processes') return undefined
  if (draw.chance(30)) return change(setting, family)
  const call = oneMore(setting, family)
  return call === undefined ? undefined : { actor: draw.pick(able), call }
}

function change(setting: Setting, family: Family): Step {
  const { draw, able, world, withProcesses } = setting
  if (family === 'shared-memory' && draw.chance(25)) {
    const resource = withProcesses || draw.chance(50) ? RLIMIT_MEMLOCK : RLIMIT_AS
    return { actor: draw.pick(able), call: { name: 'setrlimit', resource, value: 0 } }
  }
  const [limit, value] = draw.pick(ideas[family] ?? ideas.semaphores)
  const owners = able.filter((name) => identityOf(world, name).uid === world.facts.uid)
  const actor = draw.chance(15) ? draw.pick(able) : (owners[draw.int(owners.length)] ?? draw.pick(able))
  return { actor, call: { name: 'setlimit', limit: systemLimits.of[limit] ?? 0, value: value(draw, world) } }
}

type Idea = readonly [limit: keyof SystemLimits, value: (draw: Draw, world: World) => Long]
type Ideas = readonly [Idea, ...Idea[]]

const upTo =
  (most: number) =>
  (draw: Draw): number =>
    draw.chance(8) ? 0 : 1 + draw.int(most)

const outOfRange = (draw: Draw): number => draw.pick([-1, 2 ** 31 - 1, -(2 ** 31)])
const negative = (draw: Draw): number => draw.pick([-1, -(2 ** 31)])

const usual =
  (limit: keyof SystemLimits) =>
  (_: Draw, { facts }: World): Long =>
    facts.limits[limit]

const pages =
  (most: number) =>
  (draw: Draw, { facts }: World): number =>
    facts.pageSize * (1 + draw.int(most)) - draw.int(2)

const ideas: Readonly<Record<'semaphores' | 'messages' | 'shared-memory', Ideas>> &
  Partial<Record<Family, Ideas>> = {
  semaphores: [
    ['semmni', upTo(3)],
    ['semmni', upTo(2)],
    ['semmni', outOfRange],
    ['semmni', usual('semmni')],
    ['semmns', upTo(8)],
    ['semmns', upTo(4)],
    ['semmsl', upTo(4)],
    ['semopm', upTo(4)],
  ],
  messages: [
    ['msgmni', upTo(3)],
    ['msgmni', upTo(2)],
    ['msgmni', outOfRange],
    ['msgmni', usual('msgmni')],
    ['msgmax', upTo(150)],
    ['msgmax', negative],
    ['msgmnb', upTo(300)],
    ['msgmnb', upTo(30)],
    ['msgmnb', usual('msgmnb')],
  ],
  'shared-memory': [
    ['shmmni', upTo(3)],
    ['shmmni', upTo(2)],
    ['shmmni', usual('shmmni')],
    ['shmall', upTo(6)],
    ['shmall', upTo(3)],
    ['shmmax', pages(3)],
  ],
}

function oneMore({ draw, world, fresh }: Setting, family: Family): Call | undefined {
  const key: KeyArgument = draw.chance(40) ? 'private' : 1 + draw.int(3)
  const flags = draw.chance(20) ? draw.pick([0, 0o600]) : IPC_CREAT | 0o600
  switch (family) {
    case 'semaphores':
      return { name: 'semget', key, nsems: draw.chance(12) ? 0 : 1 + draw.int(5), flags, as: fresh('S') }
    case 'messages':
      return { name: 'msgget', key, flags, as: fresh('Q') }
    case 'shared-memory': {
      const { pageSize } = world.facts
      const size = draw.pick([0, 1, pageSize, pageSize, pageSize + 1, 3 * pageSize])
      return { name: 'shmget', key, size, flags, as: fresh('M') }
    }
    default:
      return undefined
  }
}

/** A user whom nobody else is, and who may have few processes. */
function fewProcesses({ draw, able, world: { facts } }: Setting): readonly Step[] {
  const uid = facts.uid + 5000 + draw.int(50_000)
  const value = 1 + draw.int(4)
  const count = draw.chance(70) ? 1 : 2
  return able.slice(0, count).flatMap((actor): readonly Step[] => [
    {
      actor,
      call: { name: 'become', uid, gid: 'own', groups: [], capabilities: 0, ruid: -1, fsgid: -1 },
    },
    { actor, call: { name: 'setrlimit', resource: RLIMIT_NPROC, value } },
  ])
}
