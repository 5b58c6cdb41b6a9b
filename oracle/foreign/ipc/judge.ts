import type { ForeignCall, ForeignResult } from '../event.ts'
import type { Process, Thread } from '../processes/process.ts'
import { LEFT_OUT, type Shown } from '../shown.ts'
import { intOf } from '../strace/numbers.ts'
import type { Tally } from '../tally.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import { commandOfCall, getters, infos, showsChanges, users } from './calls.ts'
import { IPC_RMID } from './command.ts'
import type { Act, Conduct } from './conduct.ts'
import { Permits } from './permits.ts'
import { newQueue, queueConduct } from './queues.ts'
import { type Kind, Register, type Registered } from './register.ts'
import { Segments } from './segments.ts'
import { semaphoreConduct } from './semaphores/conduct.ts'
import { mayUndo } from './semaphores/meaning.ts'
import { newSet } from './semaphores/set.ts'
import { Timeline } from './timeline.ts'

/** What existed before the trace, where it is known. */
export type Before = Readonly<Record<Kind, ReadonlySet<number> | undefined>>

interface Surroundings {
  readonly alone: boolean
  readonly before: Before | undefined
  readonly shown: Shown
  /** Whether the trace shows the calls that change what a process may do. */
  showsIdentities(): boolean
  /** Whether every process of the trace is in it from its beginning, and mappings are shown. */
  isComplete(): boolean
  /** Whether the trace begins with the start of a program. */
  begins(): boolean
}

interface Using {
  readonly kind: Kind
  readonly id: number
  readonly object: Registered
  readonly register: Register
  readonly act: Act | undefined
  /** Where the act is; the object may be gone before it is back. */
  readonly timeline: Timeline<never> | undefined
  readonly command: number | undefined
}

/** Judges the calls on semaphores, message queues and shared memory, each object by itself. */
export class IpcJudge {
  readonly segments = new Segments()
  private readonly registers = new Map<string, Register>()
  private readonly permits = new Permits()
  private readonly timelines = new Map<Registered, Timeline<never>>()
  private readonly using = new Map<ForeignCall, Using>()
  /** By process: the sets in which it may have undo entries, and the acts that stand for its end. */
  private readonly undo = new Map<number, Map<Timeline<never>, Act | undefined>>()
  private hasOutsiders = false
  private readonly tally: Tally
  private readonly surroundings: Surroundings

  constructor(tally: Tally, surroundings: Surroundings) {
    this.tally = tally
    this.surroundings = surroundings
  }

  private registerOf(kind: Kind, process: Process): Register {
    const name = `${kind} ${process.spaces.ipc}`
    const known = this.registers.get(name)
    if (known !== undefined) return known
    const { alone, before } = this.surroundings
    const isNew = process.spaces.ipc > 0
    const made = new Register(kind, alone || isNew, isNew ? new Set() : before?.[kind], () =>
      this.surroundings.begins(),
    )
    if (this.hasOutsiders) made.joinOutsiders()
    this.registers.set(name, made)
    return made
  }

  private timelineOf(kind: Kind, object: Registered): Timeline<never> {
    const known = this.timelines.get(object)
    if (known !== undefined) return known
    const tell = (act: Act, opinion: Opinion) =>
      this.tell(kind, act.call, act.result, act.line, act.refusal ?? opinion)
    const conduct = (kind === 'sem' ? semaphoreConduct : queueConduct) as unknown as Conduct<never>
    const state = (kind === 'sem' ? newSet(object.size, object.isFresh) : newQueue(object.isFresh)) as never
    const tellLate = ({ call, line }: Act, opinion: Opinion) => {
      if (showsChanges(this.surroundings.shown, kind, call.name))
        this.tally.late(call.pid, line, call.name, opinion)
    }
    const made = new Timeline<never>(conduct, state, object.company, tell, tellLate)
    if (this.hasOutsiders) made.company = 'outsiders'
    this.timelines.set(object, made)
    return made
  }

  /** Processes that the trace does not show have a part in it from now on. */
  joinOutsiders(): void {
    if (this.hasOutsiders) return
    this.hasOutsiders = true
    for (const timeline of this.timelines.values()) timeline.company = 'outsiders'
    for (const register of this.registers.values()) register.joinOutsiders()
    this.segments.joinOutsiders()
  }

  /** Where calls that change objects of the kind may have been left out of the trace, nothing is said. */
  private tell(
    kind: Kind,
    call: ForeignCall,
    result: ForeignResult | undefined,
    line: number,
    opinion: Opinion,
  ): void {
    const isSaid = opinion.is === 'open' || showsChanges(this.surroundings.shown, kind, call.name)
    this.tally.call(call, result, line, isSaid ? opinion : open(LEFT_OUT))
  }

  /** Whether the call is one of the family. */
  enter(call: ForeignCall, { process }: Thread, time: number): boolean {
    const { name } = call
    const got = getters[name]
    if (got !== undefined) {
      this.registerOf(got, process).enter(call)
      return true
    }
    if (name === 'shmdt') {
      this.segments.enterDetach(call, process)
      return true
    }
    const kind = users[name]
    if (kind === undefined) return false
    const command = commandOfCall(kind, call)
    const id = intOf(call.args[0])
    if (id === undefined || id < 0 || (command !== undefined && infos[kind].has(command))) return true
    const register = this.registerOf(kind, process)
    const object = register.objects.get(id)
    if (object === undefined) return true
    if (command === IPC_RMID) register.enterRemoval(call, id)
    this.permits.enter(call, object)
    const act = kind === 'shm' ? undefined : newAct(call, process, time)
    const timeline = act === undefined ? undefined : this.follow(kind, object, act, process)
    this.using.set(call, { kind, id, object, register, act, timeline, command })
    if (act !== undefined) return true
    if (name === 'shmat') this.segments.enterAttach(call, process, object)
    else this.segments.enterControl(call, object)
    return true
  }

  private follow(kind: Kind, object: Registered, act: Act, process: Process): Timeline<never> {
    const timeline = this.timelineOf(kind, object)
    timeline.enter(act)
    if (kind !== 'sem' || !mayUndo(act)) return timeline
    const sets = this.undo.get(process.pid) ?? new Map<Timeline<never>, Act | undefined>()
    this.undo.set(process.pid, sets)
    if (!sets.has(timeline)) sets.set(timeline, undefined)
    return timeline
  }

  leave(
    call: ForeignCall,
    { process }: Thread,
    result: ForeignResult,
    line: number,
    took: number | null,
    time: number,
  ): boolean {
    const { name } = call
    const got = getters[name]
    if (got !== undefined) {
      this.tell(got, call, result, line, this.got(got, call, process, result))
      return true
    }
    if (name === 'shmdt') {
      const opinion = this.segments.leaveDetach(call, process, result, this.surroundings.isComplete())
      this.tell(
        'shm',
        call,
        result,
        line,
        this.segments.shares(process) ? open('memory of another process') : opinion,
      )
      return true
    }
    const kind = users[name]
    if (kind === undefined) return false
    const using = this.using.get(call)
    this.using.delete(call)
    if (using === undefined) {
      this.tell(kind, call, result, line, this.unknown(kind, call, process, result, line, took, time))
      return true
    }
    const { act, timeline, object, register, id, command } = using
    if (act !== undefined) {
      const refusal = this.permits.leave(call, process, object, result, line)
      if (this.surroundings.showsIdentities()) act.refusal = refusal
      act.result = result
      act.line = line
      act.took = took
      act.left = time
      act.mayBeStopped = process.stops > 0
      timeline?.leave(act)
      if (command === IPC_RMID) this.removed(register, call, result, id, object)
      return true
    }
    const isComplete = this.surroundings.isComplete()
    const opinion =
      name === 'shmat'
        ? this.segments.leaveAttach(call, result, isComplete)
        : this.segments.leaveControl(call, result, isComplete)
    if (command === IPC_RMID) register.leaveRemoval(call, undefined)
    if (command === IPC_RMID && result.errno === '' && result.value === 0) register.freeKey(id)
    if (isComplete && this.segments.isDestroyed(object)) {
      register.drop(id)
      this.segments.forget(object)
    }
    this.tell(
      kind,
      call,
      result,
      line,
      this.segments.shares(process) && name === 'shmat' ? open('memory of another process') : opinion,
    )
    return true
  }

  private removed(
    register: Register,
    call: ForeignCall,
    result: ForeignResult,
    id: number,
    object: Registered,
  ): void {
    const isDone = result.errno === '' && result.value === 0
    register.leaveRemoval(call, isDone ? id : undefined)
    if (isDone) this.timelines.delete(object)
  }

  private got(kind: Kind, call: ForeignCall, process: Process, result: ForeignResult): Opinion {
    return this.registerOf(kind, process).leave(call, result).opinion
  }

  /** A call on an object that the trace does not know. */
  private unknown(
    kind: Kind,
    call: ForeignCall,
    process: Process,
    result: ForeignResult,
    line: number,
    took: number | null,
    time: number,
  ): Opinion {
    const command = commandOfCall(kind, call)
    const id = intOf(call.args[0])
    if (command !== undefined && infos[kind].has(command)) return open('commands of ipcs')
    if (id === undefined) return open('arguments that are not understood')
    if (id < 0)
      return result.errno === '' && result.value !== null
        ? deviates('id.negative-einval', '-1 EINVAL')
        : result.errno === 'EINVAL'
          ? judged
          : open('an error that depends on more than the trace tells')
    const register = this.registerOf(kind, process)
    if (register.isGone(id)) {
      if (result.errno === 'EINVAL' || result.errno === 'EIDRM') return judged
      if (result.errno === '' && result.value !== null)
        return deviates(kind === 'shm' ? 'shmctl.rmid.then-einval' : 'rmid.later-einval', '-1 EINVAL')
    }
    if (result.errno === '' && result.value !== null && command !== IPC_RMID) {
      const object = register.find(id)
      if (kind === 'shm' && call.name === 'shmat') {
        this.segments.enterAttach(call, process, object)
        this.segments.leaveAttach(call, result, false)
      } else if (kind !== 'shm') {
        const act = newAct(call, process, time)
        Object.assign(act, { result, line, took, left: time })
        // It is told of by the timeline, and counted there.
        this.tally.counts.calls--
        this.follow(kind, object, act, process).leave(act)
        this.tally.counts.calls++
      }
    }
    return open('the object existed before the trace')
  }

  /** The thread ended inside the call. */
  abandon(call: ForeignCall, { process }: Thread, line: number, time: number): void {
    const using = this.using.get(call)
    this.using.delete(call)
    if (getters[call.name] !== undefined) {
      const kind = getters[call.name] as Kind
      this.registerOf(kind, process).leave(call, noResult)
    }
    if (using === undefined) return
    if (using.command === IPC_RMID) using.register.leaveRemoval(call, undefined)
    if (using.act === undefined) return
    using.act.line = line
    using.act.left = time
    using.act.mayBeStopped = process.stops > 0
    using.timeline?.leave(using.act)
  }

  /** From here on the process may end. */
  mayEnd(process: Process, time: number): void {
    this.segments.mayLeave(process)
    for (const [timeline, known] of this.undo.get(process.pid) ?? []) {
      if (known !== undefined) continue
      const act = endAct(process, time)
      this.undo.get(process.pid)?.set(timeline, act)
      timeline.enter(act)
    }
  }

  ended(process: Process, time: number): void {
    this.segments.left(process)
    for (const [timeline, known] of this.undo.get(process.pid) ?? []) {
      const act = known ?? endAct(process, time)
      act.left = time
      // Its other threads may go on, and nothing is given back until the last one ends.
      if (process.isVague) {
        if (known === undefined) timeline.enter(act)
        continue
      }
      if (known === undefined) timeline.endOf(act)
      else timeline.leave(act)
    }
    this.undo.delete(process.pid)
  }

  /** `stopped`: whether a process of the trace may be stopped. */
  conclude(time: number, stopped: (process: number) => boolean): void {
    for (const { act } of this.using.values()) if (act !== undefined) act.mayBeStopped = stopped(act.process)
    const timelines = new Set(this.timelines.values())
    for (const { timeline } of this.using.values()) if (timeline !== undefined) timelines.add(timeline)
    for (const timeline of timelines) timeline.conclude(time)
  }
}

const noResult: ForeignResult = { value: null, text: '?', errno: '', restarts: false }

const newAct = (call: ForeignCall, { pid, isVague, ownPids }: Process, time: number): Act => ({
  pid: isVague || ownPids ? undefined : pid,
  ...{ is: 'call', call, process: pid, entered: time, result: undefined, line: call.line, took: null },
  ...{
    left: time,
    meaning: undefined,
    from: 0,
    looks: false,
    lost: false,
    refusal: undefined,
    beside: undefined,
    mayBeStopped: false,
  },
})

const endAct = (process: Process, time: number): Act => ({
  ...newAct({ pid: process.pid, name: 'exit', args: [], line: 0, entered: time }, process, time),
  is: 'end',
  meaning: { is: 'end', isShared: process.sharesUndo },
})
