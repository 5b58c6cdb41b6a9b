import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../problems.ts'
import { cacheFolders } from './cache-folder.ts'
import { newFolder } from './work-folder.ts'

/**
 * The path of the executable with this key: the kept one if it is intact, otherwise what `build` puts into the file
 * `probe` of the folder it is given. Safe if several processes do the same at once.
 */
export async function buildOnce(
  key: string,
  environment: NodeJS.ProcessEnv,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  for await (const folder of cacheFolders(environment)) {
    const home = join(folder, `probe-${key}`)
    if (await isIntact(home)) return join(home, EXECUTABLE)
    const work = await newFolder(folder)
    if (work === null) continue
    try {
      await build(work)
      await seal(work)
      await putInPlace(work, home)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
    if (await isIntact(home)) return join(home, EXECUTABLE)
  }
  throw new HarnessError(
    'There is no folder where a built probe can be kept and executed. Set XDG_CACHE_HOME to one that can be written to and is not mounted noexec.',
  )
}

const EXECUTABLE = 'probe'
const SEAL = 'probe.sha256'

/** Executable here, and exactly what was built. */
async function isIntact(home: string): Promise<boolean> {
  try {
    await access(join(home, EXECUTABLE), constants.X_OK)
    return (await digest(home)) === (await readFile(join(home, SEAL), 'utf8'))
  } catch {
    return false
  }
}

async function seal(folder: string): Promise<void> {
  await chmod(join(folder, EXECUTABLE), 0o755)
  await writeFile(join(folder, SEAL), await digest(folder))
}

const digest = async (folder: string) =>
  createHash('sha256')
    .update(await readFile(join(folder, EXECUTABLE)))
    .digest('hex')

/** One rename, so that `home` is there in full or not at all; a broken one makes way. */
async function putInPlace(work: string, home: string): Promise<void> {
  try {
    await rename(work, home)
  } catch {
    if (await isIntact(home)) return // Somebody else was faster.
    await rename(home, join(work, 'broken')).catch(() => {})
    await rename(work, home).catch(() => {})
  }
}
