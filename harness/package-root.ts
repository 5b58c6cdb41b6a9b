import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package, whether this file runs as a TypeScript source or compiled from `dist/`. */
export const packageRoot: string = findRoot(import.meta.dirname)

function findRoot(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'ipc-oracle') return folder
  const parent = dirname(folder)
  if (parent === folder)
    throw new Error('ipc-oracle is not installed as a package: its package.json is missing.')
  return findRoot(parent)
}
