import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { merged, type ThreadFile } from '../../oracle/foreign/strace/merge.ts'

const numbered = /^(.*)\.(\d+)$/

/** A trace that `strace -ff` wrote: its name, and its files, `NAME.PID`. */
export interface ThreadFiles {
  readonly name: string
  readonly files: readonly ThreadFile[]
}

/** What the arguments of a command mean: `NAME` where there are `NAME.PID` only, or all of these together. */
export function threadFilesOf(paths: readonly string[]): readonly (string | ThreadFiles)[] {
  const names = paths.map((path) => numbered.exec(path)?.[1])
  const [first] = names
  if (paths.length > 1 && first !== undefined && names.every((name) => name === first))
    return [{ name: first, files: paths.map(threadFile) }]
  return paths.map((path) => {
    if (path === '-' || existsSync(path) || !existsSync(dirname(path))) return path
    const files = readdirSync(dirname(path))
      .filter((file) => numbered.exec(file)?.[1] === basename(path))
      .map((file) => join(dirname(path), file))
    return files.length === 0 ? path : { name: path, files: files.map(threadFile) }
  })
}

const threadFile = (path: string): ThreadFile => ({
  pid: Number(numbered.exec(path)?.[2]),
  lines: () => linesOf(path),
})

/** The lines of all files in the order of time. */
export async function* bytesOf({ files }: ThreadFiles, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  let text = ''
  for (const line of merged(files)) {
    text += `${line}\n`
    if (text.length < CHUNK) continue
    yield Buffer.from(text, 'latin1')
    text = ''
    if (stop.aborted) return
  }
  if (text !== '') yield Buffer.from(text, 'latin1')
}

const CHUNK = 1 << 16

/** One file is open only while its thread lives. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK)
    let rest = ''
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      const lines = (rest + chunk.toString('latin1', 0, length)).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(file)
  }
}
