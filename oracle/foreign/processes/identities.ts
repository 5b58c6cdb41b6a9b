import type { ForeignCall, ForeignResult } from '../event.ts'
import { intOf } from '../strace/numbers.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import type { Census } from './census.ts'
import { type Process, type Thread, VAGUE } from './process.ts'

/** The calls that only tell who the caller is. */
export function judgeIdentity(
  census: Census,
  thread: Thread,
  { name, args }: ForeignCall,
  result: ForeignResult,
  moves: number,
): Opinion {
  const { process } = thread
  const { value } = result
  if (value === null) return open('a signal ended the call')
  if (process.ownPids && !name.includes('uid') && !name.includes('gid'))
    return open('pids of another namespace')
  switch (name) {
    case 'getpid':
      if (process.isVague) {
        census.named(thread, value)
        return open(VAGUE)
      }
      return isOwn(census, process, value, process.pid)
    case 'gettid':
    case 'set_tid_address':
      return isOwn(census, process, value, thread.tid)
    case 'getppid':
      return judgeParent(census, process, value)
    case 'getpgrp':
      return judgeGroup(process, value, moves)
    case 'getuid':
      return learn(process, 'uid', value, 'exec.identity.kept')
    case 'geteuid':
      return learn(process, 'euid', value, 'exec.identity.kept')
    case 'getgid':
      return learn(process, 'gid', value, 'exec.identity.kept')
    case 'getegid':
      return learn(process, 'egid', value, 'exec.identity.kept')
    case 'getpgid':
    case 'getsid': {
      const pid = intOf(args[0])
      const about = pid === 0 ? process : census.processes.get(pid ?? -1)
      if (about === undefined || about.reaped) return open('who is meant is not known')
      const isSure = about === process || (about.end === undefined && about.parent === process.pid)
      if (!isSure) return open('another process may change it meanwhile')
      if (result.errno === 'ESRCH') return deviates('getpgid.no-process.esrch', `the group of ${about.pid}`)
      if (result.errno !== '') return open('an error that depends on more than the trace tells')
      if (about.moves !== moves) return open('another process moves it meanwhile')
      if (about.isVague) return open(VAGUE)
      return name === 'getsid'
        ? learn(about, 'session', value, 'getpgid.tells')
        : judgeGroup(about, value, moves)
    }
    default:
      return open('not judged yet')
  }
}

/** A parent may move its child at any time. */
function judgeGroup(process: Process, value: number, moves: number): Opinion {
  if (process.isVague) return open(VAGUE)
  if (process.moving > 0 || process.moves !== moves) return open('another process moves it meanwhile')
  return learn(process, 'group', value, 'getpgid.tells')
}

const is = (value: number, expected: number, rule: string): Opinion =>
  value === expected ? judged : deviates(rule, String(expected))

/** Who was there before the trace, and its children, may tell the pids of another namespace. */
function isOwn(census: Census, process: Process, value: number, expected: number): Opinion {
  if (value === expected || census.begins) return is(value, expected, 'fork.returns-twice')
  process.ownPids = true
  return open('pids of another namespace')
}

function judgeParent(census: Census, process: Process, value: number): Opinion {
  if (process.parent === undefined) return open('the parent is not in the trace')
  const parent = census.processes.get(process.parent)
  if (
    parent === undefined ||
    parent.end !== undefined ||
    parent.isVague ||
    !census.begins ||
    parent.exiting !== undefined ||
    parent.killedLine > 0
  )
    return value === process.parent ? judged : open('the parent may have ended')
  return process.bornLine === 0 && value !== process.parent
    ? open('whose child it is is not sure yet')
    : is(value, process.parent, 'getppid.tells')
}

function learn(
  process: Process,
  fact: 'group' | 'session' | 'uid' | 'euid' | 'gid' | 'egid',
  value: number,
  rule: string,
): Opinion {
  if (process.threads.size > 1) return open('several threads may change it one by one')
  const known = process[fact]
  process[fact] = value
  if (known === undefined) return open('the identity was not known yet')
  return is(value, known, rule)
}

/** Whom a call of setpgid, setsid or one that asks for a group or session is about. */
export function movedBy(
  census: Census,
  { process }: Thread,
  { name, args }: ForeignCall,
): Process | undefined {
  const pid = name === 'setsid' ? 0 : intOf(args[0])
  return pid === 0 || pid === process.pid ? process : census.processes.get(pid ?? -1)
}

export function enterGrouping(about: Process | undefined): void {
  if (about === undefined) return
  about.moving++
  about.moves++
}

export function leaveGrouping(about: Process | undefined): void {
  if (about === undefined) return
  about.moving--
  about.moves++
  if (about.moving > 0) about.group = undefined
}

/** A call that changes who the caller is: what was known of it is forgotten. */
export function forgetIdentity(process: Process): void {
  process.becameOther = true
  process.uid = process.euid = process.gid = process.egid = undefined
}

/** setpgid and setsid: what they change, and whether they must have succeeded. */
export function judgeGrouping(
  census: Census,
  thread: Thread,
  { name, args }: ForeignCall,
  result: ForeignResult,
): Opinion {
  const { process } = thread
  if (process.ownPids) return open('pids of another namespace')
  if (process.isVague) {
    process.group = process.session = undefined
    return open(VAGUE)
  }
  if (name === 'setsid') return judgeSession(process, result)
  const [pid, group] = [intOf(args[0]), intOf(args[1])]
  if (pid === undefined || group === undefined) return open('arguments that are not understood')
  const isNegative = group < 0 || (group === 0 && pid < 0)
  const about = pid === 0 || pid === process.pid ? process : census.processes.get(pid)
  if (result.errno === '') {
    if (result.value !== 0) return deviates('setpgid.moves', '0')
    if (isNegative) return deviates('setpgid.group.einval', '-1 EINVAL')
    if (about === undefined) return open('who is meant is not known')
    about.group = group === 0 ? about.pid : group
    if (
      about !== process &&
      about.parent !== undefined &&
      about.parent !== process.pid &&
      census.births.size === 0
    )
      return deviates('setpgid.stranger.esrch', '-1 ESRCH: neither the caller nor a child')
    return about.session === about.pid
      ? deviates('setpgid.session-leader.eperm', '-1 EPERM: a session leader')
      : judged
  }
  if (result.errno === 'ESRCH' && about === process) return deviates('setpgid.stranger.esrch', '0')
  if (result.errno === 'EINVAL' && !isNegative) return deviates('setpgid.group.einval', '0')
  if (result.errno === 'EACCES' && about === process) return deviates('exec.setpgid-by-parent.eacces', '0')
  return open('an error that depends on more than the trace tells')
}

function judgeSession(process: Process, result: ForeignResult): Opinion {
  if (result.errno === 'EPERM')
    return process.group !== undefined && process.group !== process.pid
      ? open('a group may have the number of the caller')
      : process.group === undefined
        ? open('the group is not known')
        : judged
  if (result.errno !== '') return open('an error that depends on more than the trace tells')
  const wasLeader = process.group === process.pid
  process.group = process.pid
  process.session = process.pid
  if (result.value !== process.pid) return deviates('setsid.makes-session', String(process.pid))
  return wasLeader ? deviates('setsid.group-leader.eperm', '-1 EPERM') : judged
}
