import { type Identity, ordinary } from './identity.ts'
import { type ProcessLimits, type SystemLimits, usualProcessLimits } from './limits.ts'
import type { Queue, QueueSleep } from './messages/state.ts'
import type { Permission, Stamp } from './permission.ts'
import type { Lending, Lifecycle, Undone, WaitSleep } from './processes/state.ts'
import { withEntry, without } from './records.ts'
import type { SemaphoreSet, SemaphoreSleep } from './semaphores/state.ts'
import type { Settings } from './settings.ts'
import type { Attachments, Segment } from './shared-memory/state.ts'
import type { Version } from './versions.ts'

export type { Permission, Stamp }

/** Everything the kernel remembers: plain readonly data, each fact stored once. Objects are named by the variable that received them. */
export interface World {
  readonly sets: Readonly<Record<string, SemaphoreSet>>
  readonly queues: Readonly<Record<string, Queue>>
  readonly segments: Readonly<Record<string, Segment>>
  readonly processes: Readonly<Record<string, Process>>
  /** The threads beside the first one of each process, the oldest first; those that have ended are not there. */
  readonly threads: Readonly<Record<string, Thread>>
  /** Variables that received something which already had a name: variable -> name. */
  readonly aliases: Readonly<Record<string, string>>
  /** Variables that a failed call should have given a value: they hold -1. */
  readonly failed: readonly string[]
  /** Keys of removed objects, as `set 1`, `queue 1`: what `get.key-free-after-rmid` is about. */
  readonly freedKeys: readonly string[]
  /** What the system allows now. */
  readonly limits: SystemLimits
  readonly settings: Settings
  /** The IPC namespace that `sets` to `settings` are about; of the others they are in `spaces`. See spaces.ts. */
  readonly space: string
  readonly spaces: Readonly<Record<string, Space>>
  /** The namespaces in which variables got their values, where it was not the first one. */
  readonly madeIn: Readonly<Record<string, string>>
  /** What is still to come of calls that are over; nothing behind a step that went on until all were at rest. */
  readonly undone: Undone
  readonly facts: Facts
}

/** What Linux keeps for each IPC namespace by itself (ipc_namespaces(7)). */
export type Space = Pick<World, 'sets' | 'queues' | 'segments' | 'freedKeys' | 'limits' | 'settings'>

/** What does not change while a scenario runs: who the actors are and what the system allows. */
export interface Facts {
  readonly uid: number
  readonly gid: number
  /** Of Linux, as the kernel tells it. */
  readonly version: Version
  /** Whether user and group ids other than the actors' own exist in their user namespace. */
  readonly mapsOthers: boolean
  /** What actors can become: other users and groups (`all`), these without a group id of their own for files (`users`), only more capable (`capabilities`), nothing (`none`). */
  readonly identities: 'all' | 'users' | 'capabilities' | 'none'
  /** Bytes. */
  readonly pageSize: number
  /** Bytes. */
  readonly shmlba: number
  /** Functions that cannot be called, for the kernel does not have them. */
  readonly missingCalls: readonly string[]
  /** Of a C long, in the programs that make the calls: 8, or 4 for a 32-bit one. */
  readonly longBytes: number
  /** Whether the IPC namespace is the probe's own: what is told about all its objects is about those of the scenario. */
  readonly alone: boolean
  readonly semvmx: number
  /** What the system allows when a scenario starts, and whether actors with their own user id can change it. */
  readonly limits: SystemLimits
  readonly changesLimits: boolean
  /** Whether the programs ipcs and ipcrm are installed. */
  readonly programs: boolean
  /** Whether capable actors can choose the pid of the next process. */
  readonly changesPids: boolean
  readonly hugePages: HugePages
}

/** What the machine has of huge pages, a pool that all namespaces share. */
export interface HugePages {
  /** Bytes, of the default size; 0: nothing is known. */
  readonly size: number
  /** How many of them a segment could get when the run began. */
  readonly available: number
  /** The group that may use them, beside the capable; `nobody` of the actors, whatever their capabilities; or not known. */
  readonly group: number | 'nobody' | 'unknown'
}

/** What belongs to a process, and what to its first thread: what this one does, and the adjustments. */
export interface Process {
  readonly activity: Activity
  /** semadj by set: an entry exists once the process used SEM_UNDO on the set. */
  readonly undo: Undo
  /** Shared memory attachments by the variable that received the address. */
  readonly attachments: Attachments
  readonly lifecycle: Lifecycle
  readonly identity: Identity
  readonly limits: ProcessLimits
}

/** A further thread of a process. */
export interface Thread {
  readonly process: string
  readonly activity: Activity
  /** semadj by set of its own; `shared`: those of its process. */
  readonly undo: Undo | 'shared'
}

export type Undo = Readonly<Record<string, readonly number[]>>

/**
 * `idle`: outside any call. `asleep`: inside a call, waiting. `held`: stopped inside a call and taken off what it
 * waited for; it goes on when continued: `returns` with EINTR, or `restarts` the call. `decided`: whatever handlers run then.
 */
export type Activity =
  | { readonly is: 'idle' }
  | { readonly is: 'asleep'; readonly on: Sleep }
  | {
      readonly is: 'held'
      readonly on: Sleep
      readonly next: 'returns' | 'restarts'
      readonly decided?: true
    }

export type Sleep = SemaphoreSleep | QueueSleep | WaitSleep | Lending

export const idle: Activity = { is: 'idle' }

/** The world with some of its parts changed. */
export const changedWorld = (world: World, change: Partial<World>): World => ({
  sets: change.sets ?? world.sets,
  queues: change.queues ?? world.queues,
  segments: change.segments ?? world.segments,
  processes: change.processes ?? world.processes,
  threads: change.threads ?? world.threads,
  aliases: change.aliases ?? world.aliases,
  failed: change.failed ?? world.failed,
  freedKeys: change.freedKeys ?? world.freedKeys,
  limits: change.limits ?? world.limits,
  settings: change.settings ?? world.settings,
  space: change.space ?? world.space,
  spaces: change.spaces ?? world.spaces,
  madeIn: change.madeIn ?? world.madeIn,
  undone: change.undone ?? world.undone,
  facts: world.facts,
})

/** The world with a semaphore set, new or changed. */
export const withSet = (world: World, name: string, set: SemaphoreSet): World =>
  changedWorld(world, { sets: withEntry(world.sets, name, set) })

/** The world with a queue, new or changed. */
export const withQueue = (world: World, name: string, queue: Queue): World =>
  changedWorld(world, { queues: withEntry(world.queues, name, queue) })

/** The world with a segment, new or changed. */
export const withSegment = (world: World, name: string, segment: Segment): World =>
  changedWorld(world, { segments: withEntry(world.segments, name, segment) })

/** The world without a segment. */
export const withoutSegment = (world: World, name: string): World =>
  changedWorld(world, { segments: without(world.segments, name) })

/** The world in which a variable has another name of an object. */
export const withAlias = (world: World, variable: string, name: string): World =>
  changedWorld(world, { aliases: withEntry(world.aliases, variable, name) })

/** The world in which a variable holds the -1 of a failed call. */
export const withFailed = (world: World, variable: string): World =>
  changedWorld(world, { failed: [...world.failed, variable] })

/** The process of an actor, which is itself where the actor is no further thread. */
export const processOf = (world: World, actor: string): string => world.threads[actor]?.process ?? actor

/** What a process, in its first thread, or a further thread does; undefined if there is no such actor. */
export const activityOf = (world: World, actor: string): Activity | undefined =>
  (world.processes[actor] ?? world.threads[actor])?.activity

/** All processes, zombies too, and then all further threads. */
export const actorsOf = ({ processes, threads }: World): string[] => {
  const actors = Object.keys(processes)
  for (const name in threads) actors.push(name)
  return actors
}

/**
 * The world with an actor changed: of a further thread only what belongs to it, the rest is that of its process.
 */
export const withProcess = (world: World, name: string, change: Partial<Process>): World => {
  const process = world.processes[name]
  if (process === undefined) return withThread(world, name, change)
  const changed: Process = {
    activity: change.activity ?? process.activity,
    undo: change.undo ?? process.undo,
    attachments: change.attachments ?? process.attachments,
    lifecycle: change.lifecycle ?? process.lifecycle,
    identity: change.identity ?? process.identity,
    limits: change.limits ?? process.limits,
  }
  return changedWorld(world, { processes: withEntry(world.processes, name, changed) })
}

function withThread(world: World, name: string, change: Partial<Process>): World {
  const thread = world.threads[name]
  if (thread === undefined) return world
  const { activity, undo, ...shared } = change
  const isOwn = activity !== undefined || undo !== undefined
  const changed: Thread = { ...thread, activity: activity ?? thread.activity, undo: undo ?? thread.undo }
  const after = isOwn ? changedWorld(world, { threads: withEntry(world.threads, name, changed) }) : world
  for (const _ in shared) return withProcess(after, thread.process, shared)
  return after
}

const nobody = ordinary(-1, -1)

/** Who the actor is; one that is gone is nobody. */
export const identityOf = (world: World, actor: string): Identity =>
  world.processes[processOf(world, actor)]?.identity ?? nobody

/** What an actor is allowed; one that is gone has the usual limits. */
export const limitsOf = (world: World, actor: string): ProcessLimits =>
  world.processes[processOf(world, actor)]?.limits ?? usualProcessLimits
