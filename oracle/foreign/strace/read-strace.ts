import type { ForeignCall, ForeignEvent, ForeignResult } from '../event.ts'
import { splitArguments } from './arguments.ts'
import { NO_PID, parseLine, type StraceLine } from './line.ts'
import { whoseLines } from './whose.ts'

/** A line that is not understood. */
export interface MalformedLine {
  readonly line: number
  readonly because: string
  readonly text: string
}

/** Reads a trace a line at a time: what a line tells happened is told to `tell`. */
export interface StraceReader {
  feed(text: string, pid?: number): void
  /** The trace ends here. */
  finish(): void
  readonly lines: number
  /** How many lines were not understood, and the first of them. */
  readonly malformed: { readonly count: number; readonly first: readonly MalformedLine[] }
}

const FIRST_MALFORMED = 10

/** Lines of one call that was interrupted by those of others are joined. Memory: the calls that are under way. */
export function straceReader(tell: (event: ForeignEvent) => void): StraceReader {
  const open = new Map<number, { call: ForeignCall; text: string }>()
  const first: MalformedLine[] = []
  let count = 0
  let lines = 0
  /** The line that is read; it may have waited. */
  let at = 0

  const bad = (text: string, because: string) => {
    count++
    if (mayTell.test(text)) tell({ is: 'lost' })
    if (first.length < FIRST_MALFORMED) first.push({ line: at, because, text: text.slice(0, 200) })
  }

  const enter = (line: StraceLine & { name: string }, args: readonly string[]): ForeignCall => {
    const call = { pid: line.pid, name: line.name, args, line: at, entered: line.time }
    tell({ is: 'enters', call })
    return call
  }

  const leave = (call: ForeignCall, resultText: string, took: number | null, text: string) => {
    const result = resultOf(resultText)
    if (result === undefined) bad(text, 'a result that is not understood')
    else tell({ is: 'returns', call, result, line: at, took })
  }

  /** A thread that runs a new program goes on under the pid of its process. */
  const hand = (from: number, to: number) => {
    const begun = open.get(from)
    if (begun === undefined || !programs.has(begun.call.name)) return
    open.delete(from)
    open.set(to, begun)
  }

  /** The same where strace was asked not to tell who was superseded: only one thread can be meant. */
  const handOnly = ({ pid, name }: StraceLine & { name: string }) => {
    if (open.get(pid)?.call.name === name) return
    const able = [...open].filter(([, { call }]) => call.name === name)
    const [only] = able
    if (only !== undefined && able.length === 1) hand(only[0], pid)
  }

  const read = (text: string, pid: number) => {
    const line = parseLine(text, pid)
    switch (line.is) {
      case 'note':
        return
      case 'malformed':
        return bad(text, line.because)
      case 'signal':
        return tell({ is: 'signal', pid: line.pid, line: at, signal: line.signal, info: line.info })
      case 'stopped':
        return tell({ is: 'stopped', pid: line.pid, line: at, signal: line.signal })
      case 'end':
        open.delete(line.pid)
        if (line.end.is === 'superseded') hand(line.end.by, line.pid)
        return tell({ is: 'ends', pid: line.pid, line: at, end: line.end })
      case 'call': {
        const args = splitArguments(line.args)
        if (args === undefined) return bad(text, 'arguments whose brackets do not match')
        return leave(enter(line, args), line.result, line.took, text)
      }
      case 'unfinished': {
        const args = splitArguments(line.args.replace(/,\s*$/, ''))
        if (args === undefined) return bad(text, 'arguments whose brackets do not match')
        open.set(line.pid, { call: enter(line, args), text: line.args })
        return
      }
      case 'resumed': {
        if (programs.has(line.name)) handOnly(line)
        const begun = open.get(line.pid)
        open.delete(line.pid)
        if (begun === undefined || begun.call.name !== line.name)
          return bad(text, `${line.name} goes on that was not begun`)
        const args = splitArguments(begun.text + line.args)
        if (args === undefined) return bad(text, 'arguments whose brackets do not match')
        begun.call.args = args
        return leave(begun.call, line.result, line.took, text)
      }
    }
  }

  const whose = whoseLines((text, pid, line, unfollowed) => {
    at = line
    if (unfollowed) tell({ is: 'unfollowed' })
    read(text, pid)
  })

  return {
    get lines() {
      return lines
    },
    get malformed() {
      return { count, first }
    },
    feed(text, pid = NO_PID) {
      whose.see(text, pid, ++lines)
    },
    finish: whose.finish,
  }
}

const programs: ReadonlySet<string> = new Set(['execve', 'execveat'])
const restarting = /^ERESTART/
/** A line that has none of these tells of no call and of no end: it is what a program printed meanwhile. */
const mayTell = /^\[?pid|^\s*\d|[()=]|resumed|\+\+\+|---/

const ERROR_MAX = 4095
const errorNumber = (text: string) => Number(/ \(errno (\d+)\)/.exec(text)?.[1] ?? 0)

/** `0`, `-1 EINVAL (Invalid argument)`, `?`, `? ERESTARTSYS (…)`, `0x7f…`, `3<pipe:[1]>`, `0 (Timeout)`. */
function resultOf(text: string): ForeignResult | undefined {
  const found =
    /^(\?|-?(?:0x[0-9a-f]+|\d+))(?:<.*>)?(?: (E[A-Z0-9_]+|ERESTART_RESTARTBLOCK)(?: \(.*\))?)?(?: \(.*\))?(?: \/\*.*\*\/)?$/.exec(
      text,
    )
  if (found === null) return undefined
  const [, value = '', errno = ''] = found
  // What strace reads where the thread was ended meanwhile: no call fails so.
  if (errorNumber(text) > ERROR_MAX) return { value: null, text: '?', errno: '', restarts: false }
  return {
    value: value === '?' ? null : Number(value),
    text: value,
    errno,
    restarts: restarting.test(errno),
  }
}
