import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildOnce } from '../build-once.ts'
import { compileGuest, compileProbe } from '../compile.ts'
import { type ArchivedFile, cpio } from './cpio.ts'

/**
 * The path of a guest's initial file system: its first process, the probe, and the modules in a folder, if any. Built
 * once for the same content.
 */
export async function initialFiles(compiler: string, modules: string | null): Promise<string> {
  const [init, probe] = await Promise.all([compileGuest(compiler), compileProbe(compiler)])
  const archive = cpio([
    ...['proc', 'sys', 'dev', 'tmp', 'modules'].map((path) => ({ path, content: null })),
    { path: 'init', content: await readFile(init) },
    { path: 'probe', content: await readFile(probe) },
    ...(modules === null ? [] : await filesIn(modules)),
  ])
  const key = createHash('sha256').update(archive).digest('hex').slice(0, 32)
  return buildOnce(key, process.env, (folder) => writeFile(join(folder, 'probe'), archive))
}

async function filesIn(folder: string): Promise<readonly ArchivedFile[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => ({ path: `modules/${name}`, content: await readFile(join(folder, name)) })),
  )
}
