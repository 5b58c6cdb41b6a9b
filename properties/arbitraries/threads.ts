import { lifecycleOf } from '../../model/processes/lifecycle.ts'
import { isThreaded, threadsOf } from '../../model/processes/threads.ts'
import { waitingOf } from '../../model/processes/waiting.ts'
import type { Call } from '../../model/vocabulary/forms.ts'
import { CLONE_SYSVSEM, SEM_UNDO, signals, WNOHANG, WNOTHREAD } from '../../model/vocabulary/names.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import { processOf } from '../../model/world.ts'
import type { Draw } from './draw.ts'
import { generators } from './generators.ts'
import { CHILD } from './processes/scene.ts'
import type { Setting } from './setting.ts'

/** The letter of threads, in every family. */
const THREAD = 'T'
/** Threads in a scenario, living or not. */
const THREADS_MAX = 4

/** A process with several threads, for the start of a scenario; mostly one that another one can wait for. */
export function severalThreads(setting: Setting, family: Family): readonly Step[] {
  const { draw, fresh } = setting
  const isChild = draw.chance(75)
  const process = isChild ? fresh(CHILD) : 'A'
  const stage: Stage = { draw, process, child: () => fresh(CHILD), thread: () => fresh(THREAD) }
  const begin: readonly Step[] = isChild ? [fork('A', process)] : []
  return [...begin, ...(family === 'processes' ? plotOfWaits(stage) : plotOfUse(stage, setting, family))]
}

interface Stage {
  readonly draw: Draw
  readonly process: string
  /** Names of a new child and of a new thread. */
  readonly child: () => string
  readonly thread: () => string
}

const fork = (actor: string, as: string): Step => ({ actor, call: { name: 'fork', as } })

const thread = (actor: string, as: string, flags = CLONE_SYSVSEM): Step => ({
  actor,
  call: { name: 'thread', flags, as },
})

const aFlag = (draw: Draw) => (draw.chance(45) ? 0 : CLONE_SYSVSEM)

/** Threads that use an object. */
function plotOfUse(stage: Stage, setting: Setting, family: Family): readonly Step[] {
  const { draw, process, thread: name } = stage
  const first = name()
  const [make, use] = uses(setting, family)
  const users = draw.pick([[first], [first, process], [process], []])
  const more = draw.chance(35) ? [thread(draw.chance(60) ? process : first, name())] : []
  return [
    { actor: 'A', call: make },
    thread(process, first, aFlag(draw)),
    ...users.map((actor) => ({ actor, call: use() })),
    ...more,
  ]
}

/** Makes an object, and uses it in a way that belongs to the process or the thread. */
function uses({ draw, world, fresh }: Setting, family: Family): readonly [make: Call, use: () => Call] {
  switch (family) {
    case 'messages': {
      const queue = fresh('Q')
      return [
        { name: 'msgget', key: 'private', flags: 0o600, as: queue },
        () => ({ name: 'msgrcv', queue, size: 100, type: 0, flags: 0 }),
      ]
    }
    case 'shared-memory': {
      const segment = fresh('M')
      return [
        { name: 'shmget', key: 'private', size: world.facts.pageSize * 2, flags: 0o600, as: segment },
        () => ({ name: 'shmat', segment, address: { base: 'null', offset: 0 }, flags: 0, as: fresh('X') }),
      ]
    }
    default: {
      const set = fresh('S')
      const operation = () => ({ sem: 0, change: 1 + draw.int(3), flags: SEM_UNDO })
      return [
        { name: 'semget', key: 'private', nsems: 2, flags: 0o600, as: set },
        () => ({ name: 'semop', set, operations: [operation()] }),
      ]
    }
  }
}

/** Threads with children, some of them asleep in a wait. */
function plotOfWaits(stage: Stage): readonly Step[] {
  return stage.draw.weighted<(stage: Stage) => readonly Step[]>([
    [5, family],
    [3, ownFirst],
    [3, rivals],
    [2, oneEach],
  ])(stage)
}

function family({ draw, process, child, thread: name }: Stage): readonly Step[] {
  const first = name()
  const steps = [thread(process, first, aFlag(draw))]
  for (let count = 1 + draw.int(3); count > 0; count--)
    steps.push(fork(draw.chance(50) ? process : first, child()))
  if (draw.chance(25)) steps.push({ actor: process, call: { name: 'thread_exit', status: draw.int(9) } })
  return steps
}

/** Children of two threads have ended, and one of the threads waits. */
function ownFirst({ draw, process, child, thread: name }: Stage): readonly Step[] {
  const [first, one, other] = [name(), child(), child()]
  const options = draw.chance(40) ? WNOTHREAD | WNOHANG : draw.pick([0, WNOHANG])
  const exit = (actor: string): Step => ({ actor, call: { name: '_exit', status: draw.int(9) } })
  return [
    thread(process, first),
    fork(process, one),
    fork(first, other),
    ...draw.pick([[exit(one), exit(other)], [exit(other)], [exit(other), exit(one)]]),
    {
      actor: draw.chance(60) ? first : process,
      call: { name: 'waitpid', process: -1, options, location: 0 },
    },
  ]
}

/** Two threads asleep in waits for the same child, or one and one that changes the action of SIGCHLD. */
function rivals({ draw, process, child, thread: name }: Stage): readonly Step[] {
  const [first, awaited] = [name(), child()]
  const wait: Call = { name: 'waitpid', process: draw.chance(60) ? awaited : -1, options: 0, location: 0 }
  const ignore: Call = { name: 'sigaction', signal: signals.SIGCHLD, disposition: 1, flags: 0 }
  return [
    thread(process, first),
    fork(draw.chance(50) ? process : first, awaited),
    { actor: process, call: wait },
    { actor: first, call: draw.chance(60) ? wait : ignore },
    ...(draw.chance(60) ? [{ actor: awaited, call: { name: '_exit', status: 3 } } as const] : []),
  ]
}

/** Two threads asleep in waits for any of two children, which end at once. */
function oneEach({ process, child, thread: name }: Stage): readonly Step[] {
  const [leader, other, first] = [child(), child(), name()]
  const wait: Call = { name: 'waitpid', process: -1, options: 0, location: 0 }
  return [
    fork(process, leader),
    fork(process, other),
    { actor: process, call: { name: 'setpgid', process: leader, group: leader } },
    { actor: process, call: { name: 'setpgid', process: other, group: leader } },
    thread(process, first),
    { actor: process, call: wait },
    { actor: first, call: wait },
    { actor: 'B', call: { name: 'kill', process: `-${leader}`, signal: signals.SIGKILL } },
  ]
}

/** A step by one of several threads, or about one. */
export function threadStep(setting: Setting, family: Family): Step | undefined {
  const { draw, world, able } = setting
  const threads = able.filter((actor) => isThreaded(world, actor))
  const [first, ...others] = threads
  if (first === undefined) return undefined
  if (draw.chance(50)) return generators[family].propose({ ...setting, able: [first, ...others] })
  const actor = threads[draw.int(threads.length)] ?? first
  const call = draw.weighted<() => Call | undefined>([
    [12, () => ({ name: 'thread_exit', status: draw.pick([0, 1, 7, 300]) })],
    [4, () => another(setting)],
    [family === 'processes' ? 10 : 3, () => ({ name: 'fork', as: setting.fresh(CHILD) })],
    [family === 'processes' ? 16 : 2, () => wait(setting, actor)],
    [family === 'processes' ? 4 : 0, () => forChildren(draw)],
    [1, () => ({ name: '_exit', status: draw.int(9) })],
    [2, () => ({ name: 'getppid' })],
  ])()
  if (family === 'processes' && draw.chance(12)) return waitForThread(setting)
  return call === undefined ? undefined : { actor, call }
}

function another({ draw, made, fresh }: Setting): Call | undefined {
  if (made(THREAD).length >= THREADS_MAX) return undefined
  return { name: 'thread', flags: aFlag(draw), as: fresh(THREAD) }
}

function wait({ draw, world }: Setting, actor: string): Call {
  const isOther = threadsOf(world, actor).some((other) => waitingOf(world, other) !== undefined)
  const hang = draw.chance(isOther ? 60 : 35) ? 0 : WNOHANG
  const own = draw.chance(30) ? WNOTHREAD : 0
  return { name: 'waitpid', process: -1, options: hang | own, location: 0 }
}

const forChildren = (draw: Draw): Call => ({
  name: 'sigaction',
  signal: signals.SIGCHLD,
  disposition: draw.pick([0, 1, 1]),
  flags: 0,
})

/** The parent of a process with several threads waits for one that is not the first. */
function waitForThread({ draw, world, able }: Setting): Step | undefined {
  const names = Object.keys(world.threads)
  const process = names[draw.int(names.length)]
  if (process === undefined) return undefined
  const actor = lifecycleOf(world, processOf(world, process))?.parent ?? ''
  if (!able.includes(actor)) return undefined
  return { actor, call: { name: 'waitpid', process, options: WNOHANG, location: 0 } }
}
