import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { splitCommand } from '../command-line.ts'
import type { PrintedVersion } from './description.ts'

const MILLISECONDS_MAX = 10_000

/** The version that a command prints; undefined if it cannot be run or prints none. */
export async function printedVersion({ command, pattern }: PrintedVersion): Promise<string | undefined> {
  const [file = '', ...words] = splitCommand(command)
  try {
    const { stdout } = await promisify(execFile)(file, words, { timeout: MILLISECONDS_MAX })
    return pattern.exec(stdout)?.[0]
  } catch {
    return undefined
  }
}
