import { NO_PID, pidOfLine } from './line.ts'

/** `unfollowed`: the line makes a process or thread whose calls the trace does not show. */
type Take = (text: string, pid: number, line: number, unfollowed: boolean) => void

/** Says whose lines are that name nobody. */
export interface Whose {
  see(text: string, pid: number, line: number): void
  /** The trace ends here. */
  finish(): void
}

/** So many lines wait for somebody to tell who the first process is. */
const HELD_MAX = 2000

const attached = /^(.*)strace: Process (\d+) attached\s*$/
/** What the first process says of itself, in a line without a pid. */
const tells = /\b(?:set_tid_address\(.*|getpid\(|gettid\()\)\s+= (\d+)/
const made = /\b(?:fork|vfork|clone3?)\b.* = (\d+)(?: \(.*\))?(?: <.*>)?$/
const superseded = /\+\+\+ superseded by execve in pid (\d+) /
const ends = /\+\+\+ (?:exited with|killed by) /

/**
 * A trace of one process names none, and one on a terminal names threads only while there are several (`[pid 12]`): then
 * a line without a name is that of the only thread that is left. strace announces a new thread in the middle of what it
 * writes of another one.
 */
export function whoseLines(take: Take): Whose {
  const alive = new Set<number>()
  const announced = new Set<number>()
  let held: { text: string; line: number }[] | undefined = []
  let cut = ''
  let cutOf = NO_PID

  const begin = (first: number) => {
    const waiting = held ?? []
    held = undefined
    if (first !== NO_PID) alive.add(first)
    for (const { text, line } of waiting) pass(text, NO_PID, line)
  }

  const owner = (): number => {
    const [only] = alive
    return only !== undefined && alive.size === 1 ? only : NO_PID
  }

  const pass = (text: string, given: number, line: number) => {
    const pid = given === NO_PID ? owner() : given
    announced.add(pid)
    const superseding = superseded.exec(text)
    if (superseding !== null) alive.delete(Number(superseding[1]))
    if (ends.test(text)) alive.delete(pid)
    else if (pid !== NO_PID) alive.add(pid)
    take(text, pid, line, given === NO_PID && !announced.has(Number(made.exec(text)?.[1] ?? pid)))
  }

  return {
    see(whole, of, line) {
      const announces = attached.exec(whole)
      if (announces !== null) {
        if (cut === '' && held === undefined) cutOf = owner()
        announced.add(Number(announces[2]))
        if (held === undefined) alive.add(Number(announces[2]))
        cut += announces[1]
        return
      }
      const text = cut + whole
      const isCut = cut !== ''
      cut = ''
      const named = of === NO_PID ? pidOfLine(text) || (isCut ? cutOf : NO_PID) : of
      if (held === undefined) {
        pass(text, named, line)
        return
      }
      if (named !== NO_PID) {
        if (held.length === 0) begin(NO_PID)
        else if (!announced.has(named)) begin(named)
        else {
          held.push({ text, line })
          if (held.length > HELD_MAX) begin(NO_PID)
          return
        }
        pass(text, named, line)
        return
      }
      const child = made.exec(text)
      if (child !== null) announced.add(Number(child[1]))
      held.push({ text, line })
      const told = tells.exec(text)
      if (told !== null) begin(Number(told[1]))
      else if (held.length > HELD_MAX) begin(NO_PID)
    },
    finish() {
      if (held !== undefined) begin(NO_PID)
    },
  }
}
