import type { ForeignCall, ForeignEnd } from '../event.ts'
import { SIGCHLD } from '../strace/signals.ts'

/** What is known of how a signal is treated; as the trace writes it, so that it can be compared. */
export interface Action {
  readonly handler: 'default' | 'ignored' | 'handler'
  /** Its address or name, the flags, and the mask in bits. */
  readonly key: string
  readonly flags: number
}

/** What is known of one process (a thread group). Undefined: not known. */
export interface Process {
  readonly pid: number
  parent: number | undefined
  /** Whether all its children are in the trace. */
  complete: boolean
  /** Not made by a call of the trace: it may be a thread of another process, and others may be threads of it. */
  isVague: boolean
  readonly threads: Set<number>
  readonly children: Set<number>
  group: number | undefined
  session: number | undefined
  uid: number | undefined
  euid: number | undefined
  gid: number | undefined
  egid: number | undefined
  /** It made a call that changes who it is: what its maker is tells nothing of it. */
  becameOther: boolean
  /** By signal: those that it, or its forebears of the trace, set. */
  actions: ReadonlyMap<number, Action>
  /**
   * What all inherited from before the trace, learned by whoever sees it first; a new program keeps it, for it can be
   * the default or to ignore only. Undefined: what is not among `actions` may be anything.
   */
  inherited: Map<number, Action> | undefined
  /** How many calls of sigaction are under way, and how many were made. */
  changingActions: number
  actionChanges: number
  /** Calls that move it to a group: how many are under way, and how many began or ended. */
  moving: number
  moves: number
  /** Calls of exit_group; the status that it must end with. */
  exiting: number | undefined
  /** The thread that ends the others (or 0: a process outside does), from when its call began: they may not be back any more. */
  endedBy: number | undefined
  /** Where that call was back. */
  endedLine: number
  end: ForeignEnd | undefined
  endLine: number
  endTime: number
  /** What a wait reported before its end was seen. */
  reported: { readonly end: ForeignEnd; readonly line: number } | undefined
  /** The process that a SIGCHLD told of the end. */
  endTold: number
  reaped: boolean
  /** Its parent may have waited for it, or not want to be told of its end. */
  mayBeReaped: boolean
  reapedTime: number
  /** The line of the return of the call that made it. */
  bornLine: number
  /** The signal that its parent gets. */
  exitSignal: number | undefined
  /** Waits of its own that are under way, and how many were begun. */
  waiting: number
  waits: number
  subreaper: boolean
  /** Its pids are not those of the trace. */
  ownPids: boolean
  /** A SIGKILL that was sent to it: the line of the call's return. */
  killedLine: number
  /** Stops that a signal may have caused. */
  stops: number
  spaces: { ipc: number }
  /** Another process has the same undo entries. */
  sharesUndo: boolean
  /** Stands for user, groups and capabilities: another one where they may have changed. */
  credentials: object
}

/** What is known of one thread. */
export interface Thread {
  /** Another one once it runs a new program and was not the first of its process. */
  tid: number
  process: Process
  mask: bigint | undefined
  call: ForeignCall | undefined
  /** A signal whose default action ends the process was delivered: its line. */
  fatal: { readonly signal: number; readonly line: number } | undefined
  /** A handler ran in it. */
  handled: boolean
}

export const newThread = (tid: number, process: Process, mask?: bigint): Thread => ({
  ...{ tid, process, mask, call: undefined, fatal: undefined, handled: false },
})

export const newProcess = (pid: number): Process => ({
  pid,
  parent: undefined,
  complete: false,
  isVague: false,
  threads: new Set(),
  children: new Set(),
  group: undefined,
  session: undefined,
  uid: undefined,
  euid: undefined,
  gid: undefined,
  egid: undefined,
  becameOther: false,
  actions: new Map(),
  inherited: undefined,
  changingActions: 0,
  actionChanges: 0,
  moving: 0,
  moves: 0,
  exiting: undefined,
  endedBy: undefined,
  endedLine: Number.POSITIVE_INFINITY,
  end: undefined,
  endLine: 0,
  endTime: 0,
  reported: undefined,
  endTold: 0,
  reaped: false,
  mayBeReaped: false,
  reapedTime: 0,
  bornLine: 0,
  exitSignal: undefined,
  waiting: 0,
  waits: 0,
  subreaper: false,
  ownPids: false,
  killedLine: 0,
  stops: 0,
  spaces: { ipc: 0 },
  sharesUndo: false,
  credentials: {},
})

export function actionOf(process: Process, signal: number): Action | undefined {
  return process.actions.get(signal) ?? process.inherited?.get(signal)
}

/** Whether children of the process surely stay as zombies when they end. */
export function leavesZombies(process: Process): boolean {
  const action = actionOf(process, SIGCHLD)
  return (
    action !== undefined &&
    action.handler !== 'ignored' &&
    (action.flags & SA_NOCLDWAIT) === 0 &&
    process.changingActions === 0
  )
}

const SA_NOCLDWAIT = 2

/** Why nothing is said of a process that is vague. */
export const VAGUE = 'whose thread it is is not known'
