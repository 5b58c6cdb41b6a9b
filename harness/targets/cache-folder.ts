import { rmSync } from 'node:fs'
import { lstat, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

/**
 * Folders where built probes may be kept, best first; each exists and is only this user's to write. The last one is
 * new and goes away with this process, for a machine where nothing can be kept.
 */
export async function* cacheFolders(environment: NodeJS.ProcessEnv): AsyncGenerator<string> {
  yield* lastingFolders(environment)
  const passing = await mkdtemp(join(tmpdir(), 'ipc-oracle-'))
  process.once('exit', () => rmSync(passing, { recursive: true, force: true }))
  yield passing
}

/** Those of them in which there may be something. */
export async function* lastingFolders(environment: NodeJS.ProcessEnv): AsyncGenerator<string> {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = environment
  const candidates = [
    ...(isAbsolute(cache) ? [join(cache, 'ipc-oracle')] : []),
    ...(isAbsolute(home) ? [join(home, '.cache', 'ipc-oracle')] : []),
    join(tmpdir(), `ipc-oracle-${ownUid}`),
  ]
  for (const folder of candidates) if (await isOurs(folder)) yield folder
}

const ownUid = process.geteuid?.() ?? 0

/** Makes the folder if it is missing; false if that fails or if others could put a probe of theirs into it. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    // Not `recursive`: that never ends under /proc, and a missing home folder is not ours to make.
    for (const each of [dirname(folder), folder]) await mkdir(each, { mode: 0o700 }).catch(() => {})
    const status = await lstat(folder)
    return status.isDirectory() && status.uid === ownUid && (status.mode & 0o022) === 0
  } catch {
    return false
  }
}
