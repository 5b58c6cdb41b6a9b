import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../problems.ts'
import { cacheFolders } from './cache-folder.ts'

/** Does something in a new folder that is gone afterwards, also, in time, where this process is killed. */
export async function inWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  for await (const cache of cacheFolders(process.env)) {
    const folder = await newFolder(cache)
    if (folder === null) continue
    try {
      return await use(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  throw new HarnessError('There is no folder where a program can be compiled.')
}

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

/** Not where somebody else has removed it meanwhile. */
const isOld = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs < Date.now() - 3_600_000,
    () => false,
  )
