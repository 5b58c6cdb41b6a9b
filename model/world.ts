import { type Identity, ordinary } from './identity.ts'
import { type ProcessLimits, type SystemLimits, usualProcessLimits } from './limits.ts'
import type { Queue, QueueSleep } from './messages/state.ts'
import type { Permission, Stamp } from './permission.ts'
import type { Lending, Lifecycle, WaitSleep } from './processes/state.ts'
import { withEntry, without } from './records.ts'
import type { SemaphoreSet, SemaphoreSleep } from './semaphores/state.ts'
import type { Settings } from './settings.ts'
import type { Attachments, Segment } from './shared-memory/state.ts'

export type { Permission, Stamp }

/** Everything the kernel remembers: plain readonly data, each fact stored once. Objects are named by the variable that received them. */
export interface World {
  readonly sets: Readonly<Record<string, SemaphoreSet>>
  readonly queues: Readonly<Record<string, Queue>>
  readonly segments: Readonly<Record<string, Segment>>
  readonly processes: Readonly<Record<string, Process>>
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
  readonly facts: Facts
}

/** What Linux keeps for each IPC namespace by itself (ipc_namespaces(7)). */
export type Space = Pick<World, 'sets' | 'queues' | 'segments' | 'freedKeys' | 'limits' | 'settings'>

/** What does not change while a scenario runs: who the actors are and what the system allows. */
export interface Facts {
  readonly uid: number
  readonly gid: number
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

export interface Process {
  readonly activity: Activity
  /** semadj by set: an entry exists once the process used SEM_UNDO on the set. */
  readonly undo: Readonly<Record<string, readonly number[]>>
  /** Shared memory attachments by the variable that received the address. */
  readonly attachments: Attachments
  readonly lifecycle: Lifecycle
  readonly identity: Identity
  readonly limits: ProcessLimits
}

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
  aliases: change.aliases ?? world.aliases,
  failed: change.failed ?? world.failed,
  freedKeys: change.freedKeys ?? world.freedKeys,
  limits: change.limits ?? world.limits,
  settings: change.settings ?? world.settings,
  space: change.space ?? world.space,
  spaces: change.spaces ?? world.spaces,
  madeIn: change.madeIn ?? world.madeIn,
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

/** The world with a process changed, if it exists. */
export const withProcess = (world: World, name: string, change: Partial<Process>): World => {
  const process = world.processes[name]
  if (process === undefined) return world
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

const nobody = ordinary(-1, -1)

/** Who the process is; one that is gone is nobody. */
export const identityOf = (world: World, process: string): Identity =>
  world.processes[process]?.identity ?? nobody

/** What a process is allowed; one that is gone has the usual limits. */
export const limitsOf = (world: World, process: string): ProcessLimits =>
  world.processes[process]?.limits ?? usualProcessLimits
