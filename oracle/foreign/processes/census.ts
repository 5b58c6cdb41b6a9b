import type { ForeignCall, ForeignEnd } from '../event.ts'
import type { Shown } from '../shown.ts'
import { NO_PID } from '../strace/line.ts'
import {
  type Birth,
  birthFlags,
  CLONE_CLEAR_SIGHAND,
  CLONE_NEWIPC,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_PARENT,
  CLONE_SIGHAND,
  CLONE_SYSVSEM,
  CLONE_THREAD,
  CLONE_VM,
  has,
} from './births.ts'
import { leavesZombies, newProcess, newThread, type Process, type Thread } from './process.ts'

/** How many processes that are gone are remembered. */
const GONE_MAX = 4096

/** Who lives, whose child is whose, and who is gone: learned from the calls that make processes and from ends. */
export class Census {
  readonly shown: Shown
  readonly threads = new Map<number, Thread>()
  readonly processes = new Map<number, Process>()
  /** Those that were waited for, by pid: the last ones. */
  readonly gone = new Map<number, Process>()
  readonly births = new Map<ForeignCall, Birth>()
  /** Threads appeared that no call of the trace made. */
  strangers = 0
  /** The first call was execve: the whole life of all processes is in the trace. */
  begins = false
  /** Who wants to know whose child a process turned out to be. */
  born: (call: ForeignCall, child: Process, sharesMemory: boolean) => void = () => {}
  private spaces = 0
  private isFirst = true
  /** Processes were made whose pids in the trace are others than those that their calls tell. */
  private hidesPids = false

  constructor(shown: Shown) {
    this.shown = shown
  }

  /** Whether every process that can have a part in the trace is in it from its beginning. */
  get complete(): boolean {
    return this.begins && this.strangers === 0
  }

  /** Whether the trace shows the calls that make children; and all that wait for them as well. */
  get showsChildren(): boolean {
    return this.shown.saw(['fork', 'vfork', 'clone', 'clone3'])
  }

  get showsReports(): boolean {
    return this.showsChildren && this.shown.each(['wait4'], ['waitid'])
  }

  /** The thread of a line; one that is new is taken for the child of the only call that could have made it. */
  threadOf(tid: number, line: number, name: string): Thread {
    const known = this.threads.get(tid)
    if (known !== undefined) return known
    const births = [...this.births.values()].filter(({ child }) => child === undefined)
    // One that existed before the trace may make its first call at any time.
    const only = births.length === 1 && (this.begins || this.isFirst) ? births[0] : undefined
    if (only !== undefined) {
      only.child = tid
      return this.bear(tid, only, line)
    }
    const process = this.processNamed(tid)
    const thread = newThread(tid, process)
    process.threads.add(tid)
    this.threads.set(tid, thread)
    process.isVague = true
    process.ownPids = this.hidesPids || tid === NO_PID
    if (this.isFirst) {
      this.begins = name === 'execve' || name === 'execveat'
      process.complete = this.begins
      process.isVague = !this.begins
    } else if (births.length === 0) this.strangers++
    this.isFirst = false
    return thread
  }

  private processNamed(pid: number): Process {
    const process = newProcess(pid)
    this.processes.set(pid, process)
    this.gone.delete(pid)
    return process
  }

  begin(call: ForeignCall, by: Thread): void {
    const { flags, exitSignal } = birthFlags(call)
    this.births.set(call, { call, by, flags, exitSignal, child: undefined })
  }

  /** The call that makes a process returned. Gives the process or thread it made. */
  finish(call: ForeignCall, value: number | null, line: number): Thread | undefined {
    const birth = this.births.get(call)
    this.births.delete(call)
    if (birth === undefined) return undefined
    if (value === null || value <= 0) {
      if (birth.child !== undefined) this.orphan(birth.child)
      return undefined
    }
    if (birth.by.process.ownPids) {
      this.hidesPids = true
      return undefined
    }
    if (birth.child === value) {
      const thread = this.threads.get(value)
      const process = thread?.process ?? this.processes.get(value) ?? this.gone.get(value)
      if (process === undefined) return undefined
      if (process.pid === value) process.bornLine = line
      return thread ?? newThread(value, process)
    }
    if (birth.child !== undefined) this.orphan(birth.child)
    // Who appeared while several calls were under way, and could not be told then.
    const appeared = this.threads.get(value)
    if (appeared !== undefined && appeared.process.parent === undefined && appeared.process.bornLine === 0) {
      if (has(birth.flags, CLONE_THREAD)) this.join(appeared, birth.by.process)
      else this.adopt(appeared.process, appeared, birth, line)
      return appeared
    }
    const ended = this.gone.get(value)
    if (ended !== undefined && !ended.reaped && ended.endLine > call.line) {
      this.gone.delete(value)
      this.processes.set(value, ended)
      this.adopt(ended, undefined, birth, line)
      return newThread(value, ended)
    }
    return this.bear(value, birth, line, line)
  }

  /** What was taken for a child was none. */
  private orphan(tid: number): void {
    const thread = this.threads.get(tid)
    if (thread === undefined) return
    const { process } = thread
    if (process.pid !== tid) return
    if (process.parent !== undefined) this.processes.get(process.parent)?.children.delete(process.pid)
    process.parent = undefined
    process.inherited = undefined
    process.actions = new Map()
    process.group = undefined
    process.session = undefined
    thread.mask = undefined
  }

  private bear(tid: number, birth: Birth, line: number, bornLine = 0): Thread {
    const { by, flags } = birth
    if (has(flags, CLONE_THREAD)) {
      const thread = newThread(tid, by.process, by.mask)
      by.process.threads.add(tid)
      this.threads.set(tid, thread)
      return thread
    }
    const process = this.processNamed(tid)
    const thread = newThread(tid, process)
    process.threads.add(tid)
    this.threads.set(tid, thread)
    this.adopt(process, thread, birth, line)
    process.bornLine = bornLine
    return thread
  }

  /** The child inherits, as far as it did not change anything itself yet. */
  private adopt(process: Process, thread: Thread | undefined, birth: Birth, line: number): void {
    const { call, by, flags, exitSignal } = birth
    const maker = by.process
    const isFresh = process.parent === undefined && process.actionChanges === 0
    process.isVague = false
    process.parent = has(flags, CLONE_PARENT) ? maker.parent : maker.pid
    if (process.parent !== undefined) this.processes.get(process.parent)?.children.add(process.pid)
    process.complete = true
    process.exitSignal = exitSignal
    process.bornLine = line
    process.spaces = { ...maker.spaces }
    if (has(flags, CLONE_SYSVSEM)) process.sharesUndo = maker.sharesUndo = true
    if (has(flags, CLONE_NEWIPC)) process.spaces.ipc = ++this.spaces
    process.ownPids = maker.ownPids || has(flags, CLONE_NEWPID)
    if (!has(flags, CLONE_NEWUSER)) {
      if (isFresh) process.credentials = maker.credentials
      if (!process.becameOther) {
        process.uid ??= maker.uid
        process.euid ??= maker.euid
        process.gid ??= maker.gid
        process.egid ??= maker.egid
      }
    }
    if (process.moves === 0) {
      process.group ??= maker.group
      process.session ??= maker.session
    }
    this.born(call, process, has(flags, CLONE_VM))
    if (!isFresh || has(flags, CLONE_SIGHAND) || maker.isVague) return
    process.inherited = maker.changingActions > 0 ? undefined : maker.inherited
    process.actions = has(flags, CLONE_CLEAR_SIGHAND)
      ? new Map([...maker.actions].filter(([, { handler }]) => handler === 'ignored'))
      : maker.actions
    if (maker.changingActions > 0) process.actions = new Map()
    if (thread !== undefined) thread.mask ??= by.mask
  }

  /** The thread turned out to be one of the process: what both were thought to be alone is not known any more. */
  join(thread: Thread, process: Process): void {
    const { process: before, tid } = thread
    if (before === process) return
    for (const pid of before.children) {
      process.children.add(pid)
      const child = this.processes.get(pid)
      if (child !== undefined) child.parent = process.pid
    }
    before.children.clear()
    before.threads.delete(tid)
    if (before.threads.size === 0 && this.processes.get(before.pid) === before)
      this.processes.delete(before.pid)
    process.threads.add(tid)
    thread.process = process
    if (before.actionChanges > 0) {
      process.actions = new Map()
      process.inherited = undefined
      process.actionChanges++
    }
    if (before.moves > 0) process.group = process.session = undefined
  }

  /** The process of a thread that tells its number. */
  named(thread: Thread, pid: number): void {
    if (!thread.process.isVague || thread.process.pid === pid) return
    const known = this.processes.get(pid)
    const process = known ?? this.processNamed(pid)
    if (known === undefined) process.isVague = true
    this.join(thread, process)
  }

  /** Whether a call under way may give the process another child. */
  mayGain(process: Process): boolean {
    if (process.subreaper || process.pid === 1) return true
    for (const { by, flags } of this.births.values())
      if (by.process === process || has(flags, CLONE_PARENT)) return true
    return false
  }

  newIpcSpace(process: Process): void {
    process.spaces.ipc = ++this.spaces
  }

  /** A thread ended. Tells the process if it was its end. */
  end(tid: number, end: ForeignEnd, line: number, time: number): Process | undefined {
    const thread = this.threads.get(tid)
    if (thread === undefined) return undefined
    this.threads.delete(tid)
    if (thread.call !== undefined) this.births.delete(thread.call)
    const { process } = thread
    process.threads.delete(tid)
    if (end.is === 'superseded' || process.threads.size > 0) return undefined
    process.end = end
    process.endLine = line
    process.endTime = time
    const parent = process.parent === undefined ? undefined : this.processes.get(process.parent)
    if (parent !== undefined && !leavesZombies(parent)) process.mayBeReaped = true
    for (const pid of process.children) {
      const child = this.processes.get(pid)
      if (child === undefined) continue
      child.parent = undefined
      if (child.end !== undefined) this.bury(child, time)
    }
    process.children.clear()
    if (process.reaped || process.parent === undefined) this.bury(process, time)
    return process
  }

  /** The process was waited for, or nobody of the trace can wait for it. */
  reap(process: Process, time: number): void {
    process.reaped = true
    process.reapedTime = time
    if (process.parent !== undefined) this.processes.get(process.parent)?.children.delete(process.pid)
    if (process.end !== undefined) this.bury(process, time)
  }

  private bury(process: Process, _time: number): void {
    if (this.processes.get(process.pid) === process) this.processes.delete(process.pid)
    this.gone.delete(process.pid)
    this.gone.set(process.pid, process)
    if (this.gone.size > GONE_MAX) {
      const [oldest] = this.gone.keys()
      if (oldest !== undefined) this.gone.delete(oldest)
    }
  }

  /** A process that runs a new program has one thread, named as the process. */
  becomesSingle(thread: Thread): void {
    const { process } = thread
    for (const tid of process.threads) this.threads.delete(tid)
    this.threads.delete(thread.tid)
    thread.tid = process.pid
    process.threads.clear()
    process.threads.add(thread.tid)
    this.threads.set(thread.tid, thread)
    process.isVague = false
  }
}
