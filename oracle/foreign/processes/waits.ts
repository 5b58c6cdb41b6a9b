import { WCONTINUED, WEXITED, WNOHANG, WNOWAIT, WUNTRACED } from '../../../model/vocabulary/names.ts'
import type { ForeignCall, ForeignResult } from '../event.ts'
import { LEFT_OUT } from '../shown.ts'
import { intOf, isNull, numberOf } from '../strace/numbers.ts'
import { SIGCHLD } from '../strace/signals.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import type { Census } from './census.ts'
import { leavesZombies, type Process, type Thread, VAGUE } from './process.ts'
import { endWords, type Reported, sameEnd, siginfoOf, statusOf } from './states.ts'

/** A wait under way: what was true of the caller when it was entered. */
export interface Wait {
  readonly thread: Thread
  /** Another thread of the process waits too, so that a report may go to either. */
  alone: boolean
  readonly waits: number
}

export function enterWait(thread: Thread): Wait {
  const { process } = thread
  const wait = { thread, alone: process.waiting === 0, waits: ++process.waits }
  process.waiting++
  return wait
}

export function leaveWait({ thread }: Wait): void {
  thread.process.waiting--
}

/** Whom a wait asks for, and for which reports. */
interface Question {
  readonly whom: 'any' | 'pid' | 'group' | 'other'
  readonly id: number
  readonly options: number
  readonly ends: boolean
  readonly stops: boolean
  readonly keeps: boolean
  readonly prefix: 'waitpid' | 'waitid'
}

/** Options that concern kinds of children. */
const KINDS = 0xe0000000

function questionOf({ name, args }: ForeignCall): Question | undefined {
  if (name === 'waitid') {
    const options = numberOf(args[3])
    const id = intOf(args[1])
    if (options === undefined) return undefined
    const type = args[0]?.replace(/\s*\/\*.*\*\//, '') ?? ''
    const whom = ({ P_ALL: 'any', 0: 'any', P_PID: 'pid', 1: 'pid', P_PGID: 'group', 2: 'group' } as const)[
      type
    ]
    // With -yy strace tells whom a file descriptor is about.
    const file = (/^(?:P_PIDFD|3)$/.test(type) && /^\d+<pid:(\d+)>$/.exec(args[1] ?? '')) || undefined
    return {
      whom: file === undefined ? (whom ?? 'other') : 'pid',
      id: file === undefined ? (id ?? 0) : Number(file[1]),
      options,
      ends: (options & WEXITED) !== 0,
      stops: (options & WUNTRACED) !== 0,
      keeps: (options & WNOWAIT) !== 0,
      prefix: 'waitid',
    }
  }
  const id = intOf(args[0])
  const options = numberOf(args[2])
  if (id === undefined || options === undefined) return undefined
  const whom = id === -1 ? 'any' : id > 0 ? 'pid' : 'group'
  return {
    ...{ whom, id: id === 0 ? 0 : Math.abs(id), options, ends: true },
    ...{ stops: (options & WUNTRACED) !== 0, keeps: false, prefix: 'waitpid' },
  }
}

/** What a wait returned, against what is known of the children. */
export function judgeWait(
  census: Census,
  wait: Wait,
  call: ForeignCall,
  result: ForeignResult,
  line: number,
  time: number,
): Opinion {
  if (result.restarts || result.value === null) return open('a signal ended the call')
  const asked = questionOf(call)
  const { process } = wait.thread
  if (process.ownPids) return open('pids of another namespace')
  if (asked === undefined) return open('arguments that are not understood')
  if (result.errno === 'ECHILD' && process.isVague) return open(VAGUE)
  if (result.errno === 'ECHILD') return judgeNoChild(census, wait, asked, call, line)
  if (result.errno === 'EINTR') return open('a signal ended the call')
  if (result.errno === 'EINVAL') return judgeInvalid(asked)
  if (result.errno !== '') return open('an error that depends on more than the trace tells')
  if (asked.prefix === 'waitpid')
    return result.value === 0
      ? judgeNothing(census, wait, asked, call)
      : judgeReport(census, process, asked, result.value, statusOf(call.args[1]), line, time)
  if (isNull(call.args[2])) return open('nothing was asked to be told')
  const told = siginfoOf(call.args[2])
  if (told !== undefined) return judgeReport(census, process, asked, told.pid, told.reported, line, time)
  return call.args[2] === '{}' || /si_pid=0\b/.test(call.args[2] ?? '')
    ? judgeNothing(census, wait, asked, call)
    : open('a report that is not understood')
}

const OPTIONS = 0x0f | WNOWAIT

function judgeInvalid({ prefix, options, whom }: Question): Opinion {
  const rest = options & ~KINDS & ~OPTIONS
  if (prefix === 'waitpid')
    return (rest | (options & (WEXITED | WNOWAIT))) === 0
      ? deviates('waitpid.options.invalid-einval', 'a child, 0, or another error: the options are known')
      : judged
  return rest === 0 && (options & (WEXITED | WUNTRACED | WCONTINUED)) !== 0 && whom === 'any'
    ? deviates('waitid.options.unknown-einval', '0 or ECHILD: the options are known')
    : judged
}

/** Children that are surely there from before the call until behind it. */
function* sureChildren(census: Census, { thread }: Wait, call: ForeignCall): Generator<Process> {
  for (const pid of thread.process.children) {
    const child = census.processes.get(pid)
    if (child === undefined || child.reaped || child.bornLine === 0 || child.bornLine >= call.line) continue
    if (child.mayBeReaped || !census.shown.ends) continue
    if (child.parent === thread.process.pid) yield child
  }
}

const isMeant = (child: Process, { whom, id }: Question, caller: Process): boolean | undefined => {
  if (whom === 'any') return true
  if (whom === 'pid') return child.pid === id
  if (whom === 'other') return undefined
  const group = id === 0 ? caller.group : id
  return child.group === undefined || group === undefined ? undefined : child.group === group
}

function judgeNoChild(
  census: Census,
  wait: Wait,
  asked: Question,
  call: ForeignCall,
  _line: number,
): Opinion {
  const { process } = wait.thread
  const rule = `${asked.prefix}.echild${asked.prefix === 'waitpid' ? '.no-children' : ''}`
  if ((asked.options & KINDS) !== 0) return open('kinds of children are told apart')
  if (!census.showsReports) return open(LEFT_OUT)
  if (!leavesZombies(process)) return open('children that end may leave no zombie')
  if (process.waiting > 1 || !wait.alone || process.waits !== wait.waits)
    return open('other threads wait as well')
  for (const child of sureChildren(census, wait, call)) {
    if (child.exitSignal !== SIGCHLD || isMeant(child, asked, process) !== true) continue
    if (child.end !== undefined && !asked.ends) continue
    return deviates(rule, `a report about ${child.pid}, or 0 with WNOHANG: it is a child of ${process.pid}`)
  }
  if (!process.complete) return open('the process may have children that the trace does not know')
  return asked.whom === 'group' && process.children.size > 0 ? open('groups are not known') : judged
}

function judgeNothing(census: Census, wait: Wait, asked: Question, call: ForeignCall): Opinion {
  const { process } = wait.thread
  if ((asked.options & WNOHANG) === 0)
    return deviates(
      `${asked.prefix === 'waitid' ? 'waitid.end.fields' : 'waitpid.none.blocks'}`,
      'a report, an error, or sleep: WNOHANG was not given',
    )
  if ((asked.options & KINDS) !== 0) return open('kinds of children are told apart')
  if (process.isVague) return open(VAGUE)
  if (!census.showsReports) return open(LEFT_OUT)
  const alone = process.waiting === 1 && wait.alone && process.waits === wait.waits
  let meant = 0
  for (const child of sureChildren(census, wait, call)) {
    const is = isMeant(child, asked, process)
    if (is === false || child.exitSignal !== SIGCHLD) continue
    meant++
    if (is !== true || !alone || !asked.ends || !leavesZombies(process)) continue
    if (child.end !== undefined && child.endLine < call.line)
      return deviates(
        asked.prefix === 'waitid' ? 'exit.zombie.until-waited' : 'waitpid.wnohang.zero-when-none-ready',
        `${child.pid}, which ${endWords(child.end)}`,
      )
  }
  if (meant > 0) return judged
  if (!process.complete || census.mayGain(process))
    return open('the process may have children that the trace does not know')
  for (const pid of process.children) {
    const child = census.processes.get(pid)
    if (child !== undefined && isMeant(child, asked, process) !== false)
      return open('a child that came meanwhile')
  }
  if (census.mayGain(process)) return open('a child that came meanwhile')
  return alone && asked.whom !== 'group' && asked.whom !== 'other' && leavesZombies(process)
    ? deviates(
        asked.prefix === 'waitid' ? 'waitid.echild' : 'waitpid.echild.no-children',
        'ECHILD: no child is left that is meant',
      )
    : open('other threads wait as well')
}

function judgeReport(
  census: Census,
  process: Process,
  asked: Question,
  pid: number,
  reported: Reported | undefined,
  line: number,
  time: number,
): Opinion {
  if (asked.whom === 'pid' && pid !== asked.id)
    return deviates(
      `${asked.prefix}.echild${asked.prefix === 'waitpid' ? '.not-a-child' : ''}`,
      `${asked.id}`,
    )
  const child = census.processes.get(pid)
  if (child === undefined) return judgeUnknown(census, process, asked, pid)
  if (child.reaped) return deviates('waitpid.each-once', `not ${pid}, which was waited for already`)
  if (child.parent !== process.pid && child.parent !== undefined) {
    const parent = census.processes.get(child.parent)
    if (
      parent !== undefined &&
      !parent.isVague &&
      parent.end === undefined &&
      census.births.size === 0 &&
      census.shown.ends
    )
      return deviates('waitpid.echild.not-a-child', `not ${pid}, which is a child of ${child.parent}`)
  }
  const isMine = child.parent === process.pid
  if (reported === undefined) {
    if (asked.keeps || asked.stops || (asked.options & WCONTINUED) !== 0) {
      child.mayBeReaped ||= !asked.keeps
      return open('no status was asked for')
    }
    census.reap(child, time)
    return isMine ? judged : open('a child that the process adopted')
  }
  if (reported.is === 'stopped')
    return asked.stops
      ? child.stops > 0
        ? judged
        : open('a stop that the trace does not show')
      : deviates('waitpid.stop.needs-wuntraced', 'the end of a child: WUNTRACED was not given')
  if (reported.is === 'continued')
    return (asked.options & WCONTINUED) === 0
      ? deviates('waitpid.continue.reported-once', 'the end of a child: WCONTINUED was not given')
      : child.stops > 0
        ? judged
        : open('a stop that the trace does not show')
  if (!asked.ends) return deviates('waitid.options.no-event-einval', 'no end: WEXITED was not given')
  const known = child.end
  if (!asked.keeps) census.reap(child, time)
  if (child.isVague) return open(VAGUE)
  if (known === undefined) {
    child.reported = { end: reported.end, line }
    census.shown.exits ??= false
    return open('the end of the child is not in the trace yet')
  }
  if (sameEnd(known, reported.end)) return isMine ? judged : open('a child that the process adopted')
  return deviates(
    known.is === 'killed' ? 'exit.signal.status' : 'exit.code.low-eight-bits',
    `${pid} ${endWords(known)}`,
  )
}

function judgeUnknown(census: Census, process: Process, asked: Question, pid: number): Opinion {
  const before = census.gone.get(pid)
  if (!census.showsChildren) return open(LEFT_OUT)
  if (
    before?.reaped &&
    before.bornLine > 0 &&
    process.complete &&
    census.complete &&
    !census.mayGain(process)
  )
    return deviates('waitpid.each-once', `not ${pid}, which was waited for already`)
  if (!census.complete || !process.complete || census.mayGain(process) || before !== undefined)
    return open('a child that the trace does not know')
  const rule = asked.prefix === 'waitid' ? 'waitid.echild' : 'waitpid.echild.not-a-child'
  return deviates(rule, `a child of ${process.pid}: ${pid} is none`)
}
