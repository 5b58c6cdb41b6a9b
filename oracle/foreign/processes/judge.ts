import type { ForeignCall, ForeignEvent, ForeignResult } from '../event.ts'
import type { IpcJudge } from '../ipc/judge.ts'
import { LEFT_OUT, type Shown } from '../shown.ts'
import { intOf, isNull, numberOf } from '../strace/numbers.ts'
import { endsByDefault, signalWord } from '../strace/signals.ts'
import type { Tally } from '../tally.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import {
  type ActionCall,
  actionsOfProgram,
  enterAction,
  handlerEnds,
  judgeAction,
  judgeMask,
} from './actions.ts'
import { Census } from './census.ts'
import { judgeEnd, judgeSignal, signalWords } from './deliveries.ts'
import { beginsToEnd, endsOthers, hasEnded, readable } from './dying.ts'
import {
  enterGrouping,
  forgetIdentity,
  judgeGrouping,
  judgeIdentity,
  leaveGrouping,
  movedBy,
} from './identities.ts'
import { actionOf, type Process, type Thread } from './process.ts'
import { judgeSend, victimsOf } from './sends.ts'
import { endWords } from './states.ts'
import { enterWait, judgeWait, leaveWait, type Wait } from './waits.ts'

export interface ProcessJudge {
  readonly census: Census
  enter(call: ForeignCall): void
  /** Whether the call is one of our families. */
  leave(event: Extract<ForeignEvent, { is: 'returns' }>): boolean
  signal(event: Extract<ForeignEvent, { is: 'signal' }>): void
  stopped(pid: number, line: number): void
  end(event: Extract<ForeignEvent, { is: 'ends' }>): void
  /** The time of the trace, as far as it is known. */
  readonly time: number
}

const makers: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3'])
const waits: ReadonlySet<string> = new Set(['wait4', 'waitpid', 'waitid'])
const sends: ReadonlySet<string> = new Set(['kill', 'tkill', 'tgkill'])
const identities: ReadonlySet<string> = new Set(
  'getpid gettid set_tid_address getppid getpgrp getpgid getsid getuid geteuid getgid getegid'.split(' '),
)
const changers = /^set(re|res|fs)?[ug]id(32)?$|^setgroups(32)?$/
const programs = ['execve', 'execveat']
const moving = [['setpgid'], ['setsid']]
const becoming = [
  ['setuid', 'setreuid', 'setresuid'],
  ['setgid', 'setregid', 'setresgid'],
]
/** The calls that change what others tell. */
const identityChangers: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ...{ getpgrp: moving, getpgid: moving, getsid: moving },
  ...{ getuid: becoming, geteuid: becoming, getgid: becoming, getegid: becoming },
}
/** Calls that change what a process may do, whoever it is. */
const permissions: ReadonlySet<string> = new Set(['capset', 'unshare', 'setns'])
/** Calls that wait with another mask: a handler that runs meanwhile begins with that one. */
const exits: ReadonlySet<string> = new Set(['exit', 'exit_group', '_exit'])

/** What is remembered from the entry of a call to its return. */
interface Entered {
  readonly thread: Thread
  readonly time: number
  readonly moves: number
  readonly wait?: Wait
  readonly action?: ActionCall
  readonly about?: Process | undefined
}

/** Judges the calls that make, end, name and wait for processes, and signals. */
export function createProcessJudge(tally: Tally, ipc: IpcJudge, shown: Shown): ProcessJudge {
  const census = new Census(shown)
  let seesSignals = false
  census.born = (call, child, sharesMemory) => ipc.segments.born(call, child, sharesMemory)
  const entered = new Map<ForeignCall, Entered>()
  let now = 0

  const actsAgain = (thread: Thread, call: ForeignCall) => {
    const { process, fatal } = thread
    if (fatal !== undefined) {
      thread.fatal = undefined
      tally.late(
        thread.tid,
        call.line,
        `${call.name} after ${signalWord(fatal.signal)}`,
        deviates(
          'signal.default.ends',
          `the end of the process: line ${fatal.line} delivers ${signalWord(fatal.signal)}`,
        ),
      )
    }
    if (process.reported !== undefined) {
      const { line } = process.reported
      process.reported = undefined
      tally.late(
        thread.tid,
        call.line,
        call.name,
        deviates('exit.zombie.until-waited', `nothing: line ${line} reports that the process ended`),
      )
    }
  }

  const opinionOf = (
    call: ForeignCall,
    result: ForeignResult,
    line: number,
    was: Entered,
  ): Opinion | undefined => {
    const { name, args } = call
    const { thread } = was
    const { process } = thread
    if (makers.has(name)) {
      const isFresh = isFreshPid(census, call, result)
      const made = census.finish(call, result.value, line)
      ipc.segments.leaveBirth(call)
      if (result.restarts || result.value === null) return open('a signal ended the call')
      if (result.errno !== '') return open('an error that depends on more than the trace tells')
      if (!isFresh) return deviates('fork.pid-unique', 'the pid of no process that lives')
      return made === undefined ? open('pids of another namespace') : judged
    }
    if (was.wait !== undefined) return judgeWait(census, was.wait, call, result, line, was.time)
    if (sends.has(name)) return judgeSend(census, thread, call, result, line, now)
    if (was.action !== undefined) {
      const opinion = judgeAction(thread, was.action, call, result)
      return shown.saw(programs) ? opinion : open(LEFT_OUT)
    }
    if (name === 'rt_sigprocmask') {
      const opinion = judgeMask(thread, call, result)
      return isMaskSure(thread) ? opinion : open(LEFT_OUT)
    }
    if (name === 'rt_sigreturn') {
      handlerEnds(thread, call)
      return open('what it returns is left from before the signal')
    }
    if (identities.has(name)) {
      const opinion = judgeIdentity(census, thread, call, result, was.moves)
      return shown.each(...(identityChangers[name] ?? [])) ? opinion : open(LEFT_OUT)
    }
    if (name === 'setpgid' || name === 'setsid') return judgeGrouping(census, thread, call, result)
    if (name === 'execve' || name === 'execveat') {
      if (result.errno !== '') {
        ipc.segments.stays(process)
        return open('files are not known')
      }
      if (result.value === 0) {
        ipc.segments.left(process)
        becomesProgram(census, thread)
      }
      return open('files are not known')
    }
    if (exits.has(name)) return result.value === null ? judged : deviates('exit.group.status', 'no return')
    if (changers.test(name)) {
      process.credentials = {}
      if (result.errno === '') forgetIdentity(process)
      return open('permissions are not known')
    }
    if (permissions.has(name)) process.credentials = {}
    if (name === 'prctl' && args[0]?.includes('PR_SET_CHILD_SUBREAPER')) {
      if (args[1] !== '0') process.subreaper = true
      return undefined
    }
    if (name === 'unshare' || name === 'setns') {
      // Without a type setns takes whatever the file is.
      const flags = numberOf(args[name === 'setns' ? 1 : 0]) || (name === 'setns' ? 0x38000000 : 0)
      if (result.errno === '' && (name === 'setns' || (flags & 0x10000000) !== 0)) forgetIdentity(process)
      if (result.errno === '' && (flags & 0x8000000) !== 0) census.newIpcSpace(process)
      if (result.errno === '' && (flags & 0x20000000) !== 0) process.ownPids = true
      return undefined
    }
    return undefined
  }

  const victimsOfCall = (thread: Thread, call: ForeignCall): readonly Process[] =>
    sends.has(call.name) ? [...victimsOf(census, thread, call)] : []

  /** Handlers change masks, and strace may have been asked not to show signals, or their ends. */
  const isMaskSure = ({ process, handled }: Thread): boolean =>
    shown.isCertain ||
    (handled ? shown.names.has('rt_sigreturn') : seesSignals) ||
    (!handled && ![...process.actions.values()].some(({ handler }) => handler === 'handler'))

  return {
    census,
    get time() {
      return now
    },
    enter(call) {
      if (!Number.isNaN(call.entered)) now = call.entered
      const thread = census.threadOf(call.pid, call.line, call.name)
      thread.call = call
      const { process } = thread
      const base = { thread, time: now, moves: process.moves }
      if (changers.test(call.name) || permissions.has(call.name)) process.credentials = {}
      if (ipc.enter(call, thread, now)) return
      if (makers.has(call.name)) {
        census.begin(call, thread)
        ipc.segments.enterBirth(call, process)
      } else if (call.name === 'execve' || call.name === 'execveat') ipc.segments.mayLeave(process)
      else if (mappings.has(call.name))
        ipc.segments.remap(
          process,
          numberOf(call.args[0]),
          numberOf(call.args[1]),
          !unmapping.has(call.name),
          !/MADV_(DONT|DO)FORK|^1[01]$/.test(call.args[2] ?? ''),
        )
      else if (exits.has(call.name)) {
        const status = intOf(call.args[0])
        if (call.name === 'exit_group' || process.threads.size === 1)
          process.exiting = status === undefined ? undefined : status & 0xff
        if (process.exiting !== undefined) ipc.mayEnd(process, now)
      }
      const victims = victimsOfCall(thread, call)
      for (const victim of victims) ipc.mayEnd(victim, now)
      beginsToEnd(thread, call, victims)
      if (waits.has(call.name)) entered.set(call, { ...base, wait: enterWait(thread) })
      else if (call.name === 'rt_sigaction') entered.set(call, { ...base, action: enterAction(thread, call) })
      else if (call.name === 'setpgid' || call.name === 'setsid') {
        const about = movedBy(census, thread, call)
        enterGrouping(about)
        entered.set(call, { ...base, about })
      } else if (call.name === 'getpgid' || call.name === 'getsid')
        entered.set(call, { ...base, moves: movedBy(census, thread, call)?.moves ?? process.moves })
      else entered.set(call, base)
    },
    leave({ call, result: printed, line, took }) {
      const thread = census.threads.get(call.pid)
      const result = thread === undefined ? printed : readable(thread, call, printed)
      if (thread !== undefined && printed.value !== null) hasEnded(thread, line, victimsOfCall(thread, call))
      if (took !== null && !Number.isNaN(call.entered)) now = Math.max(now, call.entered + took)
      if (thread !== undefined && ipc.leave(call, thread, result, line, took, now)) {
        actsAgain(thread, call)
        thread.call = undefined
        return true
      }
      const was = entered.get(call)
      entered.delete(call)
      if (was === undefined) return false
      if (!exits.has(call.name)) actsAgain(was.thread, call)
      was.thread.call = undefined
      const { killedLine } = was.thread.process
      const opinion = opinionOf(call, result, line, was)
      if (was.wait !== undefined) leaveWait(was.wait)
      if (call.name === 'setpgid' || call.name === 'setsid') leaveGrouping(was.about)
      if (killedLine > 0 && call.line > killedLine && printed.value !== null && !exits.has(call.name)) {
        was.thread.process.killedLine = 0
        tally.late(
          call.pid,
          line,
          call.name,
          deviates('exit.sigkill.always', `the end of the process: line ${killedLine} sends SIGKILL`),
        )
      }
      if (opinion === undefined) return false
      tally.call(call, result, line, opinion)
      return true
    },
    signal(event) {
      seesSignals = true
      const thread = census.threadOf(event.pid, event.line, '')
      tally.event(event.pid, event.line, signalWords(event), judgeSignal(census, thread, event))
      const treated = actionOf(thread.process, event.signal)
      if ((treated === undefined || treated.handler === 'default') && endsByDefault(event.signal)) {
        ipc.mayEnd(thread.process, now)
        endsOthers(thread)
      }
    },
    stopped(pid, line) {
      census.threadOf(pid, line, '').process.stops++
    },
    end({ pid, line, end }) {
      if (end.is === 'exited') shown.exits = true
      const thread = census.threads.get(pid)
      if (thread === undefined) return
      const { process, fatal, call } = thread
      thread.fatal = undefined
      if (end.is === 'superseded') takesOver(census, end.by, thread)
      if (call !== undefined) giveUp(call)
      if (call !== undefined) ipc.abandon(call, thread, line, now)
      const ended = census.end(pid, end, line, now)
      if (ended === undefined) return
      ipc.ended(ended, now)
      tally.event(pid, line, endWords(end), judgeEnd(process, end, fatal?.signal))
    },
  }

  /** A call that never returns, because its thread ended. */
  function giveUp(call: ForeignCall): void {
    const was = entered.get(call)
    entered.delete(call)
    if (was?.wait !== undefined) leaveWait(was.wait)
    if (was?.action !== undefined && !isNull(call.args[1])) was.thread.process.changingActions--
    if (was?.about !== undefined) leaveGrouping(was.about)
  }
}

const unmapping: ReadonlySet<string> = new Set(['munmap', 'mremap', 'remap_file_pages'])

/** Calls that cut mappings in pieces, or make more or less of them. */
const mappings: ReadonlySet<string> = new Set(
  'munmap mremap mprotect pkey_mprotect madvise mlock mlock2 munlock mbind remap_file_pages'.split(' '),
)

/** The thread that runs a new program was one of the process whose first thread it now is. */
function takesOver(census: Census, tid: number, first: Thread): void {
  const runs = census.threads.get(tid)
  if (runs !== undefined) census.join(runs, first.process)
}

function becomesProgram(census: Census, thread: Thread): void {
  census.becomesSingle(thread)
  const { process } = thread
  actionsOfProgram(process)
  process.credentials = {}
  process.euid = undefined
  process.egid = undefined
}

/** Whether no living process has the pid that a call returned. */
function isFreshPid(census: Census, call: ForeignCall, { value }: ForeignResult): boolean {
  if (value === null || value <= 0) return true
  const birth = census.births.get(call)
  if (birth?.child === value) return true
  const other = census.processes.get(value)
  if (!census.shown.ends) return true
  if (other !== undefined && !other.reaped && other.end === undefined && other.bornLine > 0) return false
  return (
    birth === undefined ||
    birth.child === undefined ||
    census.births.size > 1 ||
    census.threads.get(value) === undefined
  )
}
