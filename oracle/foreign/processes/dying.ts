import type { ForeignCall, ForeignResult } from '../event.ts'
import type { Process, Thread } from './process.ts'

/** Stands for a process outside: all threads are ended. */
const OUTSIDE = 0

const enders: ReadonlySet<string> = new Set(['exit_group', 'execve', 'execveat'])

/** A call begins: it may end other threads, those of its process or those that it kills. */
export function beginsToEnd(thread: Thread, call: ForeignCall, victims: Iterable<Process>): void {
  const { process, tid } = thread
  if (enders.has(call.name)) endsOthers(thread)
  else if (process.endedBy === tid) process.endedBy = undefined
  for (const victim of victims)
    if (victim === process) endsOthers(thread)
    else {
      victim.endedBy ??= OUTSIDE
      victim.endedLine = Number.POSITIVE_INFINITY
    }
}

/** The thread ends its whole process. */
export function endsOthers({ process, tid }: Thread): void {
  process.endedBy ??= tid
  process.endedLine = Number.POSITIVE_INFINITY
}

/** The call is back: its caller lives, and what is called from here on is called by who lives. */
export function hasEnded({ process, tid }: Thread, line: number, victims: Iterable<Process>): void {
  if (process.endedBy === tid) process.endedBy = undefined
  for (const victim of victims) victim.endedLine = line
}

/**
 * What a call came to, as far as strace can know it. A thread that is ended while strace holds it goes on before strace has read what its call
 * returned, and strace prints what it read of another thread instead: the kernel says that it is in no call, and leaves the rest of the answer as it was
 * (Linux kernel/ptrace.c, ptrace_get_syscall_info; strace syscall.c, ptrace_get_syscall_info).
 */
export function readable(thread: Thread, call: ForeignCall, result: ForeignResult): ForeignResult {
  const { endedBy, endedLine } = thread.process
  const isEnded =
    endedBy !== undefined && endedBy !== thread.tid && call.line < endedLine && !enders.has(call.name)
  return isEnded ? { value: null, text: '?', errno: '', restarts: false } : result
}
