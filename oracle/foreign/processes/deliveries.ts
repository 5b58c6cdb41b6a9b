import type { ForeignEvent } from '../event.ts'
import { LEFT_OUT } from '../shown.ts'
import { endsByDefault, SIGCHLD, SIGKILL, signalWord } from '../strace/signals.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import { handlerBegins } from './actions.ts'
import type { Census } from './census.ts'
import { actionOf, type Process, type Thread, VAGUE } from './process.ts'
import { endWords, sameEnd, siginfoOf } from './states.ts'

/** A signal was delivered: what it does to the thread, and whether it may have come. */
export function judgeSignal(
  census: Census,
  thread: Thread,
  { signal, info, line }: Extract<ForeignEvent, { is: 'signal' }>,
): Opinion {
  const { process } = thread
  const action = actionOf(process, signal)
  if (signal === 19 || signal === 20 || signal === 21 || signal === 22) process.stops++
  if (action === undefined || process.isVague) thread.mask = undefined
  else if (action.handler === 'handler') {
    if ((action.flags & 0x80000000) !== 0) {
      process.actions = new Map([...process.actions].filter(([number]) => number !== signal))
      process.inherited = undefined
    }
    handlerBegins(thread)
  } else if (
    action.handler === 'default' &&
    endsByDefault(signal) &&
    process.changingActions === 0 &&
    process.threads.size === 1 &&
    !process.isVague &&
    !process.ownPids
  )
    thread.fatal = { signal, line }
  return signal === SIGCHLD
    ? judgeChildSignal(census, process, info)
    : open('who sent it may be out of the trace')
}

function judgeChildSignal(census: Census, process: Process, info: Readonly<Record<string, string>>): Opinion {
  const told = siginfoOf(info)
  if (!census.showsChildren) return open(LEFT_OUT)
  if (told === undefined || process.ownPids) return open('who sent it may be out of the trace')
  const child = census.processes.get(told.pid) ?? census.gone.get(told.pid)
  if (child === undefined)
    return census.complete && process.complete && !census.mayGain(process)
      ? deviates('sigchld.end.sent', `a child of ${process.pid}: ${told.pid} is none`)
      : open('a child that the trace does not know')
  if (told.reported.is !== 'ended')
    return child.stops > 0 ? judged : open('a stop that the trace does not show')
  if (child.endTold === process.pid)
    return deviates('sigchld.end.sent', `not ${told.pid} again: its end was told before`)
  child.endTold = process.pid
  if (child.end === undefined) {
    census.shown.exits ??= false
    return open('the end of the child is not in the trace yet')
  }
  return sameEnd(child.end, told.reported.end)
    ? judged
    : deviates('sigchld.end.sent', `${told.pid} ${endWords(child.end)}`)
}

/** A process ended: whether it may have ended so. `fatal`: a signal that ends it was delivered. */
export function judgeEnd(
  process: Process,
  end: NonNullable<Process['end']>,
  fatal: number | undefined,
): Opinion {
  const { exiting, reported, killedLine } = process
  if (process.isVague) return open(VAGUE)
  if (reported !== undefined && !sameEnd(reported.end, end))
    return deviates(
      end.is === 'killed' ? 'exit.signal.status' : 'exit.code.low-eight-bits',
      `${endWords(reported.end)}, as line ${reported.line} reports`,
    )
  if (end.is === 'exited') {
    if (exiting !== undefined)
      return exiting === end.status ? judged : deviates('exit.code.low-eight-bits', `exited with ${exiting}`)
    if (fatal !== undefined) return deviates('signal.default.ends', `killed by ${signalWord(fatal)}`)
    return open('why the process ended is not in the trace')
  }
  if (end.is === 'killed' && end.signal === SIGKILL)
    return killedLine > 0 ? judged : open('who sent it may be out of the trace')
  if (end.is === 'killed' && fatal !== undefined)
    return end.signal === fatal ? judged : deviates('exit.signal.status', `killed by ${signalWord(fatal)}`)
  return reported === undefined ? open('why the process ended is not in the trace') : judged
}

export const signalWords = ({ signal, info }: Extract<ForeignEvent, { is: 'signal' }>) =>
  `${signalWord(signal)} {${Object.entries(info)
    .map(([field, value]) => `${field}=${value}`)
    .join(', ')}}`
