import type { ForeignEnd } from '../event.ts'
import { fieldsOf } from '../strace/arguments.ts'
import { intOf } from '../strace/numbers.ts'
import { signalOf, signalWord } from '../strace/signals.ts'

/** What a wait, or a SIGCHLD, tells about a child. */
export type Reported =
  | { readonly is: 'ended'; readonly end: ForeignEnd }
  | { readonly is: 'stopped'; readonly signal: number }
  | { readonly is: 'continued' }

/** `[{WIFEXITED(s) && WEXITSTATUS(s) == 3}]`; undefined where the trace has no status, or one that is not known. */
export function statusOf(text: string | undefined): Reported | undefined {
  if (text === undefined || !text.startsWith('[')) return undefined
  const exited = /WIFEXITED\(s\) && WEXITSTATUS\(s\) == (\d+)/.exec(text)
  if (exited !== null) return { is: 'ended', end: { is: 'exited', status: Number(exited[1]) } }
  const killed = /WIFSIGNALED\(s\) && WTERMSIG\(s\) == (\w+)/.exec(text)
  const signal = signalOf(killed?.[1])
  if (signal !== undefined)
    return { is: 'ended', end: { is: 'killed', signal, core: text.includes('WCOREDUMP') } }
  const stopped = /WIFSTOPPED\(s\) && WSTOPSIG\(s\) == (\w+)/.exec(text)
  const stop = signalOf(stopped?.[1])
  if (stop !== undefined) return { is: 'stopped', signal: stop }
  if (text.includes('WIFCONTINUED')) return { is: 'continued' }
  const raw = /^\[(0x[0-9a-f]+|\d+)\]$/.exec(text)
  return raw === null ? undefined : fromRaw(Number(raw[1]))
}

function fromRaw(status: number): Reported | undefined {
  if (status === 0xffff) return { is: 'continued' }
  const low = status & 0x7f
  const high = (status >> 8) & 0xff
  if (low === 0) return { is: 'ended', end: { is: 'exited', status: high } }
  if ((status & 0xff) === 0x7f) return { is: 'stopped', signal: high }
  return { is: 'ended', end: { is: 'killed', signal: low, core: (status & 0x80) !== 0 } }
}

const CLD_EXITED = 1
const CLD_KILLED = 2
const CLD_DUMPED = 3
const CLD_STOPPED = 5
const CLD_CONTINUED = 6

/** The same from a siginfo; `pid`: whom it is about. */
export function siginfoOf(
  text: string | Readonly<Record<string, string>> | undefined,
): { readonly pid: number; readonly reported: Reported } | undefined {
  const fields = typeof text === 'object' ? text : fieldsOf(text)
  const pid = intOf(fields.si_pid)
  const code = intOf(fields.si_code)
  if (pid === undefined || code === undefined) return undefined
  const signal = signalOf(fields.si_status)
  const status = intOf(fields.si_status)
  switch (code) {
    case CLD_EXITED:
      return status === undefined
        ? undefined
        : { pid, reported: { is: 'ended', end: { is: 'exited', status: status & 0xff } } }
    case CLD_KILLED:
    case CLD_DUMPED:
      return signal === undefined
        ? undefined
        : { pid, reported: { is: 'ended', end: { is: 'killed', signal, core: code === CLD_DUMPED } } }
    case CLD_STOPPED:
      return signal === undefined ? undefined : { pid, reported: { is: 'stopped', signal } }
    case CLD_CONTINUED:
      return { pid, reported: { is: 'continued' } }
    default:
      return undefined
  }
}

/** Whether both tell the same end; whether a core was written is left open where one of them may not say. */
export const sameEnd = (a: ForeignEnd, b: ForeignEnd): boolean =>
  a.is === 'exited'
    ? b.is === 'exited' && a.status === b.status
    : a.is === 'killed' && b.is === 'killed' && a.signal === b.signal && a.core === b.core

export const endWords = (end: ForeignEnd): string =>
  end.is === 'exited'
    ? `exited with ${end.status}`
    : end.is === 'killed'
      ? `killed by ${signalWord(end.signal)}${end.core ? ' (core dumped)' : ''}`
      : 'superseded'
