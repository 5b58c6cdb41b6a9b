import { changedQueue, type Queue } from '../../model/messages/state.ts'
import { SIGKILL } from '../../model/processes/signals.ts'
import { changedLifecycle, type SignalInfo } from '../../model/processes/state.ts'
import { changedSet, type Semaphore, type SemaphoreSet } from '../../model/semaphores/state.ts'
import { changedSegment, type Segment } from '../../model/shared-memory/state.ts'
import { type Call, formOf } from '../../model/vocabulary/forms.ts'
import { changedWorld, type Process, type World } from '../../model/world.ts'
import { UNSEEN } from '../bindings.ts'
import type { TraceEvent } from '../trace/trace.ts'
import type { TimedCall } from './history.ts'

/** What the calls of a history can see of objects beside their contents. What nobody looks at need not tell worlds apart. */
export interface Sight {
  /** Who was the last to use an object, and when. */
  readonly uses: boolean
  /** How many processes sleep. */
  readonly sleepers: boolean
  /** What becomes of processes that are sent signals, which they meet later. */
  readonly lives: boolean
}

/** Nobody looks at more than contents. */
export const contentsOnly: Sight = { uses: false, sleepers: false, lives: false }

/** What can be seen by the calls of a history. */
export const sightOf = (calls: readonly TimedCall[]): Sight => ({
  uses: calls.some(({ call, seen }) => tellsUses(call, seen)),
  sleepers: calls.some(
    (one) => counting.has(one.call.name) && calls.some((other) => mayBeCounted(one, other)),
  ),
  lives: areAboutLives(calls),
})

/** Signals to who only sleeps on objects and has a handler are simpler: see `Line.isSignalled`. */
const areAboutLives = (calls: readonly TimedCall[]): boolean =>
  calls.some(({ call }) => call.name === 'kill') &&
  calls.some(({ call }) => (call.name === 'kill' ? !handled.has(call.signal) : waits.has(call.name)))

/** SIGUSR1 and SIGUSR2. */
const handled: ReadonlySet<number> = new Set([10, 12])
const waits: ReadonlySet<string> = new Set(['wait', 'waitpid', 'wait4', 'waitid'])

/**
 * Whether it matters to who counts when the other fell asleep: it may have slept then, and come back without anybody having
 * seen it asleep; or it sleeps for an array, which is counted where its latest attempt was stopped.
 */
const mayBeCounted = (counts: TimedCall, { actor, call, begin, end, asleepAt }: TimedCall): boolean => {
  if (actor === counts.actor || counts.end === 'never' || begin > counts.end) return false
  if (end !== 'never' && end < counts.begin) return false
  return asleepAt === undefined || asleepAt >= counts.begin || isArray(call)
}

const isArray = (call: Call): boolean => 'operations' in call && call.operations.length > 1

/** Whether a call that came to this, or to nothing yet, tells who used the object last, or when. */
export function tellsUses(call: Call, seen: TraceEvent | null): boolean {
  if (plain.has(call.name)) return false
  if (seen?.is !== 'returned' || !call.name.endsWith('.IPC_STAT')) return true
  const { out } = seen
  return (
    out !== null &&
    formOf(call.name).outputs.some(({ name }, at) => uses.has(name) && !Object.is(out[at], UNSEEN))
  )
}

const uses: ReadonlySet<string> = new Set([
  ...['lspid', 'lrpid', 'stime', 'rtime', 'otime'],
  ...['lpid', 'atime', 'dtime'],
])

/** Calls that see contents only. */
const plain: ReadonlySet<string> = new Set([
  ...['semget', 'semop', 'semtimedop', 'semctl.GETVAL', 'semctl.GETALL', 'semctl.SETVAL', 'semctl.SETALL'],
  ...['semctl.IPC_RMID', 'semctl.GETNCNT', 'semctl.GETZCNT'],
  ...['msgget', 'msgsnd', 'msgrcv', 'msgctl.IPC_RMID'],
  ...['shmget', 'shmat', 'shmdt', 'shmctl.IPC_RMID'],
  ...['fork', 'thread', '_exit', 'wait', 'waitpid', 'waitid', 'kill', 'sigaction', 'getppid', 'getpgid'],
  'setpgid',
])

const counting: ReadonlySet<string> = new Set(['semctl.GETNCNT', 'semctl.GETZCNT'])

/** The world without what nobody sees; the same one where there is nothing of that. */
export function unseenForgotten(world: World, { uses, lives }: Sight): World {
  if (uses) return world
  const sets = each(world.sets, withoutUses)
  const queues = each(world.queues, withoutQueueUses)
  const segments = each(world.segments, withoutMemoryUses)
  const processes = lives
    ? each(world.processes, (process, name) => unmet(process, name, world))
    : world.processes
  const isSame =
    sets === world.sets &&
    queues === world.queues &&
    segments === world.segments &&
    processes === world.processes
  return isSame ? world : changedWorld(world, { sets, queues, segments, processes })
}

/** The record with its values changed; the same one where they stay the same. */
function each<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T, name: string) => T,
): Readonly<Record<string, T>> {
  let isChanged = false
  for (const name in record) if (change(record[name] as T, name) !== record[name]) isChanged = true
  if (!isChanged) return record
  const changed: Record<string, T> = {}
  for (const name in record) changed[name] = change(record[name] as T, name)
  return changed
}

function withoutUses(set: SemaphoreSet): SemaphoreSet {
  if (set.otime === 0 && set.semaphores.every(({ pid }) => pid === '')) return set
  return changedSet(set, { semaphores: set.semaphores.map(({ value }) => unused(value)), otime: 0 })
}

const unused = (value: number): Semaphore => ({ value, pid: '' })

function withoutQueueUses(queue: Queue): Queue {
  const { lastSender, lastReceiver, stime, rtime } = queue
  if (lastSender === '' && lastReceiver === '' && stime === 0 && rtime === 0) return queue
  return changedQueue(queue, { lastSender: '', lastReceiver: '', stime: 0, rtime: 0 })
}

function withoutMemoryUses(segment: Segment): Segment {
  if (segment.lpid === '' && segment.atime === 0 && segment.dtime === 0) return segment
  return changedSegment(segment, { lpid: '', atime: 0, dtime: 0 })
}

/** Which handlers ran how often, and who sent what is to come, nobody sees without asking for it. */
function withoutCaught(process: Process): Process {
  const { caught, pending } = process.lifecycle
  const isKnown = Object.keys(caught).length > 0
  const kept = each(pending, withoutSenders)
  if (!isKnown && kept === pending) return process
  return { ...process, lifecycle: changedLifecycle(process.lifecycle, { caught: {}, pending: kept }) }
}

/** Nor what it was sent that it does not live to meet: outside any call SIGKILL comes first, and who has begun to end meets nothing. */
function unmet(process: Process, name: string, { undone }: World): Process {
  const seen = withoutCaught(process)
  const { pending } = seen.lifecycle
  const kept = name in undone.dying ? noPending : seen.activity.is === 'idle' ? onlyKill(pending) : pending
  return kept === pending || Object.keys(kept).length === Object.keys(pending).length
    ? seen
    : { ...seen, lifecycle: changedLifecycle(seen.lifecycle, { pending: kept }) }
}

type Pending = Process['lifecycle']['pending']

const noPending: Pending = {}

function onlyKill(pending: Pending): Pending {
  const { [SIGKILL]: kill } = pending
  return kill === undefined ? pending : { [SIGKILL]: kill }
}

const withoutSenders = (infos: readonly SignalInfo[]): readonly SignalInfo[] =>
  infos.every(({ from }) => from !== 'process')
    ? infos
    : infos.map((info) => (info.from === 'process' ? fromKernel : info))

const fromKernel: SignalInfo = { from: 'kernel' }
