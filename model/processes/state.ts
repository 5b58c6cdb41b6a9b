import type { Result } from '../expected.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { signals } from '../vocabulary/names.ts'

/** What processes still have to do that follows from calls which are over: see `Unrest`. Nothing where all are at rest. */
export interface Undone {
  readonly continued: readonly string[]
  readonly resumed: readonly string[]
  readonly woken: readonly string[]
  readonly dying: Readonly<Record<string, Ending>>
}

export const nothingUndone: Undone = { continued: [], resumed: [], woken: [], dying: {} }

/** What the kernel remembers of a process besides what it does in calls: its kin, its groups, its signals, its end. */
export interface Lifecycle {
  readonly life: 'running' | 'stopped' | 'zombie'
  /** Whether its first thread has ended, and it goes on in others. */
  readonly firstThread: 'lives' | 'ended'
  /** What its first thread ended with by itself, where that is told to the parent (see versions.ts); -1: nothing. */
  readonly firstCode: number
  /** The process that may wait for this one; 'init' is the driver, which waits for its children at every rest. */
  readonly parent: string
  /** The thread of the parent that forked it, or took it over from one that ended; '': the first one. */
  readonly parentThread: string
  /** The place among the children of the parent: the smaller, the earlier. An adopted child comes last. */
  readonly rank: number
  /** The process that forked it; by now another one may be the parent. */
  readonly origin: string
  /** Groups and sessions are named by the process whose pid is their number, even when it is gone. */
  readonly group: string
  readonly session: string
  readonly report: Report
  /** The actions that were set, by signal number; all others are the default. */
  readonly actions: Readonly<Record<number, Action>>
  /** Ascending signal numbers. */
  readonly blocked: readonly number[]
  /** What the pending signals tell, the oldest first; several only where a signal queues. */
  readonly pending: Readonly<Record<number, readonly SignalInfo[]>>
  /** The runs of handlers that were not yet asked for. */
  readonly caught: Readonly<Record<number, Caught>>
  /** Adopts the orphans among its descendants. */
  readonly subreaper: boolean
  /** Has run exec since it was forked. */
  readonly execed: boolean
  /** What its end sends to the parent, 0: nothing; all but SIGCHLD make it a clone child, which waits look for apart. */
  readonly exitSignal: number
  /** The parent has run exec since: the end sends SIGCHLD whatever the signal. */
  readonly parentExeced: boolean
  /** What it gets when its parent ends; 0: nothing. */
  readonly deathSignal: number
  /** The process that keeps the semaphore adjustments which this one shares; '': this one itself. */
  readonly undoKeeper: string
  readonly used: Used
  /** By the children that it waited for, and by theirs. */
  readonly usedByChildren: Used
  /** The process whose memory it has, which does not go on before it gives it back; '': its own. */
  readonly lender: string
  /** Its IPC namespace. */
  readonly space: string
  /** Open pidfds by the variable that received them. */
  readonly pidfds: Readonly<Record<string, Pidfd>>
}

/** Units of processor time, and the largest number of units of memory at one time: of what scenarios use on purpose. */
export interface Used {
  readonly time: number
  readonly memory: number
}

/** The newest change that was not yet reported to the parent; there is room for one. */
export type Report =
  | { readonly is: 'none' }
  | { readonly is: 'stopped'; readonly signal: number }
  | { readonly is: 'continued' }
  | Ending

export type Ending =
  /** `code`: the whole argument of _exit. */
  | { readonly is: 'exited'; readonly code: number }
  | { readonly is: 'killed'; readonly signal: number; readonly core: boolean }

export interface Action {
  readonly disposition: 'default' | 'ignore' | 'handler'
  /** SA_RESTART, SA_NOCLDSTOP and SA_NOCLDWAIT. */
  readonly restart: boolean
  readonly quietStops: boolean
  readonly noZombies: boolean
}

/** The siginfo of a signal: sent by a process, about a child, or by the kernel on its own account; real user ids. */
export type SignalInfo =
  | { readonly from: 'process'; readonly pid: string; readonly uid: number }
  | { readonly from: 'child'; readonly pid: string; readonly uid: number; readonly report: Report }
  | { readonly from: 'kernel' }

export interface Caught {
  readonly times: number
  readonly last: SignalInfo
}

export interface Pidfd {
  readonly process: string
  readonly nonBlocking: boolean
}

export type WaitCall = CallOf<'wait'> | CallOf<'waitpid'> | CallOf<'wait4'> | CallOf<'waitid'>

/** Which children a wait is about, as it was decided when the call began. */
export type Selector =
  | { readonly is: 'any' }
  /** A process that is no child, or none at all, has a name that no child has. */
  | { readonly is: 'one'; readonly process: string }
  | { readonly is: 'group'; readonly group: string }

/** Inside a call of this family: waiting for a child, or on the way out of a call whose result is decided. */
export type WaitSleep = Waiting | Leaving

/** Suspended while a child has its memory. */
export interface Lending {
  readonly in: 'vfork'
  readonly child: string
  /** A signal came that waits: of later ones only SIGKILL reaches it before it goes on. */
  readonly roused: boolean
}

export interface Waiting {
  readonly in: 'wait'
  readonly call: WaitCall
  readonly selector: Selector
}

/** The process is stopped before it could return; it returns the result when it is continued. */
export interface Leaving {
  readonly in: 'return'
  readonly result: Result
}

export const noReport: Report = { is: 'none' }

export const nothingUsed: Used = { time: 0, memory: 0 }

export const defaultAction: Action = {
  disposition: 'default',
  restart: false,
  quietStops: false,
  noZombies: false,
}

/** The lifecycle with some of its fields changed. */
export const changedLifecycle = (lifecycle: Lifecycle, change: Partial<Lifecycle>): Lifecycle => ({
  life: change.life ?? lifecycle.life,
  firstThread: change.firstThread ?? lifecycle.firstThread,
  firstCode: change.firstCode ?? lifecycle.firstCode,
  parent: change.parent ?? lifecycle.parent,
  parentThread: change.parentThread ?? lifecycle.parentThread,
  rank: change.rank ?? lifecycle.rank,
  origin: change.origin ?? lifecycle.origin,
  group: change.group ?? lifecycle.group,
  session: change.session ?? lifecycle.session,
  report: change.report ?? lifecycle.report,
  actions: change.actions ?? lifecycle.actions,
  blocked: change.blocked ?? lifecycle.blocked,
  pending: change.pending ?? lifecycle.pending,
  caught: change.caught ?? lifecycle.caught,
  subreaper: change.subreaper ?? lifecycle.subreaper,
  execed: change.execed ?? lifecycle.execed,
  exitSignal: change.exitSignal ?? lifecycle.exitSignal,
  parentExeced: change.parentExeced ?? lifecycle.parentExeced,
  deathSignal: change.deathSignal ?? lifecycle.deathSignal,
  undoKeeper: change.undoKeeper ?? lifecycle.undoKeeper,
  lender: change.lender ?? lifecycle.lender,
  space: change.space ?? lifecycle.space,
  used: change.used ?? lifecycle.used,
  usedByChildren: change.usedByChildren ?? lifecycle.usedByChildren,
  pidfds: change.pidfds ?? lifecycle.pidfds,
})

/** A root actor: a child of the driver that leads its own process group in the driver's session. */
export const rootLifecycle = (name: string): Lifecycle => ({
  life: 'running',
  firstThread: 'lives',
  firstCode: -1,
  parent: 'init',
  parentThread: '',
  rank: 0,
  origin: 'init',
  group: name,
  session: 'init',
  report: noReport,
  actions: {},
  blocked: [],
  pending: {},
  caught: {},
  subreaper: false,
  execed: false,
  exitSignal: signals.SIGCHLD,
  parentExeced: false,
  deathSignal: 0,
  undoKeeper: '',
  lender: '',
  space: '',
  used: nothingUsed,
  usedByChildren: nothingUsed,
  pidfds: {},
})
