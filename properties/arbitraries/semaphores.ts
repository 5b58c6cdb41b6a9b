import { undoOf } from '../../model/semaphores/shared-undo.ts'
import type { SemaphoreSet } from '../../model/semaphores/state.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import {
  CLONE_SYSVSEM,
  IPC_CREAT,
  IPC_EXCL,
  IPC_NOWAIT,
  LONG_MAX,
  SEM_UNDO,
  signals,
} from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { IdArgument, Operation, TimeoutArgument } from '../../model/vocabulary/shape.ts'
import { badSemaphoreCall } from './bad.ts'
import { aKey } from './keys.ts'
import { anActor, type FamilyGenerator, type Setting } from './setting.ts'

const { SIGKILL, SIGTERM } = signals

/** Generates calls on semaphores, aware of values and sleepers. */
export const semaphores: FamilyGenerator = { propose, observe }

function propose(setting: Setting): Step | undefined {
  const { draw, world } = setting
  const actor = anActor(setting)
  const names = Object.keys(world.sets)
  if (names.length === 0 || (names.length < 3 && draw.chance(4))) return { actor, call: create(setting) }
  const name = names[draw.int(names.length)] ?? ''
  const set = world.sets[name]
  if (set === undefined) return undefined
  const holder = setting.withProcesses && draw.chance(20) ? aHolder(setting, name) : undefined
  if (holder !== undefined) return endOf(setting, actor, holder)
  return { actor, call: callOn(setting, actor, name, set) }
}

/** A process that will undo something on the set when it ends. */
function aHolder({ draw, world }: Setting, set: string): string | undefined {
  const holders = Object.keys(world.processes).filter((name) => undoOf(world, name)?.[set] !== undefined)
  return holders[draw.int(holders.length)]
}

const endings = [5, 3, 2, 2, 2, 2]

/** The end of a process, or what is no end although the process seems to be another one. */
function endOf({ draw, fresh }: Setting, actor: string, holder: string): Step {
  switch (draw.index(endings)) {
    case 1:
      return { actor: holder, call: { name: '_exit', status: 0 } }
    case 2:
      return { actor: holder, call: { name: 'exec', image: 0 } }
    case 3:
      return { actor: holder, call: { name: 'fork', as: fresh('E') } }
    case 4:
      return {
        actor: holder,
        call: { name: 'clone', flags: CLONE_SYSVSEM, exitSignal: signals.SIGCHLD, as: fresh('E') },
      }
    case 5:
      return { actor: holder, call: { name: 'unshare', flags: CLONE_SYSVSEM } }
    default:
      return { actor, call: { name: 'kill', process: holder, signal: draw.pick([SIGKILL, SIGTERM]) } }
  }
}

const calls = [60, 10, 7, 3, 2, 2, 2, 2]

function callOn(setting: Setting, actor: string, name: string, set: SemaphoreSet): Call {
  switch (setting.draw.index(calls)) {
    case 1:
      return look(setting, name, set)
    case 2:
      return setValue(setting, name, set)
    case 3:
      return setAll(setting, name, set)
    case 4:
      return change(setting, name)
    case 5:
      return { name: 'semctl.IPC_RMID', set: name, semnum: setting.draw.chance(10) ? 99 : 0 }
    case 6:
      return lookUp(setting)
    case 7:
      return mistaken(setting, name)
    default:
      return operate(setting, actor, name, set)
  }
}

function create(setting: Setting): Call {
  const { draw, fresh } = setting
  const key = draw.chance(25) ? aKey(setting, 2) : ('private' as const)
  const nsems = draw.weighted<number>([
    [30, 1],
    [45, 2],
    [20, 3],
    [3, 1 + draw.int(20)],
    [1, 0],
    [1, draw.pick([-1, 32001])],
  ])
  const flags =
    (key === 'private' && draw.chance(70) ? 0 : IPC_CREAT) |
    (draw.chance(20) ? IPC_EXCL : 0) |
    draw.weighted<number>([
      [85, 0o600],
      [15, draw.pick([0o666, 0o777, 0o400, 0o200, 0, 0o066])],
    ])
  return { name: 'semget', key, nsems, flags, as: fresh('S') }
}

/** A get call for keys that may or may not be in use. */
function lookUp(setting: Setting): Call {
  const { draw, fresh, world } = setting
  const used = Object.values(world.sets).flatMap(({ permission }) => permission.key || [])
  const key = draw.chance(75) && used.length > 0 ? (used[draw.int(used.length)] ?? 1) : aKey(setting, 3)
  const existing = Object.values(world.sets).find(({ permission }) => permission.key === key)
  const size = existing?.semaphores.length ?? 1
  return {
    name: 'semget',
    key,
    nsems: draw.pick([size, 0, size + 1, size - 1, 1, -1]),
    flags:
      draw.pick([0, 0, IPC_CREAT, IPC_EXCL, IPC_CREAT | IPC_EXCL]) |
      draw.pick([0, 0o600, 0o400, 0o200, 0o700, 0o006, 0o060]),
    as: fresh('S'),
  }
}

/** Weights of 0, 1, 2, 3 and more operations. */
const operationCounts = [1, 60, 24, 10, 3]

function operate(setting: Setting, actor: string, name: string, set: SemaphoreSet): Call {
  const { draw } = setting
  const at = draw.index(operationCounts)
  const count = at === 4 ? 4 + draw.int(4) : at
  const operations: Operation[] = []
  const wake = draw.chance(35) ? wakingOperation(setting, set) : undefined
  for (let at = 0; at < count; at++)
    operations.push(at === 0 && wake !== undefined ? wake : operation(setting, actor, name, set))
  if (draw.chance(setting.slow ? 35 : 15))
    return { name: 'semtimedop', set: name, operations, timeout: timeout(setting) }
  if (draw.int(400) === 0 && operations[0] !== undefined)
    return { name: 'semop', set: name, operations: new Array(draw.pick([500, 501])).fill(operations[0]) }
  return { name: 'semop', set: name, operations }
}

function operation(setting: Setting, actor: string, name: string, set: SemaphoreSet): Operation {
  const { draw, world } = setting
  const sem = draw.chance(2) ? set.semaphores.length : draw.int(set.semaphores.length)
  const value = set.semaphores[sem]?.value ?? 0
  const change = aChange(setting, value, undoOf(world, actor)?.[name]?.[sem] ?? 0)
  const flags =
    (draw.chance(25) ? IPC_NOWAIT : 0) |
    (draw.chance(setting.withProcesses ? 50 : 22) ? SEM_UNDO : 0) |
    (draw.int(200) === 0 ? 0x4000 : 0)
  return { sem, change: Math.max(-32768, Math.min(32767, change)), flags }
}

const fixedChanges = [1, -1, 0, 2, -2] as const
const changes = [22, 26, 16, 8, 8, 6, 4, 2, 2, 2, 3]

/** A sem_op for a semaphore with this value, where the caller has this adjustment. */
function aChange({ draw, world }: Setting, value: number, adjustment: number): number {
  const kind = draw.index(changes)
  switch (kind) {
    case 5:
      return 0 - value // no negative zero
    case 6:
      return -value - 1
    case 7:
      return world.facts.semvmx - value
    case 8:
      return world.facts.semvmx - value + 1
    case 9:
      return draw.pick([32767, -32767, -32768, 3, -3])
    case 10:
      return adjustment === 0 ? 5 : -adjustment
    default:
      return fixedChanges[kind] ?? 1
  }
}

/** An operation that takes the obstacle of some sleeper away. */
function wakingOperation({ draw, world }: Setting, set: SemaphoreSet): Operation | undefined {
  const sleeper = set.sleepers[draw.int(set.sleepers.length)]
  const activity = sleeper === undefined ? undefined : world.processes[sleeper]?.activity
  if (activity?.is !== 'asleep' || activity.on.in !== 'semaphores') return undefined
  const obstacle = activity.on.operations[activity.on.blocking]
  if (obstacle === undefined) return undefined
  const value = set.semaphores[obstacle.sem]?.value ?? 0
  const change = obstacle.change === 0 ? 0 - value : -obstacle.change - value + draw.pick([0, 0, 0, 1, -1])
  if (change < -32768 || change > 32767) return undefined
  return { sem: obstacle.sem, change, flags: draw.chance(15) ? SEM_UNDO : 0 }
}

function timeout({ draw, slow }: Setting): TimeoutArgument {
  if (slow && draw.chance(60)) return { seconds: 0, nanoseconds: (20 + draw.int(40)) * 1_000_000 }
  return draw.weighted<TimeoutArgument>([
    [8, 'none'],
    [8, { seconds: 0, nanoseconds: 0 }],
    [3, { seconds: LONG_MAX, nanoseconds: 0 }],
    [3, { seconds: 2000, nanoseconds: 999_999_999 }],
    [1, { seconds: -1, nanoseconds: 0 }],
    [1, { seconds: 0, nanoseconds: 1_000_000_000 }],
    [1, { seconds: 0, nanoseconds: -1 }],
  ])
}

function look({ draw }: Setting, set: string, { semaphores: { length } }: SemaphoreSet): Call {
  const semnum = draw.chance(3) ? draw.pick([-1, length]) : draw.int(length)
  const name = looks[draw.int(looks.length)] ?? 'semctl.GETVAL'
  const ofOne = name !== 'semctl.GETALL' && name !== 'semctl.IPC_STAT'
  return { name, set, semnum: ofOne ? semnum : draw.chance(10) ? 99 : 0 }
}

const looks = [
  'semctl.GETVAL',
  'semctl.GETVAL',
  'semctl.GETPID',
  'semctl.GETNCNT',
  'semctl.GETZCNT',
  'semctl.GETALL',
  'semctl.IPC_STAT',
] as const

function setValue({ draw }: Setting, set: string, { semaphores: all }: SemaphoreSet): Call {
  const semnum = draw.chance(3) ? draw.pick([-1, all.length]) : draw.int(all.length)
  const value = draw.weighted<number>([
    [30, draw.int(4)],
    [6, all[semnum]?.value ?? 0],
    [4, draw.pick([32767, 32766, 32760])],
    [2, draw.pick([-1, 32768, 65536, -65535])],
  ])
  return { name: 'semctl.SETVAL', set, semnum, value }
}

function setAll({ draw }: Setting, set: string, { semaphores: all }: SemaphoreSet): Call {
  const bad = draw.chance(8) ? draw.int(all.length) : -1
  const values = all.map((_, sem) => (sem === bad ? draw.pick([32768, 65535]) : draw.int(4)))
  return { name: 'semctl.SETALL', set, values, semnum: draw.chance(10) ? 99 : 0 }
}

function change({ draw, world }: Setting, set: string): Call {
  const other = world.facts.uid + 1
  return {
    name: 'semctl.IPC_SET',
    set,
    uid: draw.weighted<'own' | number>([
      [80, 'own'],
      [12, world.facts.mapsOthers ? other : 'own'],
      [4, -1],
    ]),
    gid: draw.weighted<'own' | number>([
      [90, 'own'],
      [4, world.facts.mapsOthers ? world.facts.gid + 1 : 'own'],
      [3, -1],
    ]),
    mode: draw.pick([0o600, 0o600, 0o666, 0, 0o400, 0o200, 0o066, 0o177777]),
  }
}

/** Calls on what is no set, commands that do not exist. */
function mistaken(setting: Setting, name: string): Call {
  const { draw, made } = setting
  const set: IdArgument = draw.pick([-1, -2147483648, 2147483647, ...made('S'), name])
  if (draw.chance(35)) return badSemaphoreCall(setting, draw.chance(50) ? name : set)
  const semnum = 0
  return draw.pick<Call>([
    { name: 'semctl.other', set, command: draw.pick([999, -1, 4711]) },
    { name: 'semctl.GETVAL', set, semnum },
    { name: 'semctl.IPC_STAT', set, semnum },
    { name: 'semctl.IPC_RMID', set, semnum: 0 },
    { name: 'semctl.SETVAL', set, semnum, value: draw.pick([1, -1]) },
    { name: 'semctl.SETALL', set: draw.pick([-1, 2147483647]), values: [1], semnum: 0 },
    { name: 'semctl.GETALL', set, semnum: 0 },
    {
      name: 'semop',
      set,
      operations: [{ sem: draw.pick([0, 70]), change: draw.pick([1, 0, -1]), flags: 0 }],
    },
    { name: 'semop', set, operations: [] },
  ])
}

/** Everything that can be asked about each set. */
function observe(setting: Setting): readonly Step[] {
  const { world } = setting
  const actor = anActor(setting)
  return Object.keys(world.sets).flatMap((set) => {
    const calls: Call[] = [
      { name: 'semctl.GETALL', set, semnum: 0 },
      { name: 'semctl.IPC_STAT', set, semnum: 0 },
    ]
    const all = world.sets[set]
    const count = Math.min(all?.semaphores.length ?? 0, 3)
    for (let semnum = 0; semnum < count; semnum++) {
      calls.push({ name: 'semctl.GETPID', set, semnum })
      if ((all?.sleepers.length ?? 0) > 0)
        calls.push({ name: 'semctl.GETNCNT', set, semnum }, { name: 'semctl.GETZCNT', set, semnum })
    }
    return calls.map((call) => ({ actor, call }))
  })
}
