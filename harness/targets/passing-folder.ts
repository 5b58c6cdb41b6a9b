import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a child process keeps its temporary files, gone when it is told to be, and with this process at the latest. */
export interface PassingFolder {
  readonly environment: Readonly<Record<string, string>>
  readonly remove: () => void
}

export function passingFolder(): PassingFolder {
  const path = mkdtempSync(join(tmpdir(), 'ipc-oracle-'))
  const remove = () => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { environment: { TMPDIR: path }, remove }
}

/** For those that keep none, or clean up themselves. */
export const nowhere: PassingFolder = { environment: {}, remove: () => {} }
