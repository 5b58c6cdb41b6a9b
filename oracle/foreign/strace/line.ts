import type { ForeignEnd } from '../event.ts'
import { endOfString, fieldsOf } from './arguments.ts'
import { signalOf } from './signals.ts'

/** One line of `strace`, as far as a line can be understood by itself. */
export type StraceLine = { readonly pid: number; readonly time: number } & (
  | {
      readonly is: 'call'
      readonly name: string
      readonly args: string
      readonly result: string
      readonly took: number | null
    }
  | { readonly is: 'unfinished'; readonly name: string; readonly args: string }
  | {
      readonly is: 'resumed'
      readonly name: string
      readonly args: string
      readonly result: string
      readonly took: number | null
    }
  | { readonly is: 'signal'; readonly signal: number; readonly info: Readonly<Record<string, string>> }
  | { readonly is: 'stopped'; readonly signal: number }
  | { readonly is: 'end'; readonly end: ForeignEnd }
  /** What strace says about itself. */
  | { readonly is: 'note' }
  | { readonly is: 'malformed'; readonly because: string }
)

/** The thread of a trace that names none. */
export const NO_PID = 0

/** Reads a line. `pid`: whose lines they are where they do not say so (one file a process). */
export function parseLine(text: string, pid = NO_PID): StraceLine {
  const start = prefix(text, pid)
  const rest = text.slice(start.at)
  const base = { pid: start.pid, time: start.time }
  if (unprintable.test(text)) return { ...base, ...malformed('bytes that strace does not write') }
  if (rest === '' || notes.some((note) => note.test(rest))) return { ...base, is: 'note' }
  if (rest.startsWith('+++ ')) return { ...base, ...endLine(rest) }
  if (rest.startsWith('--- ')) return { ...base, ...signalLine(rest) }
  if (rest.startsWith('<... ')) return { ...base, ...resumedLine(rest) }
  return { ...base, ...callLine(rest) }
}

const malformed = (because: string) => ({ is: 'malformed' as const, because })

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
const unprintable = /[\x00-\x08\x0e-\x1f]/

const notes: readonly RegExp[] = [
  /^strace: /,
  /^#/,
  /^\[ Process PID=\d+ runs in .* mode\. \]$/,
  /^ ?> /,
  // The process was gone before strace could look at it.
  /^\?\?\?\(/,
  /^<\.\.\. \?\?\? resumed>/,
  /^Process \d+ (attached|detached|suspended|resumed)/,
  // What -C counts, behind the trace.
  /^% time +seconds /,
  /^-{6} -{11} /,
  /^ *\d+\.\d\d +\d+\.\d{6} +\d+ +\d+ /,
  /^\d+\.\d{6} +\d+ +\d+ +(\d+ +)?total$/,
]

/** `[pid 12] `, `12<name> `, a time, and what -n and -i put before the call. */
function prefix(text: string, pid: number): { pid: number; time: number; at: number } {
  let at = 0
  let found = pid
  const named = /^(?:\[pid\s+(\d+)(?:<[^>]*>)?\]|(\d+)(?:<[^>]*>)?(?=\s+\S))\s+/.exec(text)
  if (named !== null && (named[1] !== undefined || !text.startsWith('.', named[2]?.length))) {
    found = Number(named[1] ?? named[2])
    at = named[0].length
  }
  let time = Number.NaN
  timePattern.lastIndex = at
  const stamp = timePattern.exec(text)
  if (stamp !== null) {
    time =
      stamp[2] === undefined
        ? Number(stamp[1])
        : Number(stamp[2]) * 3600 + Number(stamp[3]) * 60 + Number(stamp[4])
    at += stamp[0].length
  }
  bracketPattern.lastIndex = at
  const brackets = bracketPattern.exec(text)
  if (brackets !== null) at += brackets[0].length
  return { pid: found, time, at }
}

/** Whom a line names. */
export const pidOfLine = (text: string): number => prefix(text, NO_PID).pid

const timePattern = /(?:(\d+\.\d+)|(\d\d):(\d\d):(\d\d(?:\.\d+)?))\s+/y
const bracketPattern = /(?:\[\s*(?:\d+|[0-9a-f]{8,16}|\?+)\]\s+)+/y

function endLine(rest: string) {
  const exited = /^\+\+\+ exited with (-?\d+) \+\+\+$/.exec(rest)
  if (exited !== null)
    return { is: 'end' as const, end: { is: 'exited' as const, status: Number(exited[1]) } }
  const killed = /^\+\+\+ killed by (\S+)( \(core dumped\))? \+\+\+$/.exec(rest)
  const signal = signalOf(killed?.[1])
  if (killed !== null && signal !== undefined)
    return { is: 'end' as const, end: { is: 'killed' as const, signal, core: killed[2] !== undefined } }
  const superseded = /^\+\+\+ superseded by execve in pid (\d+) \+\+\+$/.exec(rest)
  if (superseded !== null)
    return { is: 'end' as const, end: { is: 'superseded' as const, by: Number(superseded[1]) } }
  return malformed('an end of a process that is not known')
}

function signalLine(rest: string) {
  const stopped = /^--- stopped by (\S+) ---$/.exec(rest)
  const stop = signalOf(stopped?.[1])
  if (stop !== undefined) return { is: 'stopped' as const, signal: stop }
  const sent = /^--- (\S+)(?: \(.*\))? (?:(\{.*\}) )?---$/.exec(rest)
  const signal = signalOf(sent?.[1])
  if (sent === null || signal === undefined) return malformed('a signal that is not known')
  return { is: 'signal' as const, signal, info: fieldsOf(sent[2]) }
}

function resumedLine(rest: string) {
  const name = /^<\.\.\. (\w+) resumed> ?/.exec(rest)
  if (name === null) return malformed('a call that goes on without a name')
  const tail = tailOf(rest, name[0].length)
  if (tail === undefined) return malformed('a call that goes on, and no result')
  return { is: 'resumed' as const, name: name[1] as string, ...tail }
}

/** strace knows the thread that runs a new program by another pid from there on. */
const unfinishedPattern = /<(?:unfinished|pid changed to \d+) \.\.\.>\s*$/

function callLine(rest: string) {
  const open = rest.indexOf('(')
  const name = rest.slice(0, Math.max(open, 0))
  if (!/^\w+$/.test(name)) return malformed('neither a call nor a signal nor an end')
  const unfinished = unfinishedPattern.exec(rest)
  if (unfinished !== null)
    return { is: 'unfinished' as const, name, args: rest.slice(open + 1, unfinished.index) }
  const tail = tailOf(rest, open + 1)
  if (tail === undefined) return malformed('a call without a result')
  return { is: 'call' as const, name, ...tail }
}

/** What stands behind the opening bracket of a call: its arguments, its result, and how long it took. */
function tailOf(text: string, from: number) {
  const close = closingBracket(text, from)
  if (close < 0) return undefined
  const after = /^\)\s*= /.exec(text.slice(close, close + 80))
  if (after === null) return undefined
  let result = text.slice(close + after[0].length).trimEnd()
  let took: number | null = null
  const time = / <(\d+\.\d+|unavailable)>$/.exec(result)
  if (time !== null) {
    took = time[1] === 'unavailable' ? null : Number(time[1])
    result = result.slice(0, -time[0].length)
  } else if (result.endsWith(' <unavailable>')) result = result.slice(0, -14)
  return { args: text.slice(from, close), result, took }
}

/** The bracket that closes the call whose arguments begin at `from`; -1 if there is none. */
function closingBracket(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34:
        at = endOfString(text, at)
        if (at < 0) return -1
        break
      case 47:
        if (text.charCodeAt(at + 1) === 42) {
          const end = text.indexOf('*/', at)
          if (end < 0) return -1
          at = end + 1
        }
        break
      case 40:
      case 91:
      case 123:
        depth++
        break
      case 41:
      case 93:
      case 125:
        if (depth === 0) return text.charCodeAt(at) === 41 ? at : -1
        depth--
    }
  }
  return -1
}
