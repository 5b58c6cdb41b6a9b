import { anything, type Expected, pidOf, type Result, untouched } from '../expected.ts'
import { choose, type Moment, note } from '../moment.ts'
import type { Clause } from '../rule.ts'
import { BAD_LOCATION, type Errno, NO_LOCATION } from '../vocabulary/names.ts'
import { identityOf } from '../world.ts'
import { ending, interruption, waitid as waitidClauses, waiting } from './clauses/index.ts'
import { lifecycleOf } from './lifecycle.ts'
import { SIGCHLD, SIGCONT } from './signals.ts'
import type { Ending, Report, WaitCall } from './state.ts'
import { usageReported } from './usage.ts'

type Out = Readonly<Record<string, Expected>>

const CLD_EXITED = 1
const CLD_KILLED = 2
const CLD_DUMPED = 3
const CLD_STOPPED = 5
const CLD_CONTINUED = 6

/** The integer that the status macros take apart. */
export function statusWord(report: Report): number {
  switch (report.is) {
    case 'exited':
      return (report.code & 0xff) << 8
    case 'killed':
      return report.signal | (report.core ? 0x80 : 0)
    case 'stopped':
      return (report.signal << 8) | 0x7f
    case 'continued':
      return 0xffff
    case 'none':
      return 0
  }
}

/** si_code for a child. */
export function childCode(report: Report): number {
  switch (report.is) {
    case 'exited':
      return CLD_EXITED
    case 'killed':
      return report.core ? CLD_DUMPED : CLD_KILLED
    case 'stopped':
      return CLD_STOPPED
    case 'continued':
      return CLD_CONTINUED
    case 'none':
      return 0
  }
}

/** si_status for a child. */
export function childStatus(moment: Moment, report: Report): number {
  switch (report.is) {
    case 'exited':
      return exitValue(moment, report)
    case 'killed':
    case 'stopped':
      return report.signal
    case 'continued':
      return SIGCONT
    case 'none':
      return 0
  }
}

function exitValue(moment: Moment, { code }: Extract<Ending, { is: 'exited' }>): number {
  const low = code & 0xff
  if (low === code) return code
  note(moment, ending.fullInSiginfo)
  return choose(moment, ending.fullInSiginfo, 2) === 0 ? low : code
}

/** What a wait returns that reports a child. */
export function reportResult(moment: Moment, call: WaitCall, child: string, report: Report): Result {
  const told = usageTold(moment, call, child)
  if (call.location === BAD_LOCATION) return badLocation(moment, call, call.name === 'waitid' ? told : null)
  const isNull = call.location === NO_LOCATION
  if (isNull) note(moment, call.name === 'waitid' ? waitidClauses.infoNull : waiting.statusNull)
  if (call.name === 'waitid') {
    const out = isNull ? untouchedInfo : infoOf(moment, child, report)
    return { value: 0, errno: 'none', out: { ...out, ...told } }
  }
  const status = isNull ? untouched : statusWord(report)
  return { value: pidOf(child), errno: 'none', out: { status, ...told } }
}

/** What a wait with WNOHANG returns that has nothing to report. */
export function nothingResult(moment: Moment, call: WaitCall): Result {
  if (call.name === 'waitid') {
    if (isRefused(moment, call)) return badLocation(moment, call)
    return { value: 0, errno: 'none', out: nothingInfo(moment, call) }
  }
  if (call.location === BAD_LOCATION) note(moment, waiting.badNothingReady)
  if (call.name === 'wait4') note(moment, waiting.usageUntouched)
  const isOpen = choose(moment, waiting.wnohangZero, 2) === 1
  const status = isOpen && call.location === 0 ? anything : untouched
  return { value: 0, errno: 'none', out: withUsage(call, { status }, isOpen ? anything : 0) }
}

/** What a wait returns that fails. */
export function failure(moment: Moment, call: WaitCall, errno: Errno): Result {
  if (call.name !== 'waitid') return { value: -1, errno, out: null }
  if (isRefused(moment, call)) return badLocation(moment, call)
  return {
    value: -1,
    errno,
    out: call.location === 0 ? failedInfo(moment, waitidClauses.errorCleared) : null,
  }
}

/** What a wait returns that a handler interrupted: what it leaves behind is not specified. */
export function interruptedResult(moment: Moment, call: WaitCall): Result {
  if (call.name === 'waitid') {
    if (isRefused(moment, call)) return badLocation(moment, call)
    const out = call.location === 0 ? failedInfo(moment, interruption.waitidClears) : null
    return { value: -1, errno: 'EINTR', out }
  }
  const isOpen = choose(moment, interruption.eintr, 2) === 1
  const status = call.location === 0 ? anything : untouched
  return { value: -1, errno: 'EINTR', out: isOpen ? withUsage(call, { status }, anything) : null }
}

/** What a wait returns that cannot store what it has to say. */
function badLocation(moment: Moment, call: WaitCall, out: Out | null = null): Result {
  note(moment, call.name === 'waitid' ? waitidClauses.badInfo : waiting.badStatus)
  return { value: -1, errno: 'EFAULT', out }
}

/** On Linux waitid stores something in any case, and so complains of a bad location whatever became of it. */
const isRefused = (moment: Moment, call: WaitCall): boolean =>
  call.location === BAD_LOCATION && choose(moment, waitidClauses.badInfo, 2) === 0

/** What a wait that reports a child tells of its usage, where that is asked for. */
function usageTold(moment: Moment, call: WaitCall, child: string): Out | null {
  const isAsked = call.name === 'wait4' || (call.name === 'waitid' && call.usage === 1)
  return isAsked ? { usage: 1, ...usageReported(moment, call, lifecycleOf(moment.world, child)) } : null
}

const withUsage = (call: WaitCall, out: Out, usage: Expected): Out =>
  call.name === 'wait4' ? { ...out, usage } : out

const info = (
  signo: Expected,
  errno: Expected,
  code: Expected,
  status: Expected,
  pid: Expected,
  uid: Expected,
): Out => ({ signo, errno, code, status, pid, uid })

const infoOf = (moment: Moment, child: string, report: Report): Out =>
  info(
    SIGCHLD,
    0,
    childCode(report),
    childStatus(moment, report),
    pidOf(child),
    identityOf(moment.world, child).ruid,
  )

const clearedInfo = info(0, 0, 0, 0, 0, 0)
const untouchedInfo = info(untouched, untouched, untouched, untouched, untouched, untouched)
const anyInfo = info(anything, anything, anything, anything, anything, anything)

function nothingInfo(moment: Moment, call: WaitCall): Out {
  if (call.location !== 0) return untouchedInfo
  note(moment, waitidClauses.wnohangCleared)
  return choose(moment, waitidClauses.wnohangCleared, 2) === 0
    ? clearedInfo
    : info(0, anything, anything, anything, 0, anything)
}

function failedInfo(moment: Moment, why: Clause): Out | null {
  note(moment, why)
  return [clearedInfo, anyInfo][choose(moment, why, 3)] ?? null
}
