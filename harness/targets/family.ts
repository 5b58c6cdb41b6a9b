import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** What a program has started, and what that has started, whoever its parent is by now. */
export interface Family {
  /** For the environment of the program, which its descendants inherit. */
  readonly environment: Readonly<Record<string, string>>
  /** Kills those that are left. */
  readonly end: () => void
}

export function newFamily(): Family {
  const mark = randomUUID()
  const end = () => {
    for (const pid of membersOf(`${VARIABLE}=${mark}\0`)) kill(pid)
  }
  return { environment: { [VARIABLE]: mark }, end }
}

const VARIABLE = 'IPC_ORACLE_FAMILY'

/** Where there is no /proc nobody is known. */
function membersOf(entry: string): number[] {
  return pids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(entry)
    } catch {
      return false // It has ended, or is another user's.
    }
  })
}

function pids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
