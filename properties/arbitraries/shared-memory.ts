import { isHuge } from '../../model/shared-memory/huge.ts'
import { lockedBytes } from '../../model/shared-memory/locking.ts'
import { isPredictable } from '../../model/shared-memory/predictable.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import { SHM_REMAP, SHM_RND, signals } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { IdArgument } from '../../model/vocabulary/shape.ts'
import { badMemoryCall } from './bad.ts'
import { anActor, type FamilyGenerator, type Setting } from './setting.ts'
import { aHolding, type Holding, holdings, isHeld } from './shared-memory/addresses.ts'
import { attach, cover } from './shared-memory/attach.ts'
import { touch } from './shared-memory/bytes.ts'
import { detach } from './shared-memory/detach.ts'
import { remap } from './shared-memory/mappings.ts'
import { observe } from './shared-memory/observe.ts'
import { change, create, lookUp } from './shared-memory/segments.ts'

/** Generates calls on shared memory, aware of what is attached where and of what was written. */
export const sharedMemory: FamilyGenerator = { propose, observe }

function propose(setting: Setting): Step | undefined {
  const step = idea(setting)
  return step !== undefined && isPredictable(setting.world, step.actor, step.call) ? step : undefined
}

function idea(setting: Setting): Step | undefined {
  const { draw, world } = setting
  const names = Object.keys(world.segments)
  if (names.length === 0 || (names.length < 3 && draw.chance(names.length === 1 ? 10 : 4)))
    return by(setting, create(setting))
  const name = names[draw.int(names.length)] ?? ''
  if (isHuge(world.segments[name]) && draw.chance(40)) return aboutHuge(setting, name)
  const held = holdings(setting)
  if (!isHeld(world, name) && draw.chance(45)) return attached(setting, name, held)
  const cut = held.filter(({ attachment }) => attachment.replaced)
  switch (draw.index(setting.withProcesses ? ideasWithProcesses : ideas)) {
    case 1:
      return held.length > 0 ? cover(setting, held) : attached(setting, name, held)
    case 2:
      return touch(setting, held)
    case 3:
      return detach(setting, cut.length > 0 && draw.chance(50) ? cut : held)
    case 4:
      return by(setting, { name: 'shmctl.IPC_STAT', segment: name })
    case 5:
      return by(setting, { name: 'shmctl.IPC_RMID', segment: removable(setting, names) })
    case 6:
      return by(setting, change(setting, name))
    case 7:
      return lock(setting, draw.chance(70) ? name : locked(setting, names))
    case 8:
      return by(setting, { name: 'shmctl.SHM_UNLOCK', segment: locked(setting, names) })
    case 9:
      return by(setting, lookUp(setting))
    case 10:
      return by(setting, mistaken(setting, names))
    case 11:
      return live(setting, held)
    case 12:
      return remap(setting, held)
    default:
      return attached(setting, name, held)
  }
}

const ideas = [16, 9, 34, 15, 8, 6, 4, 3, 3, 6, 3, 0, 14]
const ideasWithProcesses = [16, 9, 34, 15, 8, 12, 4, 3, 3, 6, 3, 20, 14]

const by = (setting: Setting, call: Call): Step => ({ actor: anActor(setting), call })

/** Attaches the segment, rather where somebody has something already. */
function attached(setting: Setting, segment: string, held: readonly Holding[]): Step {
  const { draw } = setting
  const holding = draw.chance(50) ? aHolding(draw, held) : undefined
  const actor = holding?.actor ?? anActor(setting)
  return { actor, call: attach(setting, actor, segment) }
}

/** What a segment of huge pages does otherwise than others: its locks, and where it is attached. */
function aboutHuge(setting: Setting, segment: string): Step {
  const { draw, fresh, world } = setting
  if (draw.chance(40))
    return by(setting, { name: draw.chance(70) ? 'shmctl.SHM_LOCK' : 'shmctl.SHM_UNLOCK', segment })
  const { pageSize, hugePages } = world.facts
  const offset = draw.pick([0, pageSize, hugePages.size, hugePages.size + 3 * pageSize])
  const flags = draw.pick([0, SHM_RND, SHM_RND, SHM_REMAP])
  const creator = world.segments[segment]?.cpid ?? ''
  const actor = setting.able.includes(creator) && draw.chance(60) ? creator : anActor(setting)
  return {
    actor,
    call: { name: 'shmat', segment, address: { base: 'arena', offset }, flags, as: fresh('X') },
  }
}

/** Some segment, rather one that is attached: its removal is the interesting one. */
const removable = ({ draw, world }: Setting, names: readonly string[]): string =>
  names.find((name) => draw.chance(60) && isHeld(world, name)) ?? names[draw.int(names.length)] ?? ''

/** SHM_LOCK; at most one page in slow scenarios, many of which run at once: what a user may lock is limited. */
function lock(setting: Setting, segment: string): Step | undefined {
  const { world, slow } = setting
  const { size = 0, locked = false } = world.segments[segment] ?? {}
  if (slow && !locked && (size > world.facts.pageSize || lockedBytes({ world }) > 0)) return undefined
  return by(setting, { name: 'shmctl.SHM_LOCK', segment })
}

const locked = ({ draw, world }: Setting, names: readonly string[]): string =>
  names.find((name) => world.segments[name]?.locked) ?? names[draw.int(names.length)] ?? ''

/** Calls on what is no segment, commands that do not exist. */
function mistaken(setting: Setting, names: readonly string[]): Call {
  const { draw, fresh, made, world } = setting
  const segment: IdArgument = draw.pick([-1, -2147483648, 2147483647, ...made('M'), ...made('M')])
  const isLiving = (id: IdArgument) => typeof id === 'string' && (world.aliases[id] ?? id) in world.segments
  const address = { base: 'null', offset: 0 }
  if (draw.chance(20)) return badMemoryCall(setting, draw.pick([names[0] ?? -1, segment]))
  return draw.pick<() => Call>([
    () => ({ name: 'shmctl.IPC_STAT', segment }),
    () => ({ name: 'shmctl.IPC_SET', segment, uid: 'own', gid: 'own', mode: 0o600 }),
    () => ({ name: 'shmctl.IPC_RMID', segment }),
    () => ({ name: 'shmctl.SHM_LOCK', segment: isLiving(segment) ? -1 : segment }),
    () => ({ name: 'shmctl.SHM_UNLOCK', segment }),
    () => ({ name: 'shmat', segment, address, flags: 0, as: fresh('X') }),
    () => ({
      name: 'shmctl.other',
      segment: draw.chance(50) ? segment : (names[0] ?? -1),
      command: draw.pick([999, -1, 4711]),
    }),
  ])()
}

/** Processes at one time: the probe has a limited number of seats. */
const PROCESSES_MAX = 8

/** The life of processes, as far as attachments are concerned; rather of those that keep a removed segment alive. */
function live(setting: Setting, held: readonly Holding[]): Step | undefined {
  const { draw, world, able, fresh } = setting
  const last = held.filter(({ attachment }) => world.segments[attachment.segment]?.removal === 'pending')
  const actor = aHolding(draw, last.length > 0 ? last : held)?.actor ?? anActor(setting)
  const canFork = Object.keys(world.processes).length < PROCESSES_MAX
  const mayEnd = able.length > 1
  const call = draw.weighted<() => Call | undefined>([
    [canFork ? 6 : 0, () => ({ name: 'fork', as: fresh('E') })],
    [last.length > 0 ? 6 : 3, () => ({ name: 'exec', image: 0 })],
    [2, () => ({ name: 'exec', image: 1 + draw.int(2) })],
    [mayEnd ? (last.length > 0 ? 6 : 3) : 0, () => ({ name: '_exit', status: draw.int(3) })],
    [mayEnd ? 1 : 0, () => ({ name: 'kill', process: actor, signal: signals.SIGKILL })],
  ])()
  if (call === undefined) return undefined
  return { actor: call.name === 'kill' ? anActor(setting) : actor, call }
}
