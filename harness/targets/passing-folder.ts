import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Where a child process keeps its temporary files, gone when it is told to be, and with this process at the latest; where
 * that was killed, when the next one is made.
 */
export interface PassingFolder {
  readonly environment: Readonly<Record<string, string>>
  readonly remove: () => void
}

export function passingFolder(): PassingFolder & { readonly path: string } {
  removeAbandoned()
  const path = mkdtempSync(join(tmpdir(), `ipc-oracle-${process.pid}-`))
  const remove = () => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { path, environment: { TMPDIR: path }, remove }
}

/** For those that keep none, or clean up themselves. */
export const nowhere: PassingFolder = { environment: {}, remove: () => {} }

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^ipc-oracle-(\d+)-\w{6}$/.exec(name)?.[1]
    if (pid !== undefined && isGone(Number(pid))) removeIfOurs(join(tmpdir(), name))
  }
}

function removeIfOurs(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // Another user's, who may not be here to remove it.
  }
}

/** A process that cannot be signalled is there. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
