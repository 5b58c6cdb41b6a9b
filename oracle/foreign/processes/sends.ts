import type { ForeignCall, ForeignResult } from '../event.ts'
import { intOf } from '../strace/numbers.ts'
import { SIGCHLD, SIGKILL, signalOf } from '../strace/signals.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import type { Census } from './census.ts'
import type { Process, Thread } from './process.ts'

const SIGNALS = 64
/** A pid that was given away again before so many seconds have passed would need all pids to go round. */
const REUSE_SECONDS = 1

/** kill, tkill, tgkill: whom they may reach, and what they came to. */
export function judgeSend(
  census: Census,
  sender: Thread,
  call: ForeignCall,
  result: ForeignResult,
  line: number,
  time: number,
): Opinion {
  if (result.value === null || result.restarts) return open('a signal ended the call')
  if (sender.process.ownPids) return open('pids of another namespace')
  const { args, name } = call
  const numbers = args.map(intOf)
  const signalText = args[name === 'tgkill' ? 2 : 1]
  const signal = signalText === '0' ? 0 : (signalOf(signalText) ?? intOf(signalText))
  const [first] = numbers
  if (first === undefined || signal === undefined) return open('arguments that are not understood')
  if (signal < 0 || signal > SIGNALS) {
    if (result.errno === 'EINVAL') return judged
    // Linux looks for a receiver first (kernel/signal.c, kill_something_info, do_send_specific).
    const isNobody = result.errno === 'ESRCH' && first !== 0
    const opinion = isNobody ? reached(census, sender, call, signal, result, line, time) : undefined
    return opinion === undefined || opinion.is === 'deviates'
      ? deviates('kill.signal.einval', '-1 EINVAL')
      : opinion
  }
  if (result.errno === 'EINVAL')
    return name === 'kill' || numbers.every((number) => (number ?? 0) > 0)
      ? deviates('kill.signal.einval', `0, ESRCH or EPERM: ${signalText} is a signal`)
      : judged
  return reached(census, sender, call, signal, result, line, time)
}

/** Whether the processes or threads that a call is about are there. */
function reached(
  census: Census,
  sender: Thread,
  call: ForeignCall,
  signal: number,
  result: ForeignResult,
  line: number,
  time: number,
): Opinion {
  const numbers = call.args.map(intOf)
  const first = numbers[0] as number
  if (call.name !== 'kill') return judgeThread(census, sender, numbers, call.name, result)
  if (first > 0) return judgeOne(census, sender, first, signal, call, result, line, time)
  if (first === 0 && result.errno === 'ESRCH')
    return deviates('kill.nobody.esrch', '0: the caller is a member of its own group')
  if (first === 0 && result.errno === '') return judged
  if (first < -1) return judgeGroup(census, sender.process, -first, call, result)
  return open('who is reached is not known')
}

function judgeThread(
  census: Census,
  sender: Thread,
  numbers: readonly (number | undefined)[],
  name: string,
  result: ForeignResult,
): Opinion {
  const tid = numbers[name === 'tgkill' ? 1 : 0]
  const group = name === 'tgkill' ? numbers[0] : undefined
  const target = tid === undefined ? undefined : census.threads.get(tid)
  if (target === undefined) return open('who is reached is not known')
  const isThere = group === undefined || group === target.process.pid
  const isSure = isThere && (tid === sender.tid || target.call !== undefined)
  if (isSure && result.errno === 'ESRCH') return deviates('kill.nobody.esrch', `0: thread ${tid} is there`)
  if (!isThere && result.errno === '') return deviates('kill.nobody.esrch', '-1 ESRCH')
  return result.errno === '' && isSure ? judged : open('who is reached is not known')
}

/** Whether the process surely is there, as a zombie at least, while the call is made. */
function isSurelyThere(census: Census, process: Process, call: ForeignCall, sender: Process): boolean {
  if (process.reaped || process.mayBeReaped || process.bornLine >= call.line) return false
  if (!census.shown.ends || census.processes.get(process.pid) !== process) return false
  if (process.end !== undefined) return staysZombie(process, sender)
  return process.threads.size > 0
}

/** Whether only the sender could wait for the process that ended. */
const staysZombie = (process: Process, sender: Process) =>
  process.parent === sender.pid &&
  process.exitSignal === SIGCHLD &&
  sender.threads.size === 1 &&
  !sender.isVague

function judgeOne(
  census: Census,
  sender: Thread,
  pid: number,
  signal: number,
  call: ForeignCall,
  result: ForeignResult,
  line: number,
  time: number,
): Opinion {
  const target = census.processes.get(pid)
  if (result.errno === '') {
    if (target === undefined) return judgeGone(census, pid, call, time)
    if (signal === SIGKILL && target !== sender.process && target.killedLine === 0) target.killedLine = line
    return isSurelyThere(census, target, call, sender.process)
      ? judged
      : open('whether the process is gone is not sure')
  }
  if (target === undefined)
    return result.errno === 'ESRCH' && census.gone.get(pid)?.reaped
      ? judged
      : open('who is reached is not known')
  if (result.errno === 'ESRCH')
    return isSurelyThere(census, target, call, sender.process)
      ? deviates('kill.nobody.esrch', `0: process ${pid} is there`)
      : open('whether the process is gone is not sure')
  if (result.errno === 'EPERM' && target === sender.process)
    return deviates('kill.permission.eperm', '0: a process may send signals to itself')
  return open('permissions are not known')
}

function judgeGone(census: Census, pid: number, call: ForeignCall, time: number): Opinion {
  const before = census.gone.get(pid)
  const isRecent = before?.reaped === true && time - before.reapedTime < REUSE_SECONDS
  return isRecent && before.end !== undefined && before.endLine < call.line && census.births.size === 0
    ? deviates('reaped.kill.esrch', `-1 ESRCH: ${pid} was waited for`)
    : open('who is reached is not known')
}

function judgeGroup(
  census: Census,
  sender: Process,
  group: number,
  call: ForeignCall,
  result: ForeignResult,
): Opinion {
  for (const process of census.processes.values())
    if (process.group === group && isSurelyThere(census, process, call, sender))
      return result.errno === 'ESRCH'
        ? deviates('kill.nobody.esrch', `0: process ${process.pid} is a member of group ${group}`)
        : result.errno === ''
          ? judged
          : open('permissions are not known')
  return open('groups are not known')
}

/** Whom a SIGKILL may end. */
export function* victimsOf(census: Census, sender: Thread, { name, args }: ForeignCall): Generator<Process> {
  const signal = signalOf(args[name === 'tgkill' ? 2 : 1])
  const pid = intOf(args[0])
  if (signal !== SIGKILL || pid === undefined) return
  if (pid > 0) {
    const process = census.processes.get(pid) ?? census.threads.get(pid)?.process
    if (process !== undefined) yield process
    return
  }
  for (const process of census.processes.values()) {
    const isMember = pid === 0 ? process.group === sender.process.group : process.group === -pid
    if (pid === -1 || process.group === undefined || isMember) yield process
  }
}
