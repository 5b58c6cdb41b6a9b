import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolders, lastingFolders } from '../cache-folder.ts'

/** A kernel in the user's cache. */
export interface KeptKernel {
  readonly image: string
  readonly modules: string
}

const inFolder = (folder: string): KeptKernel => ({
  image: join(folder, 'image'),
  modules: join(folder, 'modules'),
})

/** Where the kernel of a target is kept, or null if it was not fetched yet. */
export async function keptKernel(target: string): Promise<KeptKernel | null> {
  for await (const folder of lastingFolders(process.env)) {
    const kept = inFolder(join(folder, 'kernels', target))
    if (existsSync(kept.image)) return kept
  }
  return null
}

/** The folder where a kernel that is fetched now should be kept. */
export async function folderForKernel(target: string): Promise<string> {
  for await (const folder of cacheFolders(process.env)) return join(folder, 'kernels', target)
  throw new Error('there is always a folder')
}
