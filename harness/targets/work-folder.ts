import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A new folder to work in, or null where none can be made. Old ones of runs that were killed are removed. */
export async function newFolder(folder: string): Promise<string | null> {
  try {
    for (const name of await readdir(folder))
      if (name.startsWith('build-') && (await isOld(join(folder, name))))
        await rm(join(folder, name), { recursive: true, force: true })
    return await mkdtemp(join(folder, 'build-'))
  } catch {
    return null
  }
}

const isOld = async (path: string) => (await stat(path)).mtimeMs < Date.now() - 3_600_000
